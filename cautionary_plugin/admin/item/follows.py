"""What a decision brings about, told before it is recorded (B17–B19, B27, B41)."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.panel_facts import Told
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.panel.subject import counts_now
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import Entry, Motion, PanelCase
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import CaseKind, PanelOutcome, Risk

from .room import Room


def what_follows(room: Room) -> Told:
    """Each consequence by its name; of what was not carried, what becomes of the item."""
    motion = room.motion
    if motion is None:
        return []
    if not motion.carried:
        return [(_("Not carried"), _not_carried(room.item.case, at=room.request.now))]
    told = [_of_outcome(room, motion)]
    terms = MotionTerms.from_json(motion.terms)
    if terms.spoc is not None:
        told.append((_("Point of contact"), _("Arranged from today, and told to the individual.")))
    if motion.outcome in (PanelOutcome.ENTRY, PanelOutcome.RATIFY) and motion.risk == Risk.HIGH:
        told.append(
            (
                _("The director’s register"),
                _("The director is asked whether it takes the case up. Nothing is added to it."),
            )
        )
    return told


def before_the_vote(case: PanelCase, *, at: datetime) -> str:
    """What a motion that fails brings about: it is no way to leave an item undecided (B41)."""
    if counts_now(case, at=at) is None:
        return _("A motion that is not carried decides the item: nobody is entered by it.")
    if case.kind == CaseKind.RATIFICATION:
        return _("A motion that is not carried decides the item: the provisional entry ends.")
    return _("A motion that is not carried decides the item: the entry stays as it is.")


def _not_carried(case: PanelCase, *, at: datetime) -> str:
    """What becomes of a case as soon as it is recorded that a motion was not carried (B41)."""
    entry = counts_now(case, at=at)
    if entry is None:
        return _("The case is closed without an entry and without a letter.")
    told = {"entry": entry.reference, "until": day(last_day(entry))}
    if case.kind == CaseKind.RATIFICATION:
        text = _(
            "The provisional entry %(entry)s ends now. Staff who check are told of it no more. If "
            "the individual was written to about it, a letter of removal is due."
        )
        return text % told
    return _("The entry %(entry)s stays as it is, and ends on %(until)s.") % told


def _of_outcome(room: Room, motion: Motion) -> tuple[Any, str]:
    case = room.item.case
    until = _until(room, motion, case.entry)
    writer = _writer(room, motion)
    return {
        PanelOutcome.NO_ACTION: (_("Nothing"), _("The case is closed without action.")),
        PanelOutcome.LETTER: (
            _("Letter"),
            _("A letter of expected behaviour is due from %(who)s. There is no entry.")
            % {"who": writer},
        ),
        PanelOutcome.SPOC: (_("No entry"), _("Nobody is on the schedule by this.")),
        PanelOutcome.ENTRY: (
            _("Entry"),
            _("On the schedule until %(until)s. A letter is due from %(who)s.")
            % {"until": until, "who": writer},
        ),
        PanelOutcome.RATIFY: (_("Entry"), _("It stands until %(until)s.") % {"until": until}),
        PanelOutcome.RENEW: (_("Entry"), _("It stands until %(until)s.") % {"until": until}),
        PanelOutcome.LAPSE: (_("Entry"), _("It ends on %(until)s.") % {"until": until}),
        PanelOutcome.REMOVE: (_("Entry"), _("It ends now.")),
    }[PanelOutcome(motion.outcome)]


def _until(room: Room, motion: Motion, entry: Entry | None) -> str:
    """The last day of the entry, as it would be."""
    register, today = room.item.case.register, timezone.localdate(room.request.now)
    anniversary = months_after(today, register.term_months) - timedelta(days=1)
    if entry is None:
        return day(anniversary)
    if motion.outcome == PanelOutcome.RENEW:
        return day(max(anniversary, last_day(entry)))
    return day(last_day(entry))


def _writer(room: Room, motion: Motion) -> str:
    """Legal write to whoever is at high risk, and the Operations Manager to the others."""
    if motion.risk == Risk.HIGH:
        return _("Legal Services")
    presenter = room.item.case.presenter
    return name_of(presenter) if presenter else _("the Operations Manager")
