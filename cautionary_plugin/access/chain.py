"""Is the access record whole? The chain is walked from its first line to its last (L5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connections, router

from cautionary_plugin.migrations import _access_guard as access_guard
from cautionary_plugin.models import AccessAnchor, AccessChain, AccessRecord
from cautionary_plugin.rules.chain import Anchor, ChainedLine, digest_of
from cautionary_plugin.rules.errors import ChainBroken

BATCH = 2000


@dataclass(frozen=True)
class Verified:
    """What was found whole.

    :ivar first: number of the first line that is kept; the ones before were erased in their time.
    :ivar end: number and digest of the last line.
    :ivar unlinked: lines of acts of this instant, which have no place in the chain yet.
    """

    lines: int
    first: int
    end: Anchor
    unlinked: int


def chained(line: AccessRecord, number: int) -> ChainedLine:
    """What the digest of a line covers, were it at this place."""
    return ChainedLine(
        number=number,
        at=line.at,
        user_key=line.user_key,
        act=str(line.act),
        purpose=str(line.purpose),
        outcome=str(line.outcome),
        register="" if line.register_id is None else str(line.register_id),
        reference=line.reference,
        screen=line.screen,
    )


def verify(*, anchors: Iterable[Anchor] = ()) -> Verified:
    """Walk the chain, in batches, and hold it against what was told outside.

    Writers go on meanwhile: the walk ends where the chain ended when it began. Where old lines are
    erased in front of it, it begins again.

    :param anchors: from messages or objects outside; those that the database keeps are used too.
    :raises ChainBroken: names the first line that is not as it was written.
    """
    while True:
        chain = _chain()
        try:
            return _walk(chain, anchors)
        except ChainBroken:
            if _chain().erased_number == chain.erased_number:
                raise


def check_guarded() -> None:
    """The database keeps the lines by itself.

    :raises ChainBroken: somebody took the guard away.
    """
    if missing := access_guard.missing(connections[router.db_for_write(AccessRecord)]):
        raise ChainBroken(
            f"The database does not guard the access record: {', '.join(sorted(missing))}."
        )


def _walk(chain: AccessChain, anchors: Iterable[Anchor]) -> Verified:
    known = _Known(chain, anchors)
    reached = Anchor(chain.erased_number, chain.erased_digest)
    known.check(reached)
    for line in _lines(after=chain.erased_number, until=chain.last_number):
        reached = _next(line, reached)
        known.check(reached)
    if reached.number != chain.last_number:
        raise ChainBroken(f"Line {reached.number + 1} is missing.", number=reached.number + 1)
    if reached.digest != chain.last_digest:
        raise ChainBroken(f"Line {reached.number} is not the last one that was written.")
    return Verified(
        lines=chain.last_number - chain.erased_number,
        first=chain.erased_number + 1,
        end=reached,
        unlinked=AccessRecord.objects.unlinked().count(),
    )


def _next(line: AccessRecord, reached: Anchor) -> Anchor:
    number = reached.number + 1
    if line.number != number:
        raise ChainBroken(f"Line {number} is missing.", number=number)
    digest = digest_of(chained(line, number), after=reached.digest)
    if line.digest != digest:
        raise ChainBroken(f"Line {number}, or one before it, was changed.", number=number)
    if line.user_id is not None and str(line.user_id) != line.user_key:
        raise ChainBroken(f"Line {number} points to another account.", number=number)
    return Anchor(number, digest)


def _lines(*, after: int, until: int) -> Iterator[AccessRecord]:
    """The lines in the order of their numbers, a batch in memory at a time."""
    lines = AccessRecord.objects.order_by("number")
    while some := list(lines.filter(number__gt=after, number__lte=until)[:BATCH]):
        yield from some
        after = some[-1].number or until


class _Known:
    """What was told outside, looked up while the walk comes past."""

    def __init__(self, chain: AccessChain, anchors: Iterable[Anchor]) -> None:
        kept = AccessAnchor.objects.filter(number__gte=chain.erased_number)
        told = [*anchors, *(Anchor(each.number, each.digest) for each in kept)]
        self.digests: dict[int, set[str]] = {}
        for each in told:
            if each.number > chain.last_number:
                raise ChainBroken(
                    f"The record ends at line {chain.last_number}, and line {each.number} was "
                    "told outside: its end was cut off, or an older backup was restored.",
                    number=chain.last_number + 1,
                )
            if each.number < chain.erased_number:
                raise ChainBroken(
                    f"Line {each.number} was erased in its time: take a later anchor.",
                    number=each.number,
                )
            self.digests.setdefault(each.number, set()).add(each.digest)

    def check(self, reached: Anchor) -> None:
        if self.digests.get(reached.number, {reached.digest}) != {reached.digest}:
            raise ChainBroken(
                f"Line {reached.number} is not the one that was told outside: it, or one before "
                "it, was changed.",
                number=reached.number,
            )


def _chain() -> AccessChain:
    return AccessChain.objects.filter(pk=1).first() or AccessChain(pk=1)
