"""What is due to lapse, and the quarter's check over the whole register (A30, A31)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.quarterly import (
    QuarterlyStanding,
    list_of_quarter,
    quarterly_standing,
    sign_quarterly_check,
)
from cautionary_plugin.actions.reviews import lapsing_entries
from cautionary_plugin.admin.asking import posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Entry, Register, Review
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.reviews import window
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, ReviewOutcome, Risk, Route

from .forms import QuarterForm
from .told import ends_in_words

FOLDER = "cautionary_plugin/admin/reviews"


@dataclass(frozen=True)
class Row:
    """One entry in a list: no name is in it."""

    reference: str
    url: str
    risk: str
    ends: str
    state: str
    review_url: str = ""
    review_label: str = ""


@dataclass(frozen=True)
class Desk:
    """One register: how it stands with its checks, and what lapses."""

    register: Register
    check: str
    missed: str
    quarter_url: str
    rows: list[Row]


@require_safe
def lapsing(request: GatedRequest) -> HttpResponse:
    """The entries that lapse this quarter or next, the earliest first, with their reviews.

    Not those of a schedule: they come before their panel by themselves (B4).
    """
    standing = request.standing
    standing.check_may_read()
    kept = [
        each
        for each in standing.over(Power.READ_BASIS)
        if each and each.route == Route.DIRECTOR and standing.may_read(each)
    ]
    record(act=Act.LISTED, by=request.user, at=request.now, screen="cautionary/reviews/lapsing")
    return render(
        request,
        f"{FOLDER}/lapsing.html",
        title=_("Entries due to lapse"),
        trail=_trail((_("Due to lapse"), "")),
        desks=[_desk(request, register) for register in sorted(kept, key=str)],
        until=day(window(timezone.localdate(request.now)).next.starts_on),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def quarter(request: GatedRequest, slug: str) -> HttpResponse:
    """Look at every entry, and sign that this was done."""
    register = get_object_or_404(Register, slug=slug, route=Route.DIRECTOR)
    request.standing.check_may_handle(Power.SIGN_REVIEWS, register)
    form = QuarterForm(posted(request))
    if request.method == "POST":
        submit(
            form,
            lambda: sign_quarterly_check(
                register=register, by=request.user, at=request.now, **form.cleaned_data
            ),
        )
    listed = list_of_quarter(register, at=request.now)
    standing = quarterly_standing(register, at=request.now)
    record(act=Act.LISTED, by=request.user, at=request.now, screen="cautionary/reviews/quarter")
    title = _("Quarterly check")
    return render(
        request,
        f"{FOLDER}/quarter.html",
        title=title,
        trail=_trail((_("Due to lapse"), reverse("cautionary_lapsing")), (title, "")),
        problems=[sentence for each in form.errors.values() for sentence in each],
        register=register,
        check=_check_in_words(standing),
        missed=_missed_in_words(standing),
        may_sign=standing.signed is None,
        digest=listed.digest,
        lapsing=listed.lapsing,
        rows=[_listed(entry) for entry in listed.entries],
        status=400 if form.errors else 200,
    )


def _desk(request: GatedRequest, register: Register) -> Desk:
    signs = Power.SIGN_REVIEWS in request.standing.powers(register)
    entries = list(lapsing_entries(register, at=request.now))
    under_way = {each.entry_id: each for each in Review.objects.open().filter(entry__in=entries)}
    standing = quarterly_standing(register, at=request.now)
    return Desk(
        register=register,
        check=_check_in_words(standing),
        missed=_missed_in_words(standing),
        quarter_url=reverse("cautionary_quarter", args=[register.slug]) if signs else "",
        rows=[_lapsing(request, each, under_way.get(each.pk), signs) for each in entries],
    )


def _lapsing(request: GatedRequest, entry: Any, review: Review | None, signs: bool) -> Row:
    url, label, state = "", "", str(_("Nobody reviews it yet"))
    if review:
        url = reverse("cautionary_reviews_modeladmin_inspect", args=[review.pk])
        label, state = _("Open the review"), str(_("Under review"))
    elif entry.review_outcome == ReviewOutcome.LAPSE:
        state = str(_("Reviewed: ends on its day"))
    elif signs:
        url = reverse("cautionary_review_open", args=[entry.reference])
        label = _("Review")
    return _row(entry, ends_in_words(entry, at=request.now), state, url, label)


def _listed(entry: Any) -> Row:
    state = EntryState(entry.state).label
    if entry.under_appeal:
        state = str(_("%(state)s, under appeal") % {"state": state})
    return _row(entry, day(last_day(entry)), state)


def _row(entry: Entry, ends: str, state: str, url: str = "", label: str = "") -> Row:
    page = reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
    return Row(entry.reference, page, Risk(entry.risk).label, ends, state, url, label)


def _check_in_words(standing: QuarterlyStanding) -> str:
    words = {"quarter": standing.current.in_words}
    if standing.signed:
        signed = {
            "when": instant(standing.signed.signed_at),
            "who": name_of(standing.signed.signed_by),
        }
        return str(_("%(quarter)s: signed %(when)s by %(who)s.") % (words | signed))
    if standing.owed:
        return str(_("%(quarter)s: not signed yet.") % words)
    return str(_("%(quarter)s: there is no entry to check.") % words)


def _missed_in_words(standing: QuarterlyStanding) -> str:
    if not standing.missed:
        return ""
    missed = ", ".join(quarter.in_words for quarter in standing.missed)
    return str(_("Missed: %(quarters)s.") % {"quarters": missed})


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = ((_("Reviews"), reverse("cautionary_reviews_modeladmin_index")), *further)
    return [{"label": each, "url": url} for each, url in steps]
