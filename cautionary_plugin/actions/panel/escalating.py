"""A high risk on the schedule raises a referral to the director's register: never a marker."""

from datetime import datetime

from cautionary_plugin.actions.mail import apart_from_case, holders_of, queue_mail
from cautionary_plugin.models import DirectorReferral, MailKind, PanelDecision, Register
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Route

from .subject import report_of


def refer_to_director(decision: PanelDecision, *, at: datetime) -> DirectorReferral | None:
    """The director is asked to take the report up; None where the council has no such register,
    or was asked before.
    """
    case = decision.case
    register = _directors_register(decision)
    asked = DirectorReferral.objects.filter(case_file=case.case_file)
    if register is None or asked.exists():
        return None
    referral = DirectorReferral.objects.create(
        case_file=case.case_file, decision=decision, register=register, raised_at=at
    )
    directors = holders_of(Power.DECIDE, at=at, register=register)
    told = apart_from_case(directors, case)
    queue_mail(kind=MailKind.TO_DIRECTOR, to=told, at=at, reference=case.reference)
    return referral


def _directors_register(decision: PanelDecision) -> Register | None:
    """The register that the report was made to, if a director decides on it; else the first."""
    own = report_of(decision.case).register
    if own.route == Route.DIRECTOR:
        return own
    return Register.objects.filter(route=Route.DIRECTOR).order_by("pk").first()
