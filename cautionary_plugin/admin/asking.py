"""Ask for something in a form; what cannot be undone is read back before it is recorded."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.base import rehearse
from cautionary_plugin.forms.readback import Step, carried, read_back, step_of
from cautionary_plugin.forms.submission import submit

from .rendering import render

FORM = "cautionary_plugin/admin/asking/form.html"
READ_BACK = "cautionary_plugin/admin/asking/read_back.html"

Told = list[tuple[Any, str]]


def ask(
    request: GatedRequest,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    done: Callable[[Any], str],
    title: Any,
    trail: list[dict[str, Any]],
    back: str,
    button: Any,
    warning: Any = "",
    told: Callable[[], Told] | None = None,
    said: Any = "",
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """The page of a form, what was typed read back, or the way on once it is recorded.

    What is read back was rehearsed before: a fault stands on the form, and not after the last
    button.

    :param done: the address to go to, of what the act returned.
    :param button: the words on the button that records.
    :param warning: what cannot be undone; without it nothing is read back.
    :param told: label and text of what is read back; all that was typed, where it is not given.
    :param said: what the next page says of it once it is recorded; nothing about anybody.
    """
    step = _step(request, reads_back=bool(warning))
    shell = {"title": title, "trail": trail, "back": back, "button": button, **context}
    if step is Step.RECORD and (made := submit(form, act)) is not None:
        if said:
            messages.success(request, said)
        return HttpResponseRedirect(done(made))
    if step is Step.READ_BACK and submit(form, lambda: rehearse(act)) is not None:
        facts = told() if told else read_back(form)
        return render(
            request, READ_BACK, warning=warning, told=facts, carried=carried(form), **shell
        )
    go_on = _("Read it back") if warning else button
    return render(
        request,
        template,
        form=form,
        go_on=go_on,
        step="" if warning else Step.RECORD,
        status=400 if form.errors else 200,
        **shell,
    )


def posted(request: GatedRequest) -> Any:
    """What was posted, be it nothing at all; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def _step(request: GatedRequest, *, reads_back: bool) -> Step | None:
    if request.method != "POST":
        return None
    step = step_of(request.POST)
    return Step.RECORD if step is Step.READ_BACK and not reads_back else step
