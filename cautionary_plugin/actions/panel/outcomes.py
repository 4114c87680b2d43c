"""What follows from a decision of the panel: entries, letters, points of contact (B17–B19, B27)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import over_after
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.announcing import owe_announcement
from cautionary_plugin.actions.base import lock
from cautionary_plugin.actions.contact.arranging import arrange, owe_contact_letter
from cautionary_plugin.actions.decisions.adding import make_entry
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.letters import owe_letter
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.removal import tell_of_removal
from cautionary_plugin.actions.sharing.audience import set_audience
from cautionary_plugin.actions.sharing.withdrawing import withdraw_if_no_warning
from cautionary_plugin.models import (
    Entry,
    Motion,
    PanelCase,
    PanelDecision,
)
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms
from cautionary_plugin.rules.states import THE_PANEL, EntryState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import (
    Act,
    CaseKind,
    LegalCondition,
    LetterKind,
    PanelOutcome,
    Risk,
    WhyEnded,
)
from cautionary_plugin.rules.writers import tells_of_entry

from .escalating import refer_to_director
from .listing import addition_of, check_entry_terms
from .settling import settle_addition, withdraw_referrals
from .subject import counts_now, report_of


@dataclass(repr=False)
class Ruling:
    """A motion whose decision is recorded, and the entry that it makes, changes or leaves alone."""

    case: PanelCase
    motion: Motion
    terms: MotionTerms
    by: Any
    at: datetime
    entry: Entry | None = None


def change_schedule(ruling: Ruling) -> Entry | None:
    """What a motion that was carried does to the schedule; the entry that it is about, if any."""
    outcome = PanelOutcome(ruling.motion.outcome)
    change: Callable[[Ruling], Entry | None] = CHANGES.get(outcome, _leave_alone)
    return change(ruling)


def refuse(ruling: Ruling) -> Entry | None:
    """A motion was not carried. What waited to be ratified ends with that (B41)."""
    entry = ruling.case.entry
    if ruling.case.kind == CaseKind.RATIFICATION and entry is not None:
        settle_addition(entry, ratified=False, at=ruling.at)
        if entry.state != EntryState.ENDED:
            _end(ruling, entry, WhyEnded.UNRATIFIED)
    return entry


def owe_what_follows(ruling: Ruling, decision: PanelDecision) -> None:
    """Letters, a point of contact and a referral, once the decision itself is on record."""
    outcome, entry = PanelOutcome(decision.outcome), ruling.entry
    if outcome == PanelOutcome.LETTER:
        _owe(ruling, LetterKind.EXPECTED)
    # What is held is told of when it is signed off (L2).
    if entry is not None and outcome in TELLING and entry.state == EntryState.LIVE:
        TELLING[outcome](ruling, entry)
    _arrange_contact(ruling)
    if outcome in RAISING and entry is not None and entry.risk == Risk.HIGH:
        refer_to_director(decision, at=ruling.at)


def _leave_alone(ruling: Ruling) -> Entry | None:
    return ruling.case.entry


def _list(ruling: Ruling) -> Entry:
    """A new entry; or, where the case is about one, other terms for that (B3)."""
    terms, entry = ruling.terms.entry, counts_now(ruling.case, at=ruling.at)
    if terms is None:
        raise TypeError("A motion for an entry has its terms.")
    case, risk, at = ruling.case, ruling.motion.risk, ruling.at
    if entry is not None:
        return _change_terms(ruling, lock(entry), terms)
    held = check_entry_terms(case, terms, risk=risk, at=at)
    return make_entry(
        report_of(case),
        addition_of(case, terms, risk=risk, at=at),
        held=held,
        by=ruling.by,
        at=at,
        register=case.register,
    )


def _change_terms(ruling: Ruling, entry: Entry, terms: EntryTerms) -> Entry:
    """The entry as it was decided anew; its end stays. What stood there is in the decisions."""
    proposed = addition_of(ruling.case, terms, risk=ruling.motion.risk, at=ruling.at)
    entry.risk, entry.legal_condition = Risk(proposed.risk), LegalCondition(terms.legal_condition)
    entry.handling, entry.basis = terms.handling, terms.basis
    entry.markers, entry.control_measures = terms.markers, terms.control_measures
    entry.restrictions, entry.permitted_contact = terms.restrictions, terms.permitted_contact
    entry.changed = advance()
    entry.save()
    set_audience(
        entry, proposed.audience, reason=terms.audience_reasons, by=ruling.by, at=ruling.at
    )
    withdraw_if_no_warning(entry, by=ruling.by, at=ruling.at)
    return entry


def _ratify(ruling: Ruling) -> Entry:
    entry = _locked_entry(ruling)
    entry.provisional, entry.changed = False, advance()
    entry.save(update_fields=["provisional", "changed"])
    settle_addition(entry, ratified=True, at=ruling.at)
    withdraw_referrals(ruling.case, by=ruling.by, at=ruling.at)
    return entry


def _renew(ruling: Ruling) -> Entry:
    """Twelve months from the decision, by the calendar; never a shorter term than it has."""
    entry = _locked_entry(ruling)
    anniversary = months_after(timezone.localdate(ruling.at), entry.register.term_months)
    renewed = over_after(anniversary - timedelta(days=1))
    entry.expires_at, entry.changed = max(entry.expires_at, renewed), advance()
    entry.save(update_fields=["expires_at", "changed"])
    return entry


def _remove(ruling: Ruling) -> Entry:
    entry = _locked_entry(ruling)
    if entry.provisional:
        settle_addition(entry, ratified=False, at=ruling.at)
    return _end(ruling, entry, WhyEnded.PANEL)


def _end(ruling: Ruling, entry: Entry, why: WhyEnded) -> Entry:
    entry = end_entry(entry=entry, why=why, by=THE_PANEL, at=ruling.at)
    record(
        act=Act.REMOVED,
        by=ruling.by,
        at=ruling.at,
        register=entry.register,
        reference=entry.reference,
    )
    tell_of_removal(entry=entry, case=ruling.case, at=ruling.at)
    return entry


def _locked_entry(ruling: Ruling) -> Entry:
    """The entry that the case is about, as it is now.

    :raises NotReady: it counts no more.
    """
    entry = counts_now(ruling.case, at=ruling.at)
    if entry is None:
        sentence = "The entry has ended meanwhile."
        raise NotReady(sentence, missing=[sentence])
    return lock(entry)


def _arrange_contact(ruling: Ruling) -> None:
    """A single point of contact, with an entry or without (B23, B27).

    Where a letter about the entry is still to be written, that one names the point of contact
    (B33, B46); else there is a letter about nothing but that.
    """
    terms, entry = ruling.terms.spoc, ruling.entry
    if terms is None:
        return
    stands = entry if entry is not None and entry.state != EntryState.ENDED else None
    arrangement = arrange(case=ruling.case, entry=stands, terms=terms, by=ruling.by, at=ruling.at)
    if stands is None or not _letter_to_come(stands):
        owe_contact_letter(arrangement, at=ruling.at)


def _letter_to_come(entry: Entry) -> bool:
    if entry.state == EntryState.HELD:
        return True
    return entry.letters.filter(
        kind=tells_of_entry(entry.register.route, entry.risk), issued_at=None
    ).exists()


def _owe(ruling: Ruling, kind: LetterKind, entry: Entry | None = None) -> None:
    owe_letter(
        kind=kind,
        case_file=entry.case_file if entry else ruling.case.case_file,
        register=ruling.case.register,
        at=ruling.at,
        entry=entry,
        case=ruling.case,
        writer=ruling.case.presenter,
    )


def _tell_of_entry(ruling: Ruling, entry: Entry) -> None:
    """Colleagues and the individual are told; of changed terms the individual is told again."""
    if ruling.case.entry is None:
        owe_announcement(entry=entry, at=ruling.at)
    else:
        _tell_again(ruling, entry)


def _tell_again(ruling: Ruling, entry: Entry) -> None:
    _owe(ruling, tells_of_entry(entry.register.route, entry.risk), entry)


def _tell_if_not_told(ruling: Ruling, entry: Entry) -> None:
    if not entry.letters.filter(kind=tells_of_entry(entry.register.route, entry.risk)).exists():
        owe_announcement(entry=entry, at=ruling.at)


CHANGES: dict[PanelOutcome, Callable[[Ruling], Entry]] = {
    PanelOutcome.ENTRY: _list,
    PanelOutcome.RATIFY: _ratify,
    PanelOutcome.RENEW: _renew,
    PanelOutcome.REMOVE: _remove,
}
RAISING = (PanelOutcome.ENTRY, PanelOutcome.RATIFY)
TELLING: dict[PanelOutcome, Callable[[Ruling, Entry], None]] = {
    PanelOutcome.ENTRY: _tell_of_entry,
    PanelOutcome.RATIFY: _tell_if_not_told,
    PanelOutcome.RENEW: _tell_again,
}
