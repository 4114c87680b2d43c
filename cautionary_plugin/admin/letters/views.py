"""One letter: what it says and lacks, own words, issue, print, and how it left the house."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.referrals import cases_of, panels_of
from cautionary_plugin.access.rendering import render as render_alone
from cautionary_plugin.actions.letters import (
    PreviewItem,
    changed_since_issue,
    changes_to_approach,
    exempt_from_letter,
    facts_lacking,
    hand_over_letter,
    issue_letter,
    letter_reference,
    open_letter,
    preview,
    record_sent,
    reissue_letter,
    send_by_email,
    stop_email,
    write_letter,
)
from cautionary_plugin.actions.panel.papers import may_read
from cautionary_plugin.admin.asking import ask
from cautionary_plugin.admin.asking import posted as posted_form
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Letter
from cautionary_plugin.outbox.pdf import is_installed, letter_pdf
from cautionary_plugin.outbox.pdf import questionnaire_pdf as made_pdf
from cautionary_plugin.rules.errors import IllegalMove, NotReady
from cautionary_plugin.rules.letters import INFORMING, WITH_QUESTIONNAIRE, LetterBody
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import LetterKind

from .forms import EmailForm, ExemptionForm, HandOverForm, PostedForm, WordsForm
from .lists import FOLDER, trail
from .standing import (
    clock_of,
    email_in_words,
    how_it_stands,
    letter_not_to_send,
    letter_of,
    letter_to_hand_over,
)


@require_safe
def letter(request: GatedRequest, pk: Any) -> HttpResponse:
    """The letter as it stands, item by item, with what is missing."""
    found = _opened(request, pk)
    return _page(request, found)


@require_http_methods(["GET", "POST"])
def write(request: GatedRequest, pk: Any) -> HttpResponse:
    """The writer's own words to this individual, and what the file does not say."""
    found = letter_of(request, pk)
    kind = LetterKind(found.kind)
    lacking = facts_lacking(found, at=request.now)
    if request.method == "POST":
        form = WordsForm(request.POST, kind=kind, lacking=lacking)
        kept = submit(
            form,
            lambda: write_letter(
                letter=found, own_words=form.cleaned_data, by=request.user, at=request.now
            ),
        )
        if kept:
            return _back(found)
    else:
        open_letter(letter=found, by=request.user, at=request.now)
        form = WordsForm(initial=found.own_words, kind=kind, lacking=lacking)
    title = _("Name and address") if form.asks_for_address_alone else _("Your own words")
    return _form(request, found, "write", title, form)


@require_http_methods(["GET", "POST"])
def issue(request: GatedRequest, pk: Any) -> HttpResponse:
    """Read the whole letter once more, then sign it; or put it together anew."""
    if request.method == "GET":
        return _issue_page(request, _opened(request, pk))
    found = letter_of(request, pk)
    act = reissue_letter if changed_since_issue(found) else issue_letter
    try:
        act(letter=found, by=request.user, at=request.now)
    except NotReady as lacking:
        return _issue_page(request, found, missing=lacking.missing, status=409)
    _say(request, found, _("%(letter)s is issued. Send it now."))
    return _back(found)


@require_safe
def printed(request: GatedRequest, pk: Any) -> HttpResponse:
    """The issued letter on a sheet of A4, for the browser's own printing."""
    found = _opened(request, pk)
    context = {"letter": _issued(found), "back": reverse("cautionary_letter", args=[pk])}
    return render_alone(request, "cautionary_plugin/letters/print.html", context)


@require_safe
def pdf(request: GatedRequest, pk: Any) -> HttpResponse:
    """The issued letter as a PDF; made anew each time and kept nowhere."""
    found = _opened(request, pk)
    return _attached(letter_pdf(_issued(found)), f"letter-{letter_reference(found)}.pdf")


@require_http_methods(["GET", "POST"])
def posted(request: GatedRequest, pk: Any) -> HttpResponse:
    """On which day the letter went into the post."""
    found = letter_of(request, pk)
    form = PostedForm(request.POST or None, initial={"sent_on": timezone.localdate(request.now)})
    if request.method == "POST":
        done = submit(
            form,
            lambda: record_sent(letter=found, by=request.user, at=request.now, **form.cleaned_data),
        )
        if done:
            _say(request, found, _("%(letter)s is recorded as posted."))
            return HttpResponseRedirect(reverse("cautionary_letters"))
    return _form(request, found, "posted", _("Record the letter as posted"), form)


