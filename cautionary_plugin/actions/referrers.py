"""Who puts a report before the panel: an Operations Manager of the service, or the like (B12)."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import Standing
from cautionary_plugin.models import Appointment, IncidentReport, Post, Register
from cautionary_plugin.rules.errors import NotYourPost
from cautionary_plugin.rules.posts import Power, powers_of


def referrers_of(report: IncidentReport, *, at: datetime) -> list[Any]:
    """Who is asked to put a report before the panel: those of its service, or else of none."""
    in_force = Appointment.objects.in_force_on(timezone.localdate(at)).select_related(
        "post", "user"
    )
    refer = [each for each in in_force if refers(each.post, report, report.register)]
    own = [each for each in refer if each.post.service_id is not None]
    people = [each.user for each in own or refer]
    return list({each.pk: each for each in people if each and each.is_active}.values())


def refers(post: Post, report: IncidentReport, register: Register) -> bool:
    """The post may put this report before the panel of a register.

    It is of the report's service, or of none.
    """
    return (
        Power.REFER in powers_of(post.kind)
        and post.register_id in (None, register.pk, report.register_id)
        and post.service_id in (None, report.service_id)
    )


def check_may_refer(
    report: IncidentReport, standing: Standing, register: Register | None = None
) -> None:
    """The person may put this report before the panel of a register.

    A post of the report's service, or of no service, does; and any post that refers, where they
    reported or typed it themselves.

    :param register: the panel's; the report's own where it is not given.
    :raises NotYourPost: neither.
    :raises BriefingLapsed: whose post also reads a register is briefed.
    """
    panels = register or report.register
    if Power.REFER not in standing.powers(panels) | standing.powers(report.register):
        raise NotYourPost("None of your posts puts a case before the panel.")
    for each in (panels, report.register):
        if Power.READ in standing.powers(each):
            standing.check_may_read(each)
    own = standing.user.pk in (report.reporter_id, report.typed_by_id)
    if not own and not any(refers(each.post, report, panels) for each in standing.appointments):
        raise NotYourPost("This report is of another service.")
