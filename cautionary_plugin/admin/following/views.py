"""Questionnaires out and back, specialists, follow-up actions, support at court (B38–B40, B51)."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, F, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.following import cases_kept, questionnaires_of
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.following import (
    finish_follow_up,
    note_follow_up,
    open_follow_up,
    open_questionnaire,
    record_return,
    record_summons,
    refer_to_specialist,
)
from cautionary_plugin.actions.letters import letter_reference
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import (
    AgendaItem,
    CourtSupport,
    FollowUpAction,
    PanelCase,
    Questionnaire,
    Register,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .forms import DoneForm, FollowUpForm, ReturnForm, SpecialistForm, SummonsForm
from .lines import action_line, questionnaire_line, support_line

FOLDER = "cautionary_plugin/admin/following"
METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50


@require_safe
def following(request: GatedRequest) -> HttpResponse:
    """All that follows, what is open first."""
    today, me, keeps = timezone.localdate(request.now), request.user, _registers(request)
    waits = Case(
        When(new_issues=True, asked=False, then=Value(0)),
        When(returned_on=None, then=Value(1)),
        default=Value(2),
    )
    out = questionnaires_of(me, keeps).order_by(waits, "-returned_on", "letter__sent_on", "pk")
    actions = FollowUpAction.objects.filter(
        not_shut_out(me, case="case"), case__register__in=keeps
    ).select_related("case", "colleague")
    supports = CourtSupport.objects.filter(
        not_shut_out(me, case="case"), case__register__in=keeps
    ).select_related("case", "employee", "line_manager")
    calendars = {register.pk: register.calendar for register in keeps}
    record(act=Act.LISTED, by=me, at=request.now, screen="cautionary/following")
    return render(
        request,
        f"{FOLDER}/following.html",
        title=_("What follows"),
        trail=[{"url": "", "label": _("What follows")}],
        questionnaires=_page(
            request,
            "q",
            out,
            lambda each: questionnaire_line(each, calendars[each.letter.register_id], today=today),
        ),
        actions=_page(
            request,
            "a",
            actions.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk"),
            lambda each: action_line(each, today=today),
        ),
        supports=_page(request, "c", supports.order_by("-hearing_on", "pk"), support_line),
    )


@require_safe
def questionnaire(request: GatedRequest, pk: Any) -> HttpResponse:
    """What a questionnaire told, and what specialists were asked and said."""
    found = _questionnaire(request, pk)
    open_questionnaire(questionnaire=found, by=request.user, at=request.now)
    sent, back = found.letter.sent_on, found.returned_on
    facts = [
        (_("Sent"), day(sent) if sent else ""),
        (_("Came back"), day(back) if back else _("Not yet")),
        (_("Tells of something new"), _yes_or_no(found.new_issues)),
        (_("What bears on the approach"), found.words),
    ]
    asked = [
        (
            name_of(each.specialist),
            each.asked,
            each.advice or _("No answer yet, due %(day)s") % {"day": day(each.due_on)},
        )
        for each in found.referrals.select_related("specialist")
    ]
    return render(
        request,
        f"{FOLDER}/questionnaire.html",
        title=_title(found),
        trail=_trail((letter_reference(found.letter), "")),
        questionnaire=found,
        facts=[(label, text) for label, text in facts if text],
        asked=asked,
    )


@require_http_methods(METHODS)
def came_back(request: GatedRequest, pk: Any) -> HttpResponse:
    """A questionnaire is back."""
    found = _questionnaire(request, pk)
    today = timezone.localdate(request.now)
    form = ReturnForm(posted(request), initial={"returned_on": today})

    def act() -> Questionnaire:
        told = form.cleaned_data
        try:
            return record_return(questionnaire=found, by=request.user, at=request.now, **told)
        except AlreadyDone:
            if not _is_the_same(kept := _questionnaire(request, pk), told, by=request.user):
                raise
            return kept  # the button was pressed twice

    return ask(
        request,
        form,
        act,
        done=lambda made: (
            reverse("cautionary_questionnaire_specialist", args=[made.pk])
            if made.new_issues
            else reverse("cautionary_following")
        ),
        title=_("Record that it came back"),
        trail=_trail((_title(found), ""), (_("It came back"), "")),
        back=reverse("cautionary_following"),
        button=_("Record it"),
        said=_("%(reference)s: the questionnaire is recorded as back.")
        % {"reference": letter_reference(found.letter)},
    )


@require_http_methods(METHODS)
def specialist(request: GatedRequest, pk: Any) -> HttpResponse:
    """Ask a specialist about what a questionnaire told."""
    found = _questionnaire(request, pk)
    if request.method != "POST":
        open_questionnaire(questionnaire=found, by=request.user, at=request.now)
    if not found.new_issues:
        raise IllegalMove("The questionnaire is out, or tells of nothing that is new.")
    back = reverse("cautionary_questionnaire", args=[found.pk])
    facts = [(_("What bears on the approach"), found.words)] if found.words else []
    return _ask_specialist(request, {"questionnaire": found}, back=back, facts=facts)


@require_http_methods(METHODS)
def specialist_at_item(request: GatedRequest, pk: Any) -> HttpResponse:
    """Ask a specialist a question that came up at an item of the panel (B21)."""
    items = AgendaItem.objects.filter(
        not_shut_out(request.user, case="case"), meeting__register__in=_registers(request)
    )
    found = get_object_or_404(items.select_related("case", "meeting__register"), pk=pk)
    facts = [(_("Case"), found.case.reference)]
    back = reverse("cautionary_following")
    return _ask_specialist(request, {"item": found}, back=back, facts=facts)


@require_http_methods(METHODS)
def note_action(request: GatedRequest) -> HttpResponse:
    """Note what is to be done."""
    form = FollowUpForm(posted(request), initial=_asked_case(request))
    return _about_case(
        request,
        form,
        lambda case, **told: note_follow_up(case=case, by=request.user, at=request.now, **told),
        title=_("Note a follow-up action"),
        button=_("Note it"),
        said=_("The follow-up action is noted, and the colleague is told."),
        lead=_("The colleague is told by e-mail, and closes it under “Your tasks”."),
    )


@require_http_methods(METHODS)
def finish(request: GatedRequest, pk: Any) -> HttpResponse:
    """Close an action for its colleague."""
    actions = FollowUpAction.objects.filter(
        not_shut_out(request.user, case="case"), case__register__in=_registers(request)
    )
    found = get_object_or_404(actions.select_related("case__register", "colleague"), pk=pk)
    if request.method != "POST":
        open_follow_up(follow_up=found, by=request.user, at=request.now)
    form = DoneForm(posted(request))
    return ask(
        request,
        form,
        lambda: finish_follow_up(
            follow_up=found, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda _made: reverse("cautionary_following"),
        title=_("Close a follow-up action"),
        trail=_trail((_("Close a follow-up action"), "")),
        back=reverse("cautionary_following"),
        button=_("Close it"),
        said=_("%(reference)s: the follow-up action is recorded as done.")
        % {"reference": found.case.reference},
        facts=[
            (_("Case"), found.case.reference),
            (_("What is to be done"), found.what),
            (_("By whom"), name_of(found.colleague)),
        ],
    )


@require_http_methods(METHODS)
def summons(request: GatedRequest) -> HttpResponse:
    """Record that an employee was summoned."""
    form = SummonsForm(posted(request), initial=_asked_case(request))
    return _about_case(
        request,
        form,
        lambda case, **told: record_summons(case=case, by=request.user, at=request.now, **told),
        title=_("Record a summons"),
        button=_("Record it"),
        said=_("The summons is recorded, and the line manager is told."),
        lead=_("The line manager is told by e-mail. The employee sees whom to ask for support."),
    )


def _ask_specialist(
    request: GatedRequest, about: dict[str, Any], *, back: str, facts: list[tuple[Any, str]]
) -> HttpResponse:
    form = SpecialistForm(posted(request))
    title = _("Ask a specialist colleague")
    return ask(
        request,
        form,
        lambda: refer_to_specialist(by=request.user, at=request.now, **about, **form.cleaned_data),
        done=lambda _made: back,
        title=title,
        trail=_trail((title, "")),
        back=back,
        button=_("Ask them"),
        said=_("The specialist colleague is asked, and told by e-mail."),
        warning=_("They are told by e-mail, and read on the intranet what you have written here."),
        facts=facts,
    )


def _about_case(
    request: GatedRequest, form: Any, act: Callable[..., Any], *, title: Any, **context: Any
) -> HttpResponse:
    """A form that names a case by its reference."""

    def whole() -> Any:
        told = dict(form.cleaned_data)
        return act(_case(request, told.pop("case")), **told)

    return ask(
        request,
        form,
        whole,
        done=lambda _made: reverse("cautionary_following"),
        title=title,
        trail=_trail((title, "")),
        back=reverse("cautionary_following"),
        **context,
    )


def _case(request: GatedRequest, reference: str) -> PanelCase:
    """The case of this reference, unless the person may not know of it: it looks as if none."""
    known = cases_kept(request.user, _registers(request)).select_related("register")
    case = known.filter(reference=reference.upper()).first()
    if case is None:
        raise BadInput({"case": [_("There is no case with this reference.")]})
    return case


def _asked_case(request: GatedRequest) -> dict[str, str]:
    return {"case": request.GET.get("case", "")[:24]}


def _registers(request: GatedRequest) -> list[Register]:
    """The schedules that the person keeps; whose post also reads must be briefed."""
    held = [each for each in request.standing.over(Power.KEEP_SCHEDULE) if each]
    for register in held:
        request.standing.check_may_handle(Power.KEEP_SCHEDULE, register)
    return held


def _questionnaire(request: GatedRequest, pk: Any) -> Questionnaire:
    return get_object_or_404(questionnaires_of(request.user, _registers(request)), pk=pk)


def _is_the_same(kept: Questionnaire, told: dict[str, Any], *, by: Any) -> bool:
    """Whether the same person recorded just this before."""
    said = (kept.recorded_by_id, kept.returned_on, kept.new_issues, kept.words)
    return said == (by.pk, told["returned_on"], told["new_issues"], told["words"].strip())


def _page(
    request: GatedRequest, name: str, rows: Any, line: Callable[[Any], Any]
) -> dict[str, Any]:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get(name))
    return {"name": name, "page": page, "lines": [line(row) for row in page]}


def _yes_or_no(answer: bool | None) -> str:
    if answer is None:
        return ""
    return _("Yes") if answer else _("No")


def _title(found: Questionnaire) -> str:
    return _("Questionnaire: %(reference)s") % {"reference": letter_reference(found.letter)}


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = [(_("What follows"), reverse("cautionary_following")), *further]
    return [{"label": label, "url": url} for label, url in steps]