@require_http_methods(["GET", "POST"])
def email(request: GatedRequest, pk: Any) -> HttpResponse:
    """Type the address, see it once more, send."""
    found = letter_of(request, pk)
    form = EmailForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    if asked and form.cleaned_data["confirmed"]:
        address = form.cleaned_data["address"]
        sent = submit(
            form,
            lambda: send_by_email(letter=found, address=address, by=request.user, at=request.now),
        )
        if sent:
            _say(
                request, found, _("%(letter)s goes by e-mail. It counts as sent once it is taken.")
            )
            return _back(found)
        asked = False
    title = _("Send the letter by e-mail")
    return _form(request, found, "email", title, form, confirm=asked, has_pdf=is_installed())


@require_POST
def stop(request: GatedRequest, pk: Any) -> HttpResponse:
    """Take back an e-mail that was not delivered."""
    found = letter_of(request, pk)
    stop_email(letter=found, by=request.user, at=request.now)
    _say(request, found, _("%(letter)s: its e-mail was stopped, and nothing is sent."))
    return _back(found)


@require_http_methods(["GET", "POST"])
def exempt(request: GatedRequest, pk: Any) -> HttpResponse:
    """Decide not to inform the individual, and say why (A27)."""
    found = letter_not_to_send(request, pk)
    entry = found.entry
    if entry is None or found.kind not in INFORMING:
        raise IllegalMove("Only a letter that tells of an entry can be left out.")
    form = ExemptionForm(request.POST or None)
    if request.method == "POST":
        decided = submit(
            form,
            lambda: exempt_from_letter(
                entry=entry, by=request.user, at=request.now, **form.cleaned_data
            ),
        )
        if decided:
            return HttpResponseRedirect(reverse("cautionary_exemptions"))
    return _form(request, found, "exempt", _("Do not inform the individual"), form)


@require_safe
def questionnaire(request: GatedRequest, pk: Any) -> HttpResponse:
    """The questionnaire that goes with the letter, for the browser's own printing (B38)."""
    found = _enclosing(request, pk)
    context = {"letter": _issued(found), "back": reverse("cautionary_letter", args=[pk])}
    return render_alone(request, "cautionary_plugin/letters/questionnaire_print.html", context)


@require_safe
def questionnaire_pdf(request: GatedRequest, pk: Any) -> HttpResponse:
    """The questionnaire that goes with the letter, as a PDF."""
    found = _enclosing(request, pk)
    return _attached(made_pdf(_issued(found)), f"questionnaire-{letter_reference(found)}.pdf")


@require_http_methods(["GET", "POST"])
def hand_over(request: GatedRequest, pk: Any) -> HttpResponse:
    """Another Operations Manager is to write it (B31)."""
    found = letter_to_hand_over(request, pk)
    form = HandOverForm(posted_form(request))
    title = _("Hand the letter over")
    return ask(
        request,
        form,
        lambda: hand_over_letter(
            letter=found, to=form.cleaned_data["to"], by=request.user, at=request.now
        ),
        done=lambda _made: reverse("cautionary_letters"),
        title=title,
        trail=trail(("", _title(found))),
        back=reverse("cautionary_letters"),
        button=_("Hand it over"),
        said=_("%(letter)s is handed over.") % {"letter": _title(found)},
        facts=[
            (_("Letter"), _title(found)),
            (_("To be written by"), name_of(found.writer) or _("any Operations Manager")),
        ],
    )


def _enclosing(request: GatedRequest, pk: Any) -> Letter:
    """A letter that a questionnaire goes with, recorded as opened."""
    found = _opened(request, pk)
    if found.kind not in WITH_QUESTIONNAIRE:
        raise IllegalMove("No questionnaire goes with this letter.")
    return found


def _opened(request: GatedRequest, pk: Any) -> Letter:
    """A letter, and a line in the access record that it was opened."""
    found = letter_of(request, pk)
    open_letter(letter=found, by=request.user, at=request.now)
    return found


