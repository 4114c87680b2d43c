"""Who took part in what an appeal is against (A25), and whose account it touches (A26)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cautionary_plugin.actions.mail import holders_of
from cautionary_plugin.actions.on_file import reports_about
from cautionary_plugin.models import (
    Countersignature,
    Decision,
    Entry,
    Review,
    Statement,
)
from cautionary_plugin.rules.appeals import TookPart
from cautionary_plugin.rules.posts import Power


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
    )


def _keys(rows: QuerySet[Any], *fields: str) -> set[Any]:
    return _known(*(key for line in rows.values_list(*fields) for key in line))


def _known(*keys: Any) -> set[Any]:
    return {key for key in keys if key is not None}
