"""Check a round of visits: a whole list at once, each visit a check of its own.

The answer is sent while it is made (decision 26): first the page with its progress, then, in one
piece, what was found. What is cut off before its last line never looks like an answer.
"""

import logging
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest, tell_refused
from cautionary_plugin.access.rendering import render, text_of
from cautionary_plugin.access.second_factor import check_verified
from cautionary_plugin.actions.calls import check_for_caller, check_rate
from cautionary_plugin.conf import conf
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.forms.visit_rows import Lines
from cautionary_plugin.forms.visits import Visit, VisitsForm
from cautionary_plugin.rules.errors import NotAllowed, TooManyAttempts
from cautionary_plugin.rules.vocabulary import Purpose

from .bound import in_the_meantime
from .round import Checked, Round
from .views import PURPOSE_KEY

FOLDER = "cautionary_plugin/staff/check"
HERE = "<!-- The answers come here. -->"
STEP = 10

# What stands between us and the browser sends on each piece as it comes, and packs none of them.
AT_ONCE = {"X-Accel-Buffering": "no", "Content-Encoding": "identity"}

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "POST"])
def check_visits(request: GatedRequest) -> HttpResponseBase:
    """A box for a list or a file; then the answers, on a page that is kept nowhere."""
    if request.method == "GET":
        return _ask(request, VisitsForm(initial={"purpose": request.session.get(PURPOSE_KEY)}))
    form = VisitsForm(request.POST, request.FILES)
    visits = submit(form, lambda: _taken(request, form.asked()))
    if visits is None:
        return _ask(request, form)
    purpose = Purpose(form.cleaned_data["purpose"])
    request.session[PURPOSE_KEY] = purpose.value
    shell = render(request, f"{FOLDER}/visits_answer.html", {"count": len(visits)})
    before, _here, after = shell.text.partition(HERE)
    pieces = _pieces(request, visits, form.lines, purpose)
    return StreamingHttpResponse(_between(before, pieces, after), headers=AT_ONCE)


def _taken(request: GatedRequest, visits: list[Visit]) -> list[Visit]:
    """The visits, where the hour has room for them: lists are how a register would be fished out.

    One check by itself always goes: somebody stands at a door.

    :raises TooManyAttempts: it has not.
    """
    asked = sum(each.question is not None for each in visits)
    try:
        check_rate(more=asked, most=conf.API_CHECKS, by=request.user, at=request.now)
    except TooManyAttempts as full:
        raise TooManyAttempts(
            f"{full} {in_the_meantime()}", wait_seconds=full.wait_seconds
        ) from None
    return visits


def _ask(request: GatedRequest, form: VisitsForm) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, f"{FOLDER}/visits.html", {"form": form}, status=status)


def _between(before: str, pieces: Iterator[str], after: str) -> Iterator[str]:
    yield before
    yield from pieces
    yield after


def _pieces(
    request: GatedRequest, visits: list[Visit], lines: Lines, purpose: Purpose
) -> Iterator[str]:
    """How far it is, again and again; at last the answers, and that they are all."""
    try:
        checked: list[Checked] = []
        for some in _checked(request, visits, purpose):
            checked += some
            done = {"done": len(checked), "count": len(visits)}
            yield text_of(f"{FOLDER}/visits_step.html", done)
        yield _told(request, Round(checked, lines, request.now), purpose)
    except Exception as failure:  # the page has begun: all that is left is to say so on it
        logger.error("A round of visits failed: %s", type(failure).__name__)
        yield text_of(f"{FOLDER}/failed.html", {"phone": conf.DUTY_PHONE})


def _checked(
    request: GatedRequest, visits: list[Visit], purpose: Purpose
) -> Iterator[list[Checked]]:
    """A few at a time: before each it is seen whether the asker still may, at that instant.

    And whether the hour still has room: other lists may have been sent before this one was read.
    A page that is read slowly is no way to go on asking as of an hour ago.
    """
    refusal: NotAllowed | None = None
    for start in range(0, len(visits), STEP):
        some = visits[start : start + STEP]
        if refusal is None:
            try:
                yield _answered(request, some, purpose)
                continue
            except NotAllowed as lapsed:  # a grant, a briefing or the second factor has ended
                refusal = lapsed
                tell_refused(request, refusal)
            except TooManyAttempts as full:
                yield _unasked(some, full)
                continue
        yield _unasked(some, refusal)


def _unasked(visits: list[Visit], why: Exception | None) -> list[Checked]:
    return [Checked(each, None, each.faults or (str(why),)) for each in visits]


def _answered(request: GatedRequest, visits: list[Visit], purpose: Purpose) -> list[Checked]:
    now = timezone.now()
    check_verified(request, at=now, dangerous=False)
    questions = [each.question for each in visits if each.question]
    answers = iter(check_for_caller(questions=questions, purpose=purpose, by=request.user, at=now))
    return [Checked(each, next(answers) if each.question else None, each.faults) for each in visits]


def _told(request: GatedRequest, answers: Round, purpose: Purpose) -> str:
    context = {
        "round": answers,
        "count": len(answers.visits),
        "phone": conf.DUTY_PHONE,
        "purpose": purpose,
        "csrf_token": get_token(request),
    }
    return text_of(f"{FOLDER}/visits_list.html", context)
