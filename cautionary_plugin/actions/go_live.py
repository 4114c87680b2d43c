"""The go-live checklist: what stands between a register and its first entry (L9, A4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.conf import conf
from cautionary_plugin.models import GoLiveItem, PageVersion, ReferenceSequence, Register
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.go_live import Step, check_may_begin, lacking
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action
from .registers import blanks


@dataclass(frozen=True, repr=False)
class GoLive:
    """How a register stands; computed, never stored.

    :ivar documents: published governance pages of this register, the newest first.
    :ivar items: what somebody has confirmed.
    :ivar missing: what is lacking, each as a sentence.
    :ivar has_begun: it has, or had, an entry.
    """

    documents: list[PageVersion]
    items: dict[str, GoLiveItem]
    missing: list[str]
    has_begun: bool


def go_live_of(register: Register, *, at: datetime) -> GoLive:
    """The checklist of one register as it stands."""
    mine = Q(register=register) | Q(register=None)
    documents = PageVersion.objects.current().filter(mine, review_on__isnull=False)
    listed = list(documents.order_by("kind", "-published_at"))
    items = {each.step: each for each in register.go_live.select_related("confirmed_by")}
    today = timezone.localdate(at)
    missing = lacking(
        documents={each.kind for each in listed if each.review_on and each.review_on > today},
        confirmed=set(items),
        blank=[blank.what for blank in blanks(register)],
    )
    return GoLive(listed, items, missing, _has_begun(register))


def check_go_live(register: Register, *, at: datetime) -> None:
    """The register has entries already, or may have its first.

    ``CAUTIONARY_GO_LIVE_OVERRIDE`` lets trial sites begin without; every case screen then says so.

    :raises NotReady: something is lacking; it carries what.
    """
    if conf.GO_LIVE_OVERRIDE or _has_begun(register):
        return
    check_may_begin(go_live_of(register, at=at).missing)


@action
def confirm_step(*, register: Register, step: Step, note: str, by: Any, at: datetime) -> GoLiveItem:
    """Say that a step is done, and where it is kept or when it was; said again, it counts anew.

    :raises NotYourPost: ``by`` does not govern this register.
    :raises BadInput: no ``note``.
    """
    standing_of(by, at=at).check_power(Power.GOVERN, register)
    check_reason(note, field="note", told="Say where it is kept, or when and by whom it was done.")
    item, _made = GoLiveItem.objects.update_or_create(
        register=register,
        step=Step(step),
        defaults={"note": note.strip(), "confirmed_by": by, "confirmed_at": at},
    )
    record(act=Act.GO_LIVE, by=by, at=at, register=register)
    return item


@action
def take_step_back(*, register: Register, step: Step, by: Any, at: datetime) -> Register:
    """The step is not done after all.

    :raises NotYourPost: ``by`` does not govern this register.
    :raises AlreadyDone: nobody has confirmed it.
    """
    standing_of(by, at=at).check_power(Power.GOVERN, register)
    removed, _rows = GoLiveItem.objects.filter(register=register, step=Step(step)).delete()
    if not removed:
        raise AlreadyDone("Nobody has confirmed this step.")
    record(act=Act.GO_LIVE, by=by, at=at, register=register)
    return register


def _has_begun(register: Register) -> bool:
    """Its prefix was given to an entry once; what was erased since counts as well."""
    return bool(ReferenceSequence.objects.filter(prefix=register.prefix, last__gt=0).exists())
