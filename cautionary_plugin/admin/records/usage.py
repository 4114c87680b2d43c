"""Who looked, month by month: by person, by entry, what was unusual, the signature (A40, L5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of, people_by_key, who_in_words
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.usage import (
    Period,
    UsageStanding,
    by_entry,
    by_person,
    month_of_use,
    sign_usage,
    unusual_use,
    usage_standing,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import registers_under
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import Register
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.unusual import Unusual, Use
from cautionary_plugin.rules.vocabulary import Act

from .forms import SignUsageForm

FOLDER = "cautionary_plugin/admin/records"
MOST = 10  # lines of each list on the month's own page
PER_PAGE = 50


@dataclass(frozen=True)
class Month:
    """One month in the list: how it stands."""

    words: str
    url: str
    state: str
    late: bool


@dataclass(frozen=True, repr=False)
class Asked:
    """One thing to ask about, in words."""

    what: str
    who: str
    about: str
    looks: str
    url: str


@require_safe
def overview(request: GatedRequest) -> HttpResponse:
    """Each register, its months, and which of them nobody has looked at."""
    registers = sorted(registers_under(request, Power.SEE_ACCESS_RECORD), key=str)
    return render(
        request,
        f"{FOLDER}/overview.html",
        title=_("Who looked"),
        trail=_trail(),
        desks=[(each, _months(each, usage_standing(each, at=request.now))) for each in registers],
        record_url=reverse("cautionary_access-record_modeladmin_index"),
    )


@require_safe
def month(request: GatedRequest, slug: str, year: int, number: int) -> HttpResponse:
    """One month of a register: what is unusual, who looked, at what."""
    period = _period(request, slug, year, number)
    uses = unusual_use(period, shown_to=request.user)
    people, entries = by_person(period), by_entry(period)
    standing = usage_standing(period.register, at=request.now)
    review = standing.signed.get(period.since)
    _note(request, period)
    return render(
        request,
        f"{FOLDER}/month.html",
        title=_in_words(period.since),
        trail=_trail((_in_words(period.since), "")),
        register=period.register,
        lines=period.lines.count(),
        asked=_asked(uses),
        people=_person_lines(people[:MOST], period),
        all_people=people.count(),
        people_url=_url("people", period),
        entries=_entry_lines(entries[:MOST]),
        all_entries=entries.count(),
        entries_url=_url("entries", period),
        state=_state(standing, period.since),
        notes=review.notes if review else "",
        sign_url=_url("sign", period) if period.since in standing.owed else "",
        is_late=period.since in standing.owed,
    )


@require_safe
def people(request: GatedRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Everybody who looked in a month."""
    period = _period(request, slug, year, number)
    page = Paginator(by_person(period), PER_PAGE).get_page(request.GET.get("p"))
    headings = [_("Who"), _("Looks"), _("Entries seen"), _("Last look")]
    return _list(request, period, _("People"), headings, page, _person_lines(page, period))


