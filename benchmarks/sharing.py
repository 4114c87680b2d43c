"""Sharing 500 entries with a partner, beside writing the same rows alone and beside openssl.

Disclosing is rules, rows and lines of the access record in one transaction; its peer is
``bulk_create`` of as many of the same rows. Making the message is reading 500 entries, sealed as
they are, signing and encrypting; its peer is ``openssl cms`` on the same text.
"""

import subprocess
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ENTRIES = 500
RUNS = 5
REASON = "Their officers visit these addresses every week."


def seconds(act: Callable[[], Any]) -> tuple[float, Any]:
    """How long it takes, and what it gives."""
    start = time.perf_counter()
    given = act()
    return time.perf_counter() - start, given


def live(number: int) -> list[Any]:
    """So many live entries of the bench's register."""
    from django.utils import timezone

    from benchmarks.importing import legacy_list, whole
    from cautionary_plugin.models import Entry

    if Entry.objects.live_at(timezone.now()).count() < number:
        whole(legacy_list(number + 100))
    return list(Entry.objects.live_at(timezone.now()).order_by("pk")[:number])


def disclosed(partner: Any, entries: list[Any], owner: Any) -> Any:
    """Share them as the owner does."""
    from django.utils import timezone

    from cautionary_plugin.actions.sharing.disclosing import disclose

    (mail,) = disclose(
        entries=entries, partners=[partner], reason=REASON, by=owner, at=timezone.now()
    )
    return mail


def written(partner: Any, entries: list[Any], owner: Any) -> None:
    """The same rows, and nothing else."""
    from django.db import transaction
    from django.utils import timezone

    from cautionary_plugin.models import AccessRecord, Disclosure, PartnerMail
    from cautionary_plugin.rules.vocabulary import Act

    now = timezone.now()
    with transaction.atomic():
        mail = PartnerMail.objects.create(partner=partner, queued_by=owner, queued_at=now)
        Disclosure.objects.bulk_create(
            Disclosure(
                entry=entry,
                partner=partner,
                mail=mail,
                made_by=owner,
                made_at=now,
                version=entry.changed,
                reason=REASON,
            )
            for entry in entries
        )
        AccessRecord.objects.bulk_create(
            AccessRecord(
                user=owner,
                user_key=str(owner.pk),
                at=now,
                act=Act.SHARED,
                register=entry.register,
                reference=entry.reference,
                screen=partner.reference,
            )
            for entry in entries
        )


def forget(partner: Any) -> None:
    """Nothing was shared with the partner; the lines stay, as they must, each in its place."""
    from cautionary_plugin.actions.access_chain import link_lines
    from cautionary_plugin.models import Disclosure

    link_lines()
    Disclosure.objects.filter(partner=partner).delete()


def with_openssl(text: bytes, *, council: Any, partner: Any, folder: Path) -> bytes:
    """Signed, then encrypted, by the program that the partner has."""
    files = {
        "council.pem": council.pem,
        "council.key": council.key_pem,
        "partner.pem": partner.pem,
        "text": text,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    sign = ["-sign", "-in", "text", "-signer", "council.pem", "-inkey", "council.key"]
    _openssl([*sign, "-out", "signed"], folder)
    _openssl(["-encrypt", "-aes256", "-in", "signed", "-out", "sealed", "partner.pem"], folder)
    return (folder / "sealed").read_bytes()


def _openssl(options: list[str], folder: Path) -> None:
    subprocess.run(["openssl", "cms", *options], cwd=folder, check=True, capture_output=True)


def sharing(partner: Any, entries: list[Any], owner: Any) -> None:
    """What one act with all of them costs, beside its rows alone and beside a single entry."""
    taken: dict[str, list[float]] = {"rows": [], "one": [], "all": []}
    for _run in range(RUNS):
        for name, act in (
            ("rows", lambda: written(partner, entries, owner)),
            ("one", lambda: disclosed(partner, entries[:1], owner)),
            ("all", lambda: disclosed(partner, entries, owner)),
        ):
            taken[name].append(seconds(act)[0])
            forget(partner)
    best = {name: median(each) for name, each in taken.items()}
    share = ENTRIES * best["one"] / best["all"]
    print(f"\n== Sharing {ENTRIES} entries with one partner (median of {RUNS})")
    print(f"the same rows with bulk_create   {best['rows'] * 1000:7.1f} ms")
    print(
        f"shared, in one act               {best['all'] * 1000:7.1f} ms   "
        f"({best['all'] / best['rows']:.2f} ×)"
    )
    print(
        f"one entry by itself              {best['one'] * 1000:7.1f} ms   "
        f"({share:.0f} × its part of {ENTRIES})"
    )


def message(partner: Any, entries: list[Any], owner: Any, peer: Callable[[bytes], bytes]) -> None:
    """What making the message costs, beside openssl on as much text."""
    from django.utils import timezone

    from cautionary_plugin.models import OutboxMessage
    from cautionary_plugin.outbox.partner_mail import compose_for_partner

    mail = disclosed(partner, entries, owner)
    queued = OutboxMessage.objects.get(partner_mail=mail)

    def make() -> bytes:
        at = timezone.now()
        return bytes(compose_for_partner(queued, mail, at=at).message().as_bytes())

    tracemalloc.start()
    sealed = make()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    ours = median(seconds(make)[0] for _run in range(RUNS))
    theirs = median(seconds(lambda: peer(b"x" * len(sealed)))[0] for _run in range(RUNS))
    print(
        f"its message, read and made       {ours * 1000:7.1f} ms   "
        f"({ours / theirs:.1f} × openssl on as much text), {peak / 1e6:.1f} MB at most"
    )
    forget(partner)


def main() -> None:
    from django.conf import settings
    from django.test import override_settings

    from benchmarks.site import council
    from tests.certificates import issue, sign_as_council
    from tests.partners import desk, ready

    team, theirs = desk(council()), issue()
    entries = live(ENTRIES)
    with TemporaryDirectory() as named, override_settings():
        folder = Path(named)
        ours = sign_as_council(settings, folder)
        partner = ready(team, issued=theirs)
        sharing(partner, entries, team.council.owner)
        message(
            partner,
            entries,
            team.council.owner,
            lambda text: with_openssl(text, council=ours, partner=theirs, folder=folder),
        )


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
