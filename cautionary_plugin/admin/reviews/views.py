"""Open a review, answer and propose, sign, send back, close (A31, A33, A35–A37)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.entry_facts import last_day, who_or_where
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.entries import open_for_review
from cautionary_plugin.actions.reviews import (
    close_review,
    open_review,
    propose_review,
    send_back_review,
    sign_review,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import Entry, Review
from cautionary_plugin.rules.posts import Power

from .forms import NothingForm, ProposalForm, SafetyForm, SendBackForm
from .told import answered, ends_in_words, proposal, what_signing_does

SCREEN = "cautionary_reviews_modeladmin"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def begin(request: GatedRequest, reference: str) -> HttpResponse:
    """Begin the review of an entry."""
    readable = _readable(request, Power.SIGN_REVIEWS)
    entry = get_object_or_404(
        Entry.objects.live_at(request.now), reference=reference, register__in=readable
    )
    under_way = Review.objects.open().filter(entry=entry).first()
    return ask(
        request,
        NothingForm(posted(request)),
        lambda: open_review(entry=entry, by=request.user, at=request.now),
        done=_page_of,
        title=_("Review %(reference)s") % {"reference": reference},
        trail=_trail((reference, "")),
        back=reverse("cautionary_lapsing"),
        button=_("Begin the review"),
        template="cautionary_plugin/admin/reviews/begin.html",
        last_day=day(last_day(entry)),
        under_way=_page_of(under_way) if under_way else "",
    )


@require_http_methods(METHODS)
def propose(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Answer each factor, propose an outcome, and sign for the register."""
    review = _review(request, pk, Power.SIGN_REVIEWS)
    form = ProposalForm(posted(request), review=review, at=request.now)
    return ask(
        request,
        form,
        lambda: propose_review(review=review, by=request.user, at=request.now, **form.proposal()),
        done=_page_of,
        title=_("Answer and propose"),
        trail=_of(review, _("Answer and propose")),
        back=_page_of(review),
        button=_("Propose and sign"),
        warning=_("You sign this for the register. It takes the second signature to count."),
        facts=[(_("Person or premises"), who_or_where(review.entry))],
    )


@require_http_methods(METHODS)
def sign(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Read the proposal once more, and sign it for health and safety."""
    review = _review(request, pk, Power.SIGN_REVIEWS_FOR_SAFETY)
    form = SafetyForm(posted(request), initial={"seen": SafetyForm.seen_at(review.proposed_at)})
    return ask(
        request,
        form,
        lambda: sign_review(review=review, by=request.user, at=request.now, **form.cleaned_data),
        done=_page_of,
        title=_("Sign the review"),
        trail=_of(review, _("Sign the review")),
        back=_page_of(review),
        button=_("Sign"),
        template="cautionary_plugin/admin/reviews/sign.html",
        lead=what_signing_does(review),
        facts=[
            (_("Entry"), review.entry.reference),
            (_("Person or premises"), who_or_where(review.entry)),
            (_("Last day of the entry"), ends_in_words(review.entry, at=request.now)),
        ],
        proposal=proposal(review),
        answered=answered(review),
    )


@require_http_methods(METHODS)
def send_back(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Do not sign, and say why."""
    review = _review(request, pk, Power.SIGN_REVIEWS_FOR_SAFETY)
    form = SendBackForm(posted(request))
    return ask(
        request,
        form,
        lambda: send_back_review(
            review=review, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=_page_of,
        title=_("Send the review back"),
        trail=_of(review, _("Send the review back")),
        back=_page_of(review),
        button=_("Send it back"),
        lead=_("The director reads your reasons and proposes anew."),
    )


@require_http_methods(METHODS)
def close(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Give the entry its new end."""
    review = _review(request, pk, Power.SIGN_REVIEWS)
    new_end = day(review.new_end_on) if review.new_end_on else ""
    return ask(
        request,
        NothingForm(posted(request)),
        lambda: close_review(review=review, by=request.user, at=request.now),
        done=_page_of,
        title=_("Close the review"),
        trail=_of(review, _("Close the review")),
        back=_page_of(review),
        button=_("Close the review"),
        facts=[
            (_("Last day until now"), day(last_day(review.entry))),
            (_("New last day"), new_end),
        ],
        lead=_("The individual was told. The entry now gets its new end."),
    )


def _readable(request: GatedRequest, power: Power) -> list[Any]:
    """The registers on which the person has the power and may read."""
    standing = request.standing
    return [each for each in standing.over(power) if each and standing.may_read(each)]


def _review(request: GatedRequest, pk: UUID, power: Power) -> Review:
    """A review that the person may act on; that it was opened is recorded."""
    related = (
        "case_file",
        "entry__register",
        "entry__case_file__person",
        "entry__case_file__premises",
    )
    reviews = Review.objects.filter(
        entry__register__in=_readable(request, power), entry__expires_at__gt=request.now
    )
    review = get_object_or_404(reviews.select_related(*related, "evidence"), pk=pk)
    open_for_review(entry=review.entry, by=request.user, at=request.now)
    return review


def _page_of(review: Review) -> str:
    return reverse(f"{SCREEN}_inspect", args=[review.pk])


def _of(review: Review, last: Any) -> list[dict[str, Any]]:
    return _trail((review.entry.reference, _page_of(review)), (last, ""))


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = ((_("Reviews"), reverse(f"{SCREEN}_index")), *further)
    return [{"label": each, "url": url} for each, url in steps]