@require_safe
def entries(request: GatedRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Every entry that was seen in a month."""
    period = _period(request, slug, year, number)
    page = Paginator(by_entry(period), PER_PAGE).get_page(request.GET.get("p"))
    headings = [_("Entry"), _("People"), _("Times seen"), _("Last look")]
    return _list(request, period, _("Entries"), headings, page, _entry_lines(page))


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: GatedRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Sign that the month was looked at."""
    period = _period(request, slug, year, number)
    form = SignUsageForm(posted(request))
    uses = unusual_use(period, shown_to=request.user)
    return ask(
        request,
        form,
        lambda: sign_usage(
            register=period.register,
            month=period.since,
            by=request.user,
            at=request.now,
            **form.cleaned_data,
        ),
        done=lambda _signed: _url("month", period),
        title=_signing(period),
        trail=_trail((_in_words(period.since), _url("month", period)), (_signing(period), "")),
        back=_url("month", period),
        button=_("Sign"),
        warning=_(
            "By signing you say that you have looked at who looked. It cannot be taken back."
        ),
        facts=[
            (_("Register"), period.register.name),
            (_("Lines of the access record"), f"{period.lines.count():,}"),
            (_("To ask about"), f"{len(uses):,}"),
        ],
    )


def _period(request: GatedRequest, slug: str, year: int, number: int) -> Period:
    """The month that the URL names, for those who answer for its register."""
    register = get_object_or_404(Register, slug=slug)
    request.standing.check_power(Power.SEE_ACCESS_RECORD, register)
    if not (2000 <= year <= 2999 and 1 <= number <= 12):
        raise Http404
    since = date(year, number, 1)
    if since > timezone.localdate(request.now):
        raise Http404
    return month_of_use(register, since)


def _note(request: GatedRequest, period: Period) -> None:
    screen = "cautionary/who-looked"
    record(act=Act.LISTED, by=request.user, at=request.now, register=period.register, screen=screen)


def _list(
    request: GatedRequest,
    period: Period,
    title: Any,
    headings: list[Any],
    page: Any,
    lines: list[Line],
) -> HttpResponse:
    _note(request, period)
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=f"{title}: {_in_words(period.since)}",
        trail=_trail((_in_words(period.since), _url("month", period)), (title, "")),
        form=FilterForm(),
        page=page,
        headings=headings,
        lines=lines,
        links=[],
        empty=_("Nobody looked in this month."),
        query="",
    )


def _months(register: Register, standing: UsageStanding) -> list[Month]:
    return [
        Month(
            words=_in_words(each),
            url=reverse("cautionary_who_looked_month", args=[register.slug, each.year, each.month]),
            state=_state(standing, each),
            late=each in standing.owed,
        )
        for each in reversed(standing.months)
    ]


def _state(standing: UsageStanding, since: date) -> str:
    if review := standing.signed.get(since):
        signed = {"when": instant(review.signed_at), "who": name_of(review.signed_by)}
        return _("Reviewed %(when)s by %(who)s") % signed
    return _("Nobody has reviewed it yet") if since in standing.owed else _("Not over yet")


def _asked(uses: list[Use]) -> list[Asked]:
    people = people_by_key({use.who for use in uses})
    return [
        Asked(
            what=Unusual(use.kind).label,
            who=_who(use.who, people),
            about=use.reference or day(use.day),
            looks=_looks(use.looks),
            url=_lines_of(
                user_key=use.who, **({"reference": use.reference} if use.reference else _on(use))
            ),
        )
        for use in uses
    ]


def _on(use: Use) -> dict[str, str]:
    return {"day": f"{use.day:%d %m %Y}"}


def _person_lines(rows: Iterable[Any], period: Period) -> list[Line]:
    rows = list(rows)
    people = people_by_key({row["user_key"] for row in rows})
    return [
        Line(
            _lines_of(user_key=row["user_key"]),
            _who(row["user_key"], people),
            [f"{row['looks']:,}", f"{row['seen']:,}", instant(row["last"])],
        )
        for row in rows
    ]


def _entry_lines(rows: Iterable[Any]) -> list[Line]:
    return [
        Line(
            _lines_of(reference=row["reference"]),
            row["reference"],
            [f"{row['people']:,}", f"{row['looks']:,}", instant(row["last"])],
        )
        for row in rows
    ]


def _who(key: str, people: dict[str, Any]) -> str:
    """The colleague's name; the number of an account that the host has deleted; or a system."""
    return who_in_words(key, people.get(key))


def _looks(count: int) -> str:
    return ngettext("%(count)d look", "%(count)d looks", count) % {"count": count}


def _lines_of(**filters: str) -> str:
    return f"{reverse('cautionary_access-record_modeladmin_index')}?{urlencode(filters)}"


def _in_words(since: date) -> str:
    return f"{since:%B %Y}"


def _signing(period: Period) -> str:
    return _("Sign: %(month)s") % {"month": _in_words(period.since)}


def _url(name: str, period: Period) -> str:
    arguments = [period.register.slug, period.since.year, period.since.month]
    return reverse(f"cautionary_who_looked_{name}", args=arguments)


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    here = reverse("cautionary_who_looked") if further else ""
    steps = ((_("Who looked"), here), *further)
    return [{"label": label, "url": url} for label, url in steps]
