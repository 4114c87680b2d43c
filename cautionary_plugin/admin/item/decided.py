"""A decision as it was recorded: in words, and for good."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from cautionary_plugin.access.panel_facts import count_in_words, motion_facts, votes_by_name
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import Entry, Letter, PanelDecision
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import LetterKind, WhyEnded
from cautionary_plugin.rules.writers import BY_ONE, OF_THE_PANEL, WRITER

from .room import Room


def decided_facts(room: Room) -> dict[str, Any]:
    """What the page shows of the decision; nothing before there is one."""
    decision = room.decision
    if decision is None:
        return {}
    motion = decision.motion
    result = _("Carried") if decision.carried else _("Not carried")
    return {
        "result": f"{result}: {count_in_words(motion)}",
        "recorded": _("Recorded %(when)s by %(who)s. It never changes.")
        % {"when": instant(decision.recorded_at), "who": name_of(decision.recorded_by)},
        "told": [
            ("", motion_facts(motion)),
            (_("The votes"), votes_by_name(motion)),
        ],
        "followed": [*_of_entry(room, decision), *_letters(room)],
        "correction_url": reverse("cautionary_item_correction", args=[room.item.pk])
        if room.runs
        else "",
    }


def _of_entry(room: Room, decision: PanelDecision) -> list[tuple[Any, str]]:
    """What became of the schedule, and the way to the entry; each with its address, if any."""
    entry = decision.entry
    if entry is None:
        return [] if decision.carried else [(_("Nobody is on the schedule by this."), "")]
    told = {"entry": entry.reference, "state": EntryState(entry.state).label}
    if entry.state != EntryState.ENDED:
        return [(_("Entry %(entry)s: %(state)s") % told, _entry_url(room, entry))]
    told["why"] = WhyEnded(entry.why_ended).label
    return [(_("Entry %(entry)s has ended: %(why)s") % told, "")]


def _letters(room: Room) -> list[tuple[Any, str]]:
    """The letters that follow from the case: what, by when or sent when, and by whom."""
    found = Letter.objects.filter(case=room.item.case).select_related("writer")
    lines = []
    for letter in found.order_by("queued_at", "pk"):
        told = {
            "kind": LetterKind(letter.kind).label,
            "due": day(letter.due_on),
            "sent": day(letter.sent_on) if letter.sent_on else "",
            "who": name_of(letter.writer) or _("whoever writes such letters"),
        }
        words = _("Letter sent %(sent)s: %(kind)s") if letter.sent_on else DUE
        lines.append((words % told, _letter_url(room, letter)))
    return lines


DUE = __("Letter due %(due)s from %(who)s: %(kind)s")


def _letter_url(room: Room, letter: Letter) -> str:
    """The letter, for whoever writes it; the list of letters, for whoever keeps the schedule."""
    powers, writer = room.request.standing.powers(letter.register), letter.writer_id
    theirs = letter.kind not in BY_ONE or writer in (None, room.request.user.pk)
    if WRITER[LetterKind(letter.kind)] in powers and theirs:
        return reverse("cautionary_letter", args=[letter.pk])
    if Power.KEEP_SCHEDULE in powers and letter.kind in OF_THE_PANEL:
        return reverse("cautionary_letters")
    return ""


def _entry_url(room: Room, entry: Entry) -> str:
    """The way to the entry, for whoever reads what it rests on."""
    if Power.READ_BASIS not in room.request.standing.powers(entry.register):
        return ""
    return reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
