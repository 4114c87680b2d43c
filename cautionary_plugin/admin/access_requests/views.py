"""Subject access requests: received, gone through line by line, released, downloaded (L8)."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.access_requests import (
    check_identity,
    check_may_prepare,
    enclosed_lines,
    is_file,
    look_at_line,
    open_request,
    prepare_pack,
    read_before_release,
    receive_request,
    release_pack,
    requests_for,
    withdraw_request,
)
from cautionary_plugin.actions.holds import find_file, no_such_file
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import Button, FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import AccessRequest, PackLine
from cautionary_plugin.rules.due import due_in_words
from cautionary_plugin.rules.errors import Excluded, NotYourPost
from cautionary_plugin.rules.states import RequestState

from .forms import IdentityForm, LineForm, ReceiveForm, WithdrawForm
from .page import (
    buttons_of,
    facts_of,
    missing_of,
    named,
    next_line,
    notice_of,
    sections_of,
    url,
)

FOLDER = "cautionary_plugin/admin/access_requests"
PER_PAGE = 50


@require_safe
def overview(request: GatedRequest) -> HttpResponse:
    """Every request that the person answers for, the most urgent first."""
    rows = requests_for(request.user, at=request.now)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=_("Subject access"),
        trail=_trail(),
        form=FilterForm(),
        page=page,
        headings=[_("Request"), _("State"), _("Received"), _("Answer")],
        lines=[_line(each, request) for each in page],
        links=[
            Button(_("Record a request"), reverse("cautionary_access_request_new"), posts=False)
        ],
        empty=_(
            "Nobody has asked what is held about them. Look the person up first: where nothing is "
            "held, say so, and there is nothing to record."
        ),
        query="",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: GatedRequest) -> HttpResponse:
    """Record a request that has come in."""
    form = ReceiveForm(posted(request))

    def act() -> AccessRequest:
        told = form.cleaned_data
        try:
            return receive_request(
                case_file=find_file(told["reference"]),
                received_on=told["received_on"],
                asked=told["asked"],
                by=request.user,
                at=request.now,
            )
        except (NotYourPost, Excluded):
            raise no_such_file() from None

    title = _("Record a request")
    return ask(
        request,
        form,
        act,
        done=lambda made: url("", made),
        title=title,
        trail=_trail((title, "")),
        back=reverse("cautionary_access_requests"),
        button=_("Record it"),
        lead=_(
            "The answer is due one calendar month after the request came in. Until then, and for "
            "three months at most, the file is not erased."
        ),
    )


@require_safe
def show(request: GatedRequest, reference: str) -> HttpResponse:
    """One request: how it stands, what is next, and every line by its heading."""
    found = named(reference, request)
    open_request(request=found, by=request.user, at=request.now)
    missing = missing_of(found, request)
    notice, late = notice_of(found, request)
    return render(
        request,
        f"{FOLDER}/request.html",
        title=_("Subject access request %(reference)s") % {"reference": reference},
        trail=_trail((reference, "")),
        notice=notice,
        late=late,
        facts=facts_of(found),
        missing=missing,
        buttons=list(buttons_of(found, request, missing)),
        sections=sections_of(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: GatedRequest, reference: str) -> HttpResponse:
    """Record who asks, and how that is known."""
    found, form = named(reference, request), IdentityForm(posted(request))
    return _ask(
        request,
        found,
        form,
        lambda: check_identity(request=found, by=request.user, at=request.now, **form.cleaned_data),
        title=_("Record who asks"),
        button=_("Record it"),
    )


@require_POST
def prepare(request: GatedRequest, reference: str) -> HttpResponse:
    """Write down all that is held, or bring it up to date."""
    found = named(reference, request)
    prepare_pack(request=found, by=request.user, at=request.now)
    return HttpResponseRedirect(url("", found))


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: GatedRequest, reference: str, pk: Any) -> HttpResponse:
    """One line, and what the person is told of it; then the next."""
    found = named(reference, request)
    lines = PackLine.objects.select_related("request__case_file")
    looked_at = get_object_or_404(lines, pk=pk, request=found)
    open_request(request=found, by=request.user, at=request.now)
    form = LineForm(posted(request), initial=LineForm.initial_of(looked_at))

    def on(_made: PackLine) -> str:
        owed = next_line(found, after=looked_at.position)
        return url("_line", found, owed.pk) if owed else url("", found)

    return ask(
        request,
        form,
        lambda: look_at_line(line=looked_at, by=request.user, at=request.now, **form.cleaned_data),
        done=on,
        title=looked_at.label,
        trail=_trail((reference, url("", found)), (looked_at.label, "")),
        back=url("", found),
        button=_("Save and go on"),
        template=f"{FOLDER}/line.html",
        line=looked_at,
        owed=found.lines.filter(looked_at=None).count(),
        file=url("_line_file", found, looked_at.pk) if is_file(looked_at) else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: GatedRequest, reference: str) -> HttpResponse:
    """The second look, and the release."""
    found = named(reference, request)
    pack = read_before_release(request=found, by=request.user, at=request.now)
    return _ask(
        request,
        found,
        forms.Form(posted(request)),
        lambda: release_pack(
            request=found, by=request.user, at=request.now, seen=request.POST.get("seen", "")
        ),
        title=_("Release the pack"),
        button=_("Release it"),
        lead=_(
            "This is what the person gets. Look for names and for what gives somebody away, and at "
            "what is withheld. Once it is released nothing of it can be changed."
        ),
        missing=missing_of(found, request),
        pack=pack,
        files=[(each.section, url("_line_file", found, each.pk)) for each in enclosed_lines(found)],
        template=f"{FOLDER}/release.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: GatedRequest, reference: str) -> HttpResponse:
    """The request is not answered."""
    found, form = named(reference, request), WithdrawForm(posted(request))
    return _ask(
        request,
        found,
        form,
        lambda: withdraw_request(
            request=found, by=request.user, at=request.now, **form.cleaned_data
        ),
        title=_("The request is not answered"),
        button=_("Record it"),
        warning=_("What was prepared is deleted, and the file may be erased again."),
    )


def _ask(
    request: GatedRequest,
    found: AccessRequest,
    form: forms.Form,
    act: Any,
    *,
    title: Any,
    button: Any,
    **more: Any,
) -> HttpResponse:
    check_may_prepare(found.case_file, request.user, request.now)
    return ask(
        request,
        form,
        act,
        done=lambda _made: url("", found),
        title=title,
        trail=_trail((found.reference, url("", found)), (title, "")),
        back=url("", found),
        button=button,
        **more,
    )


def _line(found: AccessRequest, request: GatedRequest) -> Line:
    today = timezone.localdate(request.now)
    due = "" if found.settled_at else due_in_words(found.due_on, today=today)
    state = RequestState(found.state).label
    return Line(url("", found), found.reference, [state, day(found.received_on), due])


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = ((_("Subject access"), reverse("cautionary_access_requests")), *further)
    return [{"label": label, "url": address} for label, address in steps]
