"""Record an appeal, name its hearers, propose, sign, send back, withdraw (A24–A26)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.exclusion import schedule_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.appeals import (
    lodge_appeal,
    name_hearers,
    open_hearing,
    propose_outcome,
    send_back_outcome,
    sign_outcome,
    withdraw_appeal,
)
from cautionary_plugin.actions.appeals.hearing import candidates, heard_by_now
from cautionary_plugin.actions.appeals.terms import in_words, terms_of
from cautionary_plugin.actions.appeals.took_part import took_part_in
from cautionary_plugin.admin.asking import Told, ask, posted
from cautionary_plugin.models import Appeal, Entry
from cautionary_plugin.rules.appeals import hearers_needed, why_excluded
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import AppealOutcome

from .forms import HearersForm, LodgeForm, OutcomeForm, ReasonsForm, SignForm
from .told import BODIES, changes_of, outcome_facts, who_hears

APPEALS = "cautionary_appeals_modeladmin"
HEARINGS = "cautionary_hearings_modeladmin"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def lodge(request: GatedRequest) -> HttpResponse:
    """Record an appeal that came in."""
    form = LodgeForm(posted(request), initial={"entry": request.GET.get("entry", "")[:24]})

    def act() -> Appeal:
        typed = dict(form.cleaned_data)
        entry = _entry_named(typed.pop("entry"))
        return lodge_appeal(entry=entry, by=request.user, at=request.now, **typed)

    return ask(
        request,
        form,
        act,
        done=lambda appeal: reverse(f"{APPEALS}_inspect", args=[appeal.reference]),
        title=_("Record an appeal"),
        trail=_trail(APPEALS, _("Appeals"), (_("Record an appeal"), "")),
        back=reverse(f"{APPEALS}_index"),
        button=_("Record the appeal"),
        lead=_(
            "The entry stays as it is and is shown “under appeal”. The employees concerned are "
            "asked for a comment at once."
        ),
    )


@require_http_methods(METHODS)
def hearers(request: GatedRequest, reference: str) -> HttpResponse:
    """Name those who hear an appeal or a review; who took part is named, and why."""
    appeal = _kept(request, reference)
    register = appeal.entry.register
    took_part = took_part_in(appeal.entry, at=request.now)
    body = heard_by_now(appeal, took_part, at=request.now)
    members = sorted(candidates(appeal, body, at=request.now), key=name_of)
    excluded = {user.pk: why_excluded(user.pk, took_part) for user in members}
    fit = {str(user.pk): user for user in members if not excluded[user.pk]}
    named = [str(hearer.user_id) for hearer in appeal.hearers.all()]
    form = HearersForm(
        posted(request),
        label=BODIES[body],
        candidates=[(key, name_of(user)) for key, user in fit.items()],
        initial={"users": named},
    )
    needed = hearers_needed(body, several=register.hearers_needed)
    return ask(
        request,
        form,
        lambda: name_hearers(
            appeal=appeal,
            users=[fit[key] for key in form.cleaned_data["users"]],
            by=request.user,
            at=request.now,
        ),
        done=lambda _named: _page_of(APPEALS, appeal),
        title=_("Name the hearers"),
        trail=_of(APPEALS, _("Appeals"), appeal, _("Name the hearers")),
        back=_page_of(APPEALS, appeal),
        button=_("Name them"),
        template="cautionary_plugin/admin/appeals/hearers.html",
        lead=who_hears(body, needed=needed),
        excluded=[(name_of(user), excluded[user.pk]) for user in members if excluded[user.pk]],
        none_fit=not fit,
    )


@require_http_methods(METHODS)
def withdraw(request: GatedRequest, reference: str) -> HttpResponse:
    """Record that an appeal was taken back, or that there is nothing left to decide."""
    appeal = _kept(request, reference)
    form = ReasonsForm(posted(request))
    return ask(
        request,
        form,
        lambda: withdraw_appeal(
            appeal=appeal, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda _done: _page_of(APPEALS, appeal),
        title=_("Record a withdrawal"),
        trail=_of(APPEALS, _("Appeals"), appeal, _("Record a withdrawal")),
        back=_page_of(APPEALS, appeal),
        button=_("Record the withdrawal"),
        warning=_("The appeal ends without an outcome, and the entry stays as it is."),
        lead=_("Only where the individual takes the appeal back, or the entry has ended."),
    )


@require_http_methods(METHODS)
def propose(request: GatedRequest, reference: str) -> HttpResponse:
    """Propose an outcome; it counts once every hearer has signed."""
    appeal = _heard(request, reference)
    entry = appeal.entry
    alone = appeal.hearers.count() == 1
    form = OutcomeForm(posted(request), entry=entry)

    def told() -> Told:
        typed = form.cleaned_data
        now = terms_of(entry)
        wanted = now.with_changes(form.variation()).as_json()
        changed = {name: wanted[name] for name in wanted if wanted[name] != now.as_json()[name]}
        return [
            (_("Outcome"), AppealOutcome(typed["outcome"]).label),
            (_("Reasons"), typed["reasons"]),
            *(
                (change.label, f"{change.before or '–'} → {change.after or '–'}")
                for change in in_words(now, changed)
            ),
        ]

    return ask(
        request,
        form,
        lambda: propose_outcome(
            appeal=appeal,
            outcome=AppealOutcome(form.cleaned_data["outcome"]),
            reasons=form.cleaned_data["reasons"],
            variation=form.variation(),
            by=request.user,
            at=request.now,
        ),
        done=lambda _done: _page_of(HEARINGS, appeal),
        title=_("Decide on it") if alone else _("Propose an outcome"),
        trail=_of(
            HEARINGS,
            _("Appeals to hear"),
            appeal,
            _("Decide on it") if alone else _("Propose an outcome"),
        ),
        back=_page_of(HEARINGS, appeal),
        button=_("Decide and sign") if alone else _("Propose and sign"),
        warning=_("You hear it alone: the outcome takes effect at once, and cannot be undone.")
        if alone
        else _("You sign this outcome. It takes effect when the other hearers have signed."),
        told=told,
    )


@require_http_methods(METHODS)
def sign(request: GatedRequest, reference: str) -> HttpResponse:
    """Read the proposed outcome once more, and sign it."""
    appeal = _heard(request, reference)
    seen = {"seen": SignForm.seen_at(appeal.proposed_at)}
    form = SignForm(posted(request), initial=seen)
    return ask(
        request,
        form,
        lambda: sign_outcome(
            appeal=appeal, by=request.user, at=request.now, seen=form.cleaned_data["seen"]
        ),
        done=lambda _done: _page_of(HEARINGS, appeal),
        title=_("Sign the outcome"),
        trail=_of(HEARINGS, _("Appeals to hear"), appeal, _("Sign the outcome")),
        back=_page_of(HEARINGS, appeal),
        button=_("Sign"),
        lead=_("With the last hearer's signature the outcome takes effect. It cannot be undone."),
        facts=[(label, text) for label, text in outcome_facts(appeal)[:2] if text],
        changes=changes_of(appeal),
        template="cautionary_plugin/admin/appeals/sign.html",
    )


@require_http_methods(METHODS)
def send_back(request: GatedRequest, reference: str) -> HttpResponse:
    """Do not sign, and say why."""
    appeal = _heard(request, reference)
    form = ReasonsForm(posted(request))
    return ask(
        request,
        form,
        lambda: send_back_outcome(
            appeal=appeal, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda _done: _page_of(HEARINGS, appeal),
        title=_("Send the outcome back"),
        trail=_of(HEARINGS, _("Appeals to hear"), appeal, _("Send the outcome back")),
        back=_page_of(HEARINGS, appeal),
        button=_("Send it back"),
        lead=_("The signatures fall away, and an outcome must be proposed anew."),
    )


def _entry_named(reference: str) -> Entry:
    entry = Entry.objects.filter(reference=reference.upper()).first()
    if entry is None:
        raise BadInput({"entry": [_("No entry has this reference.")]})
    return entry


def _kept(request: GatedRequest, reference: str) -> Appeal:
    """An appeal of a register whose appeals the person keeps."""
    kept = request.standing.over(Power.RECORD_APPEALS) - {None}
    known = schedule_not_shut_out(request.user, of="entry__", case_file="entry__case_file")
    return get_object_or_404(_appeals(), known, reference=reference, entry__register__in=kept)


def _heard(request: GatedRequest, reference: str) -> Appeal:
    """An appeal that the person hears: named, a member still, and without a part in it.

    That it was opened is recorded.
    """
    appeal = get_object_or_404(_appeals(), reference=reference, hearers__user=request.user)
    open_hearing(appeal=appeal, by=request.user, at=request.now)
    return appeal


def _appeals() -> Any:
    return Appeal.objects.select_related("entry__register", "entry__case_file", "case_file")


def _page_of(screen: str, appeal: Appeal) -> str:
    return reverse(f"{screen}_inspect", args=[appeal.reference])


def _of(screen: str, label: Any, appeal: Appeal, last: Any) -> list[dict[str, Any]]:
    return _trail(screen, label, (appeal.reference, _page_of(screen, appeal)), (last, ""))


def _trail(screen: str, label: Any, *further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = ((label, reverse(f"{screen}_index")), *further)
    return [{"label": each, "url": url} for each, url in steps]
