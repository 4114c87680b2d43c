"""A new entry has two clocks: colleagues are told, and the individual is written to (A20, A22)."""

from datetime import datetime

from django.db.models import Q

from cautionary_plugin.models import Entry, PanelCase, StaffBulletin
from cautionary_plugin.rules.writers import tells_of_entry

from .base import action
from .bulletins import owe_bulletin
from .letters import owe_letter


@action
def owe_announcement(*, entry: Entry, at: datetime) -> StaffBulletin:
    """From now a bulletin to colleagues and a letter to the individual are owed.

    Called when an entry that was decided on goes live, in that transaction.
    """
    case = case_behind(entry)
    owe_letter(
        kind=tells_of_entry(entry.register.route, entry.risk),
        case_file=entry.case_file,
        register=entry.register,
        entry=entry,
        case=case,
        writer=case.presenter if case else None,
        at=at,
    )
    return owe_bulletin(entry=entry, at=at)


def case_behind(entry: Entry) -> PanelCase | None:
    """The last case in which the panel or its chair decided on an entry; of a director's None."""
    cases = PanelCase.objects.filter(Q(decisions__entry=entry) | Q(urgent_addition__entry=entry))
    return cases.order_by("-referred_at").first()
