"""Who took part in what an appeal is against (A25), and whose account it touches (A26)."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from cautionary_plugin.actions.mail import holders_of
from cautionary_plugin.actions.on_file import reports_about
from cautionary_plugin.models import (
    AgendaItem,
    Attendee,
    ConflictDeclaration,
    Countersignature,
    Decision,
    Entry,
    PanelCase,
    PanelDecision,
    Review,
    Statement,
    UrgentAddition,
    Vote,
)
from cautionary_plugin.rules.appeals import TookPart
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Capacity


def employees_concerned(entry: Entry) -> list[Any]:
    """The reporters, and who else was asked for an account of what happened."""
    reports = list(reports_about(entry).select_related("reporter"))
    statements = Statement.objects.filter(report__in=reports).select_related("employee")
    people = [*(each.reporter for each in reports), *(each.employee for each in statements)]
    return list({each.pk: each for each in people if each and each.is_active}.values())


def took_part_in(entry: Entry, *, at: datetime) -> TookPart:
    """Everybody who cannot hear an appeal against this entry.

    The owners of the register are among them, whoever decided: an appeal goes past the post.
    """
    reports = reports_about(entry)
    decisions = Decision.objects.filter(entry=entry)
    signed = Countersignature.objects.filter(report__in=reports)
    accounts = Statement.objects.filter(report__in=reports)
    reviews = Review.objects.filter(entry=entry)
    return TookPart(
        deciders=_keys(decisions, "decided_by") | _known(entry.made_by_id, entry.signed_off_by_id),
        countersigners=_keys(signed, "by"),
        reporters=_keys(reports, "reporter", "typed_by"),
        employees=_keys(accounts, "employee"),
        reviewers=_keys(reviews, "proposed_by", "signed_by"),
        owners={each.pk for each in holders_of(Power.DECIDE, at=at, register=entry.register)},
        **_on_the_panel(entry),
    )


def _on_the_panel(entry: Entry) -> dict[str, set[Any]]:
    """Who took part when the panel dealt with the entry: one who had a seat and did not vote, too.

    A member whom a conflict of interest keeps out of the case is kept out of this as well (B11).
    """
    cases = PanelCase.objects.filter(Q(entry=entry) | Q(decisions__entry=entry))
    items = AgendaItem.objects.filter(case__in=cases)
    recorded = PanelDecision.objects.filter(case__in=cases)
    votes = Vote.objects.filter(motion__item__in=items)
    conflicts = ConflictDeclaration.objects.filter(case__in=cases).exclude(excluded=False)
    return {
        "voters": _keys(votes, "user"),
        "seated": _seated(items),
        "urgent": _keys(UrgentAddition.objects.filter(entry=entry), "added_by"),
        "referrers": _keys(cases, "referred_by", "presenter") | _keys(recorded, "recorded_by"),
        "conflicted": _keys(conflicts, "user"),
    }


def _seated(items: QuerySet[AgendaItem]) -> set[Any]:
    """Members and deputies who were in the room while one of the items was open."""
    opened = Q(meeting__items__in=items, meeting__items__opened_at__isnull=False)
    came = Q(came_at__isnull=False)
    not_after = Q(meeting__items__closed_at=None) | Q(came_at__lt=F("meeting__items__closed_at"))
    not_before = Q(left_at=None) | Q(left_at__gt=F("meeting__items__opened_at"))
    there = Attendee.objects.filter(
        opened & came & not_after & not_before, capacity__in=[Capacity.MEMBER, Capacity.DEPUTY]
    )
    return _keys(there, "user")


def _keys(rows: QuerySet[Any], *fields: str) -> set[Any]:
    return _known(*(key for line in rows.values_list(*fields) for key in line))


def _known(*keys: Any) -> set[Any]:
    return {key for key in keys if key is not None}
