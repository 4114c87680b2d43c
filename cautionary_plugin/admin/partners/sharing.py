"""Whom an entry is for, and with which partners it is shared, from the entry's own page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.entry_facts import who_or_where
from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.entries import open_for_review
from cautionary_plugin.actions.sharing.audience import change_audience, reasons_of
from cautionary_plugin.actions.sharing.disclosing import (
    check_contact_or_record,
    disclose,
    send_again,
)
from cautionary_plugin.actions.sharing.offering import offers_for, tag_sites
from cautionary_plugin.actions.sharing.withdrawing import told_to_delete, withdraw_from
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import instant
from cautionary_plugin.forms.readback import read_back
from cautionary_plugin.models import Entry, Partner, Site
from cautionary_plugin.outbox.partner_mail import facts_for_partner
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import why_kept_from_partners
from cautionary_plugin.rules.states import EntryState

from .forms import AudienceForm, ShareForm, ShareSeveralForm, SitesForm
from .places import METHODS, Empty, page_of
from .places import trail as trail_of_partner

TEMPLATE = "cautionary_plugin/admin/partners/sharing.html"
SHARE = "cautionary_plugin/admin/partners/share.html"


@require_safe
def sharing(request: GatedRequest, reference: str) -> HttpResponse:
    """Which services an entry is for and why, and which partners have it."""
    entry = _opened(request, reference)
    has_it = entry.disclosures.standing().select_related(
        "partner", "mail", "made_by", "entry__case_file"
    )
    refused = Partner.objects.standing().filter(has_contact=False)
    return render(
        request,
        TEMPLATE,
        title=_("%(reference)s: whom it is for") % {"reference": reference},
        trail=_trail(reference, _("Whom it is for")),
        reference=reference,
        who=who_or_where(entry),
        services=[(service.name, why) for service, why in reasons_of(entry).items()],
        sites=[each.site.name for each in entry.entry_sites.select_related("site")],
        there_are_sites=Site.objects.exists(),
        live=entry.state == EntryState.LIVE,
        kept_from_all=why_kept_from_partners(route=entry.register.route, risk=entry.risk),
        partners=[_shared(each, reference) for each in has_it],
        refused=list(refused.values_list("name", flat=True)),
        to_delete=[
            {"name": each.partner.name, "told": instant(each.made_at)}
            for each in told_to_delete(reference)
        ],
    )


@require_http_methods(METHODS)
def share(request: GatedRequest, reference: str) -> HttpResponse:
    """Share an entry with partners; nobody is told more than keeps its staff safe."""
    entry = _opened(request, reference)
    offers = offers_for(entry, at=request.now)
    form = ShareForm(posted(request), offers=offers)
    facts = [(fact.label, fact.text) for fact in facts_for_partner(entry)]
    return ask(
        request,
        form,
        lambda: disclose(
            entries=[entry],
            partners=form.chosen(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.now,
        ),
        done=lambda made: _url("entry_sharing", reference),
        title=_("Share %(reference)s with partners") % {"reference": reference},
        trail=_trail(reference, _("Share")),
        back=_url("entry_sharing", reference),
        button=_("Share it"),
        template=SHARE,
        offered=any(not each.missing for each in offers),
        lacking=[(each.partner, each.missing) for each in offers if each.missing],
        facts=facts,
        told=lambda: [(_("Entry"), reference), *read_back(form), *facts],
        warning=_(
            "An encrypted message with these facts leaves the council. What has left cannot be "
            "called back: the partner can only be told to delete it."
        ),
    )


@require_http_methods(METHODS)
def share_several(request: GatedRequest, reference: str) -> HttpResponse:
    """Share several entries with one partner, in one message."""
    partner = _partner(reference)
    if not partner.has_contact:
        check_contact_or_record(entries=[], partner=partner, by=request.user, at=request.now)
    form = ShareSeveralForm(posted(request))
    return ask(
        request,
        form,
        lambda: disclose(
            entries=form.cleaned_data["references"],
            partners=[partner],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.now,
        ),
        done=lambda made: page_of(partner),
        title=_("Share entries with %(name)s") % {"name": partner.name},
        trail=trail_of_partner(partner, _("Share entries")),
        back=page_of(partner),
        button=_("Share them"),
        told=lambda: [*_what_leaves(form.cleaned_data["references"], request), *read_back(form)],
        warning=_(
            "One encrypted message with these entries leaves the council. What has left cannot be "
            "called back: the partner can only be told to delete it."
        ),
    )


@require_http_methods(METHODS)
def take_back(request: GatedRequest, reference: str, partner: str) -> HttpResponse:
    """Withdraw an entry from a partner."""
    entry, found = _opened(request, reference), _partner(partner)
    return ask(
        request,
        Empty(posted(request)),
        lambda: withdraw_from(entry=entry, partner=found, by=request.user, at=request.now) or found,
        done=lambda made: _url("entry_sharing", reference),
        title=_("Take %(reference)s back from %(name)s")
        % {"reference": reference, "name": found.name},
        trail=_trail(reference, _("Take it back")),
        back=_url("entry_sharing", reference),
        button=_("Take it back"),
        lead=_("The partner is told to delete it, and reminded until it says that it has."),
    )


@require_http_methods(METHODS)
def again(request: GatedRequest, reference: str, partner: str) -> HttpResponse:
    """Send an entry to a partner once more, as it stands now."""
    entry, found = _opened(request, reference), _partner(partner)
    return ask(
        request,
        Empty(posted(request)),
        lambda: send_again(entry=entry, partner=found, by=request.user, at=request.now),
        done=lambda made: _url("entry_sharing", reference),
        title=_("Send %(reference)s to %(name)s again")
        % {"reference": reference, "name": found.name},
        trail=_trail(reference, _("Send it again")),
        back=_url("entry_sharing", reference),
        button=_("Send it again"),
        lead=_("It goes as it stands now, encrypted anew to the certificates that count now."),
    )


@require_http_methods(METHODS)
def sites(request: GatedRequest, reference: str) -> HttpResponse:
    """Say which shared sites the person comes to."""
    entry = _opened(request, reference)
    here = [each.site for each in entry.entry_sites.select_related("site")]
    form = SitesForm(posted(request), initial={"sites": here})
    return ask(
        request,
        form,
        lambda: tag_sites(
            entry=entry, sites=form.cleaned_data["sites"], by=request.user, at=request.now
        ),
        done=lambda made: _url("entry_sharing", reference),
        title=_("%(reference)s: shared sites") % {"reference": reference},
        trail=_trail(reference, _("Shared sites")),
        back=_url("entry_sharing", reference),
        button=_("Record it"),
        lead=_("Partners that work there are offered first when the entry is shared."),
    )


@require_http_methods(METHODS)
def audience(request: GatedRequest, reference: str) -> HttpResponse:
    """Change which services an entry is for."""
    entry = _opened(request, reference)
    now = reasons_of(entry)
    form = AudienceForm(posted(request), reasons=now)
    return ask(
        request,
        form,
        lambda: change_audience(
            entry=entry, reasons=form.reasons(), by=request.user, at=request.now
        ),
        done=lambda made: _url("entry_sharing", reference),
        title=_("%(reference)s: which services it is for") % {"reference": reference},
        trail=_trail(reference, _("Which services")),
        back=_url("entry_sharing", reference),
        button=_("Change it"),
        lead=_(
            "Say for each service why its staff need what the entry is about. Everybody with "
            "access finds the entry and what keeps them safe, whichever service they are in."
        ),
        told=lambda: [
            *((each.name, why) for each, why in form.reasons().items()),
            *((each.name, _("Taken out")) for each in now if each not in form.reasons()),
        ],
        warning=_("From now on the entry is for these services and no others."),
    )


def _opened(request: GatedRequest, reference: str) -> Entry:
    """An entry that still counts and is the person's to share, recorded as opened."""
    related = "register", "case_file__person", "case_file__premises"
    entry: Entry = get_object_or_404(Entry.objects.select_related(*related), reference=reference)
    request.standing.check_may_handle(Power.SHARE, entry.register)
    check_entry_not_shut_out(entry, request.user)
    if entry.ended_at or entry.expires_at <= request.now:
        raise Http404
    open_for_review(entry=entry, by=request.user, at=request.now)
    return entry


