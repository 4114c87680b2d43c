"""A decision as it was recorded: in words, and for good."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.access.panel_facts import count_in_words, motion_facts, votes_by_name
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState

from .room import Room


def decided_facts(room: Room) -> dict[str, Any]:
    """What the page shows of the decision; nothing before there is one."""
    decision = room.decision
    if decision is None:
        return {}
    motion, entry = decision.motion, decision.entry
    result = _("Carried") if decision.carried else _("Not carried")
    is_there = entry is not None and entry.state != EntryState.ENDED
    return {
        "result": f"{result}: {count_in_words(motion)}",
        "recorded": _("Recorded %(when)s by %(who)s. It never changes.")
        % {"when": instant(decision.recorded_at), "who": name_of(decision.recorded_by)},
        "told": [
            ("", motion_facts(motion)),
            (_("The votes"), votes_by_name(motion)),
        ],
        "entry": entry.reference if is_there and entry else "",
        "entry_url": _entry_url(room, entry) if is_there and entry else "",
        "correction_url": reverse("cautionary_item_correction", args=[room.item.pk])
        if room.runs
        else "",
    }


def _entry_url(room: Room, entry: Entry) -> str:
    """The way to the entry, for whoever reads what it rests on."""
    if Power.READ_BASIS not in room.request.standing.powers(entry.register):
        return ""
    return reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
