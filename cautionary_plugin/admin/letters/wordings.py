"""The council's own words of each letter: kept as versions, looked at with an invented example."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.letters import keep_wording, wording_for
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import instant
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import LetterWording, Register
from cautionary_plugin.rules.letters import ITEMS, fill
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import LetterKind
from cautionary_plugin.rules.writers import kinds_on

from .forms import WordingForm, placeholders
from .lists import FOLDER, trail
from .standing import registers_over

EXAMPLE = {
    "subject": "your name",
    "first_day": "1 December 2026",
    "why": (
        "On 20 November 2026 you shouted at a member of our staff at the Riverside office and "
        "raised a chair at her. She was frightened, and the office had to be closed."
    ),
    "recipients": "Housing, Revenues and Benefits",
    "last_day": "30 November 2027",
    "appeal_contact": "The Appeals Clerk, Civic Centre, High Street, Weldham WX1 1AA",
    "appeal_days": "20",
    "appeal_by": "31 December 2026",
    "outcome": "The entry stays as it is",
    "effect": (
        "The entry stays on the register until 30 November 2027, when it is removed or reviewed."
    ),
    "removed_on": "30 November 2027",
    "how_decided": (
        "On 1 December 2026 the Unreasonable Behaviours Panel decided to place your name on our "
        "schedule."
    ),
    "incident_on": "20 November 2026",
    "incident_at": "about 10 in the morning",
    "incident_place": "the Riverside office",
    "spoc": (
        "Please contact us through your single point of contact:\nOrla Penhaligon, Service "
        "Manager, 01632 960 123, orla.penhaligon@weldham.example"
    ),
    "contact": "In writing only.",
    "restrictions": "We limit what follows:\n• Visits to council offices by appointment only",
    "divert_addresses": "customer@post.example",
    "divert_to": "orla.penhaligon@weldham.example",
    "councillors": (
        "E-mails that you send to these councillors go the same way: Councillor Isolde Farthing."
    ),
}


@dataclass(frozen=True)
class KindLine:
    """One kind of letter in the list: which version counts, and who made it when."""

    label: str
    version: str
    url: str


@require_safe
def wordings(request: GatedRequest) -> HttpResponse:
    """The kinds of letter of each register."""
    mine = registers_over(request, Power.WRITE_LETTERS)
    return render(
        request,
        f"{FOLDER}/wordings.html",
        title=_("Wording of letters"),
        trail=trail(("", _("Wording of letters"))),
        registers=[(register.name, _kinds(register)) for register in mine],
    )


def _kinds(register: Register) -> list[KindLine]:
    newest: dict[str, LetterWording] = {}
    for wording in register.wordings.select_related("made_by").order_by("version"):
        newest[wording.kind] = wording
    return [
        KindLine(
            label=kind.label,
            version=_version(newest[kind]) if kind in newest else _("The package’s own words"),
            url=reverse("cautionary_wording", args=[register.slug, kind.value]),
        )
        for kind in kinds_on(register.route)
    ]


def _version(wording: LetterWording) -> str:
    facts = {
        "version": wording.version,
        "when": instant(wording.made_at),
        "who": name_of(wording.made_by),
    }
    return _("Version %(version)s, %(when)s, %(who)s") % facts


@require_http_methods(["GET", "POST"])
def wording(request: GatedRequest, register: str, kind: str) -> HttpResponse:
    """Change the words, look at them with the example, keep them as a new version."""
    mine = registers_over(request, Power.WRITE_LETTERS)
    found = get_object_or_404(
        Register.objects.filter(pk__in=[each.pk for each in mine]), slug=register
    )
    if kind not in kinds_on(found.route):
        raise Http404
    of_kind = LetterKind(kind)
    _kept, words = wording_for(found, of_kind)
    form = WordingForm(request.POST or None, initial=words, kind=of_kind)
    if request.method == "POST" and "keep" in request.POST:
        kept = submit(
            form,
            lambda: keep_wording(
                register=found,
                kind=of_kind,
                paragraphs=form.cleaned_data,
                by=request.user,
                at=request.now,
            ),
        )
        if kept:
            return HttpResponseRedirect(reverse("cautionary_wordings"))
    shown = form.cleaned_data if form.is_bound and form.is_valid() else words
    versions = found.wordings.filter(kind=of_kind).select_related("made_by")
    return render(
        request,
        f"{FOLDER}/wording.html",
        title=_("Wording: %(kind)s") % {"kind": of_kind.label},
        trail=trail((reverse("cautionary_wordings"), _("Wording of letters")), ("", of_kind.label)),
        form=form,
        placeholders=placeholders(),
        example=_example(found, of_kind, shown),
        versions=[_version(each) for each in versions],
        status=400 if form.errors else 200,
    )


def _example(register: Register, kind: LetterKind, words: dict[str, Any]) -> list[tuple[str, str]]:
    data = {
        **EXAMPLE,
        "register": register.name,
        "council": register.council_name or _("the Council"),
    }
    return [(item.heading, fill(words.get(item.code, ""), data)) for item in ITEMS[kind]]