def _attached(document: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(document, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _issued(found: Letter) -> LetterBody:
    if found.issued_at is None:
        raise NotReady("The letter was not issued yet.", missing=["Issue the letter first."])
    return LetterBody.from_json(found.body)


def _page(request: GatedRequest, found: Letter) -> HttpResponse:
    clock, overdue = clock_of(found, today=timezone.localdate(request.now))
    waiting, sent = email_in_words(found), found.sent_on is not None
    changed, exempt = changed_since_issue(found), _is_exempt(found)
    frozen = found.issued_at is not None and not changed
    now = preview(found, by=request.user, at=request.now)
    body = LetterBody.from_json(found.body) if frozen else now.body
    tells = found.entry is not None and found.kind in INFORMING
    keeps = Power.WRITE_LETTERS in request.standing.powers(found.register)
    return render(
        request,
        f"{FOLDER}/letter.html",
        title=_title(found),
        trail=trail(("", _title(found))),
        letter=found,
        body=body,
        items=_frozen_items(body) if frozen else now.items,
        missing=[] if frozen else now.missing,
        clock=clock,
        overdue=overdue,
        changes=changes_to_approach(found),
        links=_links(request, found),
        address_alone=_asks_for_address_alone(request, found),
        stands=how_it_stands(found, waiting=bool(waiting)),
        waiting=waiting,
        changed=changed,
        exempt=exempt,
        may_exempt=keeps and tells and not (sent or exempt or waiting),
        keeps=keeps,
        encloses=found.kind in WITH_QUESTIONNAIRE,
        issued=found.issued_at is not None,
        sent=sent,
        has_pdf=is_installed(),
    )


def _links(request: GatedRequest, found: Letter) -> list[tuple[str, str]]:
    """What the letter is about, for whoever may read it: the case, and its papers."""
    case = found.case
    if case is None:
        return []
    links = []
    if cases_of(request.standing).filter(pk=case.pk).exists() and panels_of(request.standing):
        links.append((reverse("cautionary_refer_case", args=[case.reference]), _("The case")))
    if may_read(case, request.standing):
        links.append((reverse("cautionary_panel_papers", args=[case.reference]), _("The papers")))
    return links


def _asks_for_address_alone(request: GatedRequest, found: Letter) -> bool:
    """Whether there is nothing to type but where the letter goes."""
    lacking = facts_lacking(found, at=request.now)
    return WordsForm(kind=LetterKind(found.kind), lacking=lacking).asks_for_address_alone


def _is_exempt(found: Letter) -> bool:
    return (
        found.entry is not None
        and found.kind in INFORMING
        and found.entry.exemptions.filter(ended_at=None).exists()
    )


def _frozen_items(body: LetterBody) -> list[PreviewItem]:
    """The items of an issued letter: nothing of them is missing."""
    return [
        PreviewItem(each.code, each.heading or _("Opening"), each.text, [])
        for each in body.sections
    ]


def _issue_page(
    request: GatedRequest, found: Letter, *, missing: list[str] | None = None, status: int = 200
) -> HttpResponse:
    now = preview(found, by=request.user, at=request.now)
    return render(
        request,
        f"{FOLDER}/issue.html",
        title=_("Issue the letter"),
        trail=trail(
            (reverse("cautionary_letter", args=[found.pk]), _title(found)), ("", _("Issue"))
        ),
        letter=now.body,
        pk=found.pk,
        missing=missing or now.missing,
        status=status,
    )


def _form(
    request: GatedRequest, found: Letter, name: str, title: str, form: Any, **context: Any
) -> HttpResponse:
    return render(
        request,
        f"{FOLDER}/{name}.html",
        title=title,
        trail=trail((reverse("cautionary_letter", args=[found.pk]), _title(found)), ("", title)),
        letter=found,
        form=form,
        status=400 if form.errors else 200,
        **context,
    )


def _say(request: GatedRequest, found: Letter, sentence: str) -> None:
    """What was done, by the letter's kind and reference."""
    messages.success(request, sentence % {"letter": _title(found)})


def _title(found: Letter) -> str:
    return f"{LetterKind(found.kind).label}: {letter_reference(found)}"


def _back(found: Letter) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("cautionary_letter", args=[found.pk]))
