"""The letters and bulletins that are owed, by the day on which they are due; the exemptions."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.bulletins import bulletins_owed, readers_of, send_bulletin
from cautionary_plugin.actions.letters import end_exemption, open_exemption, retest_exemption
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Entry, MailKind, NotificationExemption, StaffBulletin
from cautionary_plugin.outbox.deliver import undelivered
from cautionary_plugin.outbox.words import WORDS
from cautionary_plugin.rules.due import due_in_words, is_overdue
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.rules.writers import BY_ONE

from .forms import ExemptionForm
from .standing import exemptions_of, letters_of, line_for, others_of, registers_over

FOLDER = "cautionary_plugin/admin/letters"
PER_PAGE = 50
LATEST = 20


@dataclass(frozen=True)
class Clock:
    """Something owed about an entry: its reference, and how its clock stands."""

    reference: str
    register: str
    clock: str
    overdue: bool
    url: str


@dataclass(frozen=True)
class ExemptionLine:
    """An exemption in the list; why it was made is on its own page."""

    exemption: NotificationExemption
    decided_by: str
    decided: str
    clock: str
    overdue: bool


def trail(*more: tuple[str, Any]) -> list[dict[str, Any]]:
    """The breadcrumbs of a screen about letters."""
    steps = [(reverse("cautionary_letters"), _("Letters")), *more]
    return [{"url": url, "label": label} for url, label in steps]


@require_safe
def letters(request: GatedRequest) -> HttpResponse:
    """What is owed, the earliest day first; what was sent lately."""
    known = letters_of(request)
    mine = registers_over(request, Power.WRITE_LETTERS)
    today = timezone.localdate(request.now)
    waiting = known.owed().order_by("due_on", "queued_at", "pk")
    owed = Paginator(waiting, PER_PAGE).get_page(request.GET.get("p"))
    sent = known.filter(sent_on__isnull=False).order_by("-sent_on", "-queued_at")[:LATEST]
    told = StaffBulletin.objects.filter(entry__register__in=mine, queued_at__isnull=False)
    lacking = Count("messages", filter=Q(messages__sent_at=None))
    record(act=Act.LISTED, by=request.user, at=request.now, screen="cautionary/letters")
    return render(
        request,
        f"{FOLDER}/letters.html",
        title=_("Letters"),
        trail=[{"url": "", "label": _("Letters")}],
        page=owed,
        owed=[line_for(letter, request) for letter in owed],
        others=[line_for(letter, request) for letter in others_of(request).owed()[:PER_PAGE]],
        by_name=BY_ONE,
        keeps=bool(mine),
        sent=[line_for(letter, request) for letter in sent],
        bulletins=[_clock(bulletin, today) for bulletin in bulletins_owed(mine)],
        told=told.select_related("entry").annotate(lacking=lacking).order_by("-queued_at")[:LATEST],
        undelivered=undelivered().count(),
    )


def _clock(bulletin: StaffBulletin, today: Any) -> Clock:
    entry = bulletin.entry
    return Clock(
        reference=entry.reference,
        register=entry.register.name,
        clock=due_in_words(bulletin.due_on, today=today),
        overdue=is_overdue(bulletin.due_on, today=today),
        url=reverse("cautionary_bulletin", args=[entry.reference]),
    )


@require_http_methods(["GET", "POST"])
def bulletin(request: GatedRequest, reference: str) -> HttpResponse:
    """The mail to staff as it would go, to how many; then send it."""
    mine = registers_over(request, Power.WRITE_LETTERS)
    entry = get_object_or_404(Entry, reference=reference, register__in=mine)
    if request.method == "POST":
        send_bulletin(entry=entry, by=request.user, at=request.now)
        return HttpResponseRedirect(reverse("cautionary_letters"))
    subject, body, _screen = WORDS[MailKind.BULLETIN]
    known = StaffBulletin.objects.filter(entry=entry).first()
    return render(
        request,
        f"{FOLDER}/bulletin.html",
        title=_("Tell staff that there is a new entry"),
        trail=trail(("", entry.reference)),
        entry=entry,
        bulletin=known,
        sent=bool(known and known.queued_at),
        subject=subject,
        body=body.format(link="").strip(),
        recipients=len(readers_of(entry, at=request.now)),
    )


@require_safe
def exemptions(request: GatedRequest) -> HttpResponse:
    """Who is not informed, by reference: who decided so, and when it is tested again (A27)."""
    today = timezone.localdate(request.now)
    found = exemptions_of(request, Power.SEE_FIGURES)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    record(act=Act.LISTED, by=request.user, at=request.now, screen="cautionary/exemptions")
    return render(
        request,
        f"{FOLDER}/exemptions.html",
        title=_("Not informed"),
        trail=[{"url": "", "label": _("Not informed")}],
        page=page,
        lines=[_exemption_line(each, today) for each in page],
        may_read=Power.READ_BASIS in request.standing.powers(),
    )


def _exemption_line(exemption: NotificationExemption, today: Any) -> ExemptionLine:
    ended = exemption.ended_at
    return ExemptionLine(
        exemption=exemption,
        decided_by=name_of(exemption.decided_by),
        decided=instant(exemption.decided_at),
        clock=_("Ended on %(day)s") % {"day": day(timezone.localdate(ended))}
        if ended
        else due_in_words(exemption.retest_on, today=today),
        overdue=not ended and is_overdue(exemption.retest_on, today=today),
    )


@require_http_methods(["GET", "POST"])
def exemption(request: GatedRequest, reference: str) -> HttpResponse:
    """Why an individual is not informed; test it again, or end it."""
    found = _exemption(request, reference, Power.READ_BASIS)
    may_decide = Power.WRITE_LETTERS in request.standing.powers(found.entry.register)
    form = ExemptionForm(request.POST or None)
    if request.method == "POST":
        kept = submit(
            form,
            lambda: retest_exemption(
                exemption=found, by=request.user, at=request.now, **form.cleaned_data
            ),
        )
        if kept:
            return HttpResponseRedirect(reverse("cautionary_exemptions"))
    open_exemption(exemption=found, by=request.user, at=request.now)
    today = timezone.localdate(request.now)
    return render(
        request,
        f"{FOLDER}/exemption.html",
        title=_("Not informed: %(reference)s") % {"reference": reference},
        trail=[
            {"url": reverse("cautionary_exemptions"), "label": _("Not informed")},
            {"url": "", "label": reference},
        ],
        exemption=found,
        facts=[
            (_("What it is believed would happen"), found.belief),
            (_("Reasons"), found.reasons),
            (_("Decided"), f"{instant(found.decided_at)}, {name_of(found.decided_by)}"),
            (_("To be tested again"), due_in_words(found.retest_on, today=today)),
        ],
        form=form if may_decide else None,
        status=400 if form.errors else 200,
    )


@require_POST
def end(request: GatedRequest, reference: str) -> HttpResponse:
    """End an exemption: the letter is owed again."""
    found = _exemption(request, reference, Power.WRITE_LETTERS)
    end_exemption(exemption=found, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary_letters"))


def _exemption(request: GatedRequest, reference: str, power: Power) -> NotificationExemption:
    """The exemption that stands for an entry."""
    standing = exemptions_of(request, power).filter(ended_at=None)
    return get_object_or_404(standing, entry__reference=reference)
