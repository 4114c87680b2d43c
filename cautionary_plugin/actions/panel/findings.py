"""What the panel finds on an item, question by question; health comes first (B15–B17, B20–B23)."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any, cast

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import AgendaItem, Consultation, Post
from cautionary_plugin.rules.errors import BadInput, NotReady, NotYourPost, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.panel_item import Findings, check_health, check_letter_first
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.quorum import seat_of
from cautionary_plugin.rules.vocabulary import Act, Adjustment, Health, LetterFirst, System

from .locking import check_in_session, check_open, check_runs, lock_item
from .seating import seats_at
from .tally import still_carries

HEALTH_FIRST = "Health, conditions and disabilities come first."
CARRIED = (
    "A motion was carried on these findings: record the decision, or adjourn the item with reasons."
)


@action
def record_health(
    *, item: AgendaItem, health: Health, words: str, adjustments: str, by: Any, at: datetime
) -> AgendaItem:
    """Answer the panel's first question (B20); what is known changes the approach (B21).

    :param adjustments: how the approach changes, as agreed with specialist colleagues.
    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises IllegalMove: the item is not open.
    :raises NotReady: a motion was carried on the findings as they are.
    :raises BadInput: under ``health``, ``words`` or ``adjustments``.
    """
    item = _open_to_findings(item, by=by, at=at)
    check_health(health, words=words, adjustments=adjustments)
    item.health, item.health_words, item.adjustments = Health(health), words, adjustments
    item.save(update_fields=["health", "health_words", "adjustments"])
    _note(item, Act.ITEM, by=by, at=at)
    return item


@action
def consult_system(
    *,
    item: AgendaItem,
    system: System,
    relevant: bool,
    adjustments: Collection[Adjustment],
    by: Any,
    at: datetime,
) -> Consultation:
    """Record that Mosaic or another system was consulted; of what it says, only codes (B22).

    :raises NotYourPost: ``by`` does not sit here for Adult Social Care.
    :raises Excluded, NoSeat: ``by`` is shut out of the case, or not in the room.
    :raises IllegalMove: the item is not open.
    :raises BadInput: under ``system`` or ``adjustments``.
    """
    item = lock_item(item)
    standing_of(by, at=at).check_may_handle(Power.CONSULT_SOCIAL_CARE, item.meeting.register)
    check_not_shut_out(item.case, by)
    check_in_session(item.meeting)
    _check_sits_for_social_care(item, by)
    check_open(item)
    consultation = Consultation.objects.create(
        item=item,
        system=_code(System, system, field="system"),
        relevant=relevant,
        adjustments=[_code(Adjustment, each, field="adjustments") for each in adjustments],
        consulted_by=by,
        consulted_at=at,
    )
    _note(item, Act.CONSULTED, by=by, at=at)
    return consultation


@action
def record_findings(
    *,
    item: AgendaItem,
    criteria_met: bool,
    criteria: str,
    exceptional: str,
    letter_first: LetterFirst | str,
    letter_reasons: str,
    spoc_needed: bool,
    spoc_reasons: str,
    legal_advice: str,
    by: Any,
    at: datetime,
) -> AgendaItem:
    """Answer the panel's further questions: criteria, a letter first, a point of contact.

    :param exceptional: what the exceptional circumstances are (B16); may be empty, and then there
        can be no entry.
    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises IllegalMove: the item is not open.
    :raises NotReady: health comes first (B20), or a motion was carried on the findings as they are.
    :raises BadInput: with every answer that lacks its reason.
    """
    item = _open_to_findings(item, by=by, at=at)
    if not item.health:
        raise NotReady(HEALTH_FIRST, missing=[HEALTH_FIRST])
    gather(
        partial(check_reason, criteria, field="criteria"),
        partial(check_letter_first, letter_first, reasons=letter_reasons, kind=item.case.kind),
        partial(check_reason, spoc_reasons, field="spoc_reasons"),
    )
    item.criteria_met, item.criteria, item.exceptional = criteria_met, criteria, exceptional
    item.letter_first, item.letter_reasons = letter_first, letter_reasons
    item.spoc_needed, item.spoc_reasons = spoc_needed, spoc_reasons
    item.legal_advice = legal_advice
    item.save()
    _note(item, Act.ITEM, by=by, at=at)
    return item


def findings_of(item: AgendaItem) -> Findings:
    """The answers as they stand now."""
    return Findings(
        health=item.health,
        health_words=item.health_words,
        adjustments=item.adjustments,
        criteria_met=item.criteria_met,
        criteria=item.criteria,
        exceptional=item.exceptional,
        letter_first=item.letter_first,
        letter_reasons=item.letter_reasons,
        spoc_needed=item.spoc_needed,
        spoc_reasons=item.spoc_reasons,
        legal_advice=item.legal_advice,
        consultations=[
            {"system": each.system, "relevant": each.relevant, "adjustments": each.adjustments}
            for each in item.consultations.all()
        ],
    )


def check_nothing_carried(item: AgendaItem) -> None:
    """No motion waits to be recorded that the panel has carried.

    :raises NotReady: there is one, and it still has its votes.
    """
    last = item.motions.filter(withdrawn=False).order_by("-number").first()
    if last is None or not last.carried:
        return
    last.item = item
    if still_carries(last):
        raise NotReady(CARRIED, missing=[CARRIED])


def _open_to_findings(item: AgendaItem, *, by: Any, at: datetime) -> AgendaItem:
    item = lock_item(item)
    check_runs(item, by=by, at=at)
    check_open(item)
    check_nothing_carried(item)
    return item


def _check_sits_for_social_care(item: AgendaItem, by: Any) -> None:
    seat = seat_of(by.pk, seats_at(item))
    kind = Post.objects.get(pk=cast(int, seat.post)).kind
    if Power.CONSULT_SOCIAL_CARE not in powers_of(kind):
        raise NotYourPost("Only the representative of Adult Social Care consults a system.")


def _code(kind: Any, code: str, *, field: str) -> str:
    if code not in set(kind):
        raise BadInput({field: ["Choose from the list."]})
    return str(kind(code).value)


def _note(item: AgendaItem, act: Act, *, by: Any, at: datetime) -> None:
    record(act=act, by=by, at=at, register=item.meeting.register, reference=item.case.reference)
