"""The reviews of entries: under way and past, for those who keep and review the register."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.entry_facts import last_day, who_or_where
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.entries import open_for_review
from cautionary_plugin.admin.base import Button, Column, FilterForm, RecordScreen
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import AccessRecord, Review
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReviewState
from cautionary_plugin.rules.vocabulary import Act

from .told import answered, how_it_stands, proposal, state_of, what_closing_waits_for

ANY: list[tuple[str, Any]] = [("", _("Any"))]


class ReviewFilters(FilterForm):
    """By state."""

    state = forms.ChoiceField(
        label=_("State"), choices=[*ANY, *ReviewState.choices()], required=False
    )


class ReviewScreen(RecordScreen):
    """One line a review; a review of what has expired is not shown (A32)."""

    path = "cautionary/reviews"
    label = _("Reviews")
    icon = "view"
    order = 600
    needs = Power.READ_BASIS
    filters = ReviewFilters
    empty = _("No review is on file. Begin with the entries that are due to lapse.")
    page = "cautionary_plugin/admin/reviews/review.html"
    columns = (
        Column(_("Entry"), lambda review: review.entry.reference),
        Column(_("Register"), lambda review: review.entry.register.name),
        Column(_("State"), state_of),
        Column(_("Last day of the entry"), lambda review: day(last_day(review.entry))),
    )

    def rows(self, request: GatedRequest) -> QuerySet[Review]:
        standing = request.standing
        standing.check_may_read()  # a lapsed briefing is told, and not shown as an empty list
        kept = standing.over(Power.READ_BASIS) - {None}
        readable = [register for register in kept if standing.may_read(register)]
        reviews = Review.objects.filter(
            entry__register__in=readable, entry__expires_at__gt=request.now
        )
        return reviews.select_related(
            "case_file",
            "entry__register",
            "entry__case_file__person",
            "entry__case_file__premises",
            "evidence",
            "opened_by",
            "proposed_by",
            "signed_by",
        )

    def links(self, request: GatedRequest) -> list[Button]:
        return [Button(_("Entries due to lapse"), reverse("cautionary_lapsing"), posts=False)]

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def opened(self, request: GatedRequest, row: Review) -> None:
        open_for_review(entry=row.entry, by=request.user, at=request.now)

    def facts(self, request: GatedRequest, row: Review) -> list[tuple[Any, Any]]:
        who = [
            (_("Entry"), row.entry.reference),
            (_("Person or premises"), who_or_where(row.entry)),
        ]
        return [*who, *how_it_stands(row, at=request.now)]

    def more(self, request: GatedRequest, row: Review) -> dict[str, Any]:
        return {
            "answered": answered(row) if row.factors else [],
            "proposal": proposal(row),
            "waits_for": what_closing_waits_for(row),
        }

    def history(self, request: GatedRequest, row: Review) -> list[tuple[Any, str, str]]:
        lines = AccessRecord.objects.filter(reference=row.entry.reference, act=Act.REVIEWED)
        return [
            (line.at, name_of(line.user), Act(line.act).label)
            for line in lines.select_related("user")[:200]
        ]

    def buttons(self, request: GatedRequest, row: Review) -> list[Button]:
        powers = request.standing.powers(row.entry.register)
        signs = Power.SIGN_REVIEWS in powers
        if row.state == ReviewState.OPEN and signs:
            return [_link("propose", row, _("Answer and propose"))]
        others = row.proposed_by_id != request.user.pk
        if row.state == ReviewState.PROPOSED and Power.SIGN_REVIEWS_FOR_SAFETY in powers and others:
            return [_link("sign", row, _("Sign")), _link("send_back", row, _("Send it back"))]
        if row.state == ReviewState.SIGNED and signs and not what_closing_waits_for(row):
            return [_link("close", row, _("Close the review"))]
        return []


def _link(act: str, review: Review, label: Any) -> Button:
    return Button(label, reverse(f"cautionary_review_{act}", args=[review.pk]), posts=False)
