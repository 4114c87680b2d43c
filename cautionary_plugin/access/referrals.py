"""Which reports somebody may put before the panel, and which cases they have put there (B12)."""

from django.db.models import Q, QuerySet

from cautionary_plugin.models import IncidentReport, PanelCase, Register
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Route

from .exclusion import not_shut_out
from .standing import Standing

_ANY = ~Q(pk__in=())


def panels_of(standing: Standing) -> list[Register]:
    """The panels' registers, if a post of theirs refers to any."""
    if Power.REFER not in standing.powers():
        return []
    return list(Register.objects.filter(route=Route.PANEL).order_by("name"))


def reports_to_refer(standing: Standing) -> QuerySet[IncidentReport]:
    """The reports to a panel's register that wait for this person: of their service, or their own.

    The same as :func:`actions.referrers.check_may_refer`, for a list.
    """
    own = Q(reporter=standing.user) | Q(typed_by=standing.user)
    theirs = Q(pk__in=())
    for appointment in standing.appointments:
        post = appointment.post
        if Power.REFER in powers_of(post.kind):
            here = Q() if post.register_id is None else Q(register=post.register_id)
            theirs |= here & (Q(service=post.service_id) | own if post.service_id else _ANY)
    found: QuerySet[IncidentReport] = IncidentReport.objects.filter(
        theirs, register__route=Route.PANEL, state=ReportState.SUBMITTED
    )
    return found.select_related("register").order_by("countersign_by", "reference")


def cases_of(standing: Standing) -> QuerySet[PanelCase]:
    """The cases that somebody has put before the panel, or presents there, the newest first."""
    theirs = Q(referred_by=standing.user) | Q(presenter=standing.user)
    found: QuerySet[PanelCase] = PanelCase.objects.filter(theirs, not_shut_out(standing.user))
    return found.select_related("register", "report").order_by("-referred_at", "-reference")
