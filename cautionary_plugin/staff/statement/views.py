"""Your account: what you are asked for, the words, a second look, and sent."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.statements import (
    check_open,
    decline_statement,
    find_own_statement,
    give_statement,
)
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Statement

from .forms import AccountForm, CommentForm
from .invitations import invitation_of, invitations_of

FOLDER = "cautionary_plugin/staff/statement"
MOST = 100


@require_http_methods(["GET"])
def invitations(request: GatedRequest) -> HttpResponse:
    """What I am asked for, and what I have answered."""
    today = timezone.localdate(request.now)
    lines = [invitation_of(each, on=today) for each in invitations_of(request.user)[:MOST]]
    context = {
        "waiting": [line for line in lines if line.waits],
        "settled": [line for line in lines if not line.waits],
    }
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
def give(request: GatedRequest, key: UUID) -> HttpResponse:
    """The words; then once more, to be read over before they go."""
    statement = find_own_statement(key, by=request.user)
    check_open(statement, at=request.now)
    form = _form(statement, request.POST or None)
    if request.method == "GET" or not form.is_valid() or "edit" in request.POST:
        return _show(request, statement, form)
    if "send" not in request.POST:
        return _show(request, statement, form, read_over=True)
    given = submit(
        form,
        lambda: give_statement(
            statement=statement, by=request.user, at=request.now, **form.cleaned_data
        ),
    )
    return redirect("cautionary:my_accounts") if given else _show(request, statement, form)


@require_http_methods(["GET", "POST"])
def decline(request: GatedRequest, key: UUID) -> HttpResponse:
    """Not to give an account, once it was asked whether to."""
    statement = find_own_statement(key, by=request.user)
    if request.method == "POST":
        decline_statement(statement=statement, by=request.user, at=request.now)
        return redirect("cautionary:my_accounts")
    check_open(statement, at=request.now)
    return render(
        request, f"{FOLDER}/decline.html", {"invitation": _invitation(request, statement)}
    )


def _form(statement: Statement, typed: Any) -> AccountForm | CommentForm:
    return (CommentForm if statement.appeal_id else AccountForm)(typed)


def _show(
    request: GatedRequest, statement: Statement, form: Any, *, read_over: bool = False
) -> HttpResponse:
    context = {
        "invitation": _invitation(request, statement),
        "form": form,
        "read_over": read_over,
    }
    return render(request, f"{FOLDER}/give.html", context, status=400 if form.errors else 200)


def _invitation(request: GatedRequest, statement: Statement) -> Any:
    return invitation_of(statement, on=timezone.localdate(request.now))