def _partner(reference: str) -> Partner:
    found: Partner = get_object_or_404(Partner, reference=reference)
    return found


def _what_leaves(entries: list[Entry], request: GatedRequest) -> list[tuple[str, str]]:
    """What leaves of each, so that a slip of the pen shares nobody; recorded as opened."""
    told: list[tuple[str, str]] = []
    for entry in entries:
        open_for_review(entry=entry, by=request.user, at=request.now)
        facts = [f"{fact.label}: {fact.text}" for fact in facts_for_partner(entry)]
        told.append((entry.reference, "\n".join(facts)))
    return told


def _shared(each: Any, reference: str) -> dict[str, Any]:
    both = [reference, each.partner.reference]
    return {
        "name": each.partner.name,
        "reason": each.reason,
        "made": f"{instant(each.made_at)}, {name_of(each.made_by)}",
        "stopped": each.mail.stopped_because,
        "sent": instant(each.mail.sent_at) if each.mail.sent_at else "",
        "again": reverse("cautionary_entry_send_again", args=both),
        "take_back": reverse("cautionary_entry_take_back", args=both),
    }


def _trail(reference: str, last: Any) -> list[dict[str, Any]]:
    return [
        {"url": reverse("cautionary_register_modeladmin_index"), "label": _("Cautionary register")},
        {
            "url": reverse("cautionary_register_modeladmin_inspect", args=[reference]),
            "label": reference,
        },
        {"url": "", "label": last},
    ]


def _url(name: str, reference: str) -> str:
    return reverse(f"cautionary_{name}", args=[reference])
