"""What somebody may do now: derived from appointments, grants, briefings and emergency access.

Nothing of it is stored or taken from Django's permissions: a host's superuser has no standing
here (A5, A40). It is derived anew for each request, so that what was withdrawn a second ago
counts no more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.conf import conf
from cautionary_plugin.models import (
    Appointment,
    Briefing,
    EmergencyAccess,
    ReadingGrant,
    Register,
)
from cautionary_plugin.rules.briefings import check_briefed
from cautionary_plugin.rules.errors import BriefingLapsed, NoReadingGrant, NotYourPost
from cautionary_plugin.rules.posts import Power, powers_of


@dataclass(frozen=True)
class Standing:
    """The standing of one person at one instant.

    :ivar appointments: in force, with their posts.
    :ivar grants: reading grants in force, with their services.
    :ivar emergencies: emergency accesses that are open.
    """

    user: Any
    at: datetime
    appointments: tuple[Appointment, ...]
    grants: tuple[ReadingGrant, ...]
    emergencies: tuple[EmergencyAccess, ...]
    briefing: Briefing | None

    def powers(self, register: Register | None = None) -> frozenset[Power]:
        """The powers that the person's posts give on a register, or, without one, on any."""
        return frozenset(
            power
            for appointment in self.appointments
            if register is None or appointment.post.register_id in (None, register.pk)
            for power in powers_of(appointment.post.kind)
        )

    def check_power(self, power: Power, register: Register | None = None) -> None:
        """The person holds a post with this power.

        :raises NotYourPost: they do not.
        """
        if power not in self.powers(register):
            raise NotYourPost("None of your posts may do this.")

    def check_may_handle(self, power: Power, register: Register | None = None) -> None:
        """The person's post has this power, and whose post also reads is briefed (A49).

        Clerks and hearers read no register; they handle what their power is about.

        :raises NotYourPost: no post with the power.
        :raises BriefingLapsed: a lapse suspends at once.
        """
        self.check_power(power, register)
        self.check_briefed_if_reading(register)

    def check_briefed_if_reading(self, register: Register | None = None) -> None:
        """Whose post reads is briefed, whatever else the post may do (A49).

        :raises BriefingLapsed: a lapse suspends at once.
        """
        if Power.READ in self.powers(register):
            self.check_may_read(register)

    def check_any_power(self, powers: frozenset[Power], register: Register | None = None) -> None:
        """The person holds a post with at least one of these powers.

        :raises NotYourPost: they do not.
        """
        if not powers & self.powers(register):
            raise NotYourPost("None of your posts may do this.")

    def check_holds_post(self) -> None:
        """The person holds a post, or deputises for its holder.

        :raises NotYourPost: they do not.
        """
        if not self.appointments:
            raise NotYourPost("This is for people with a post on the register.")

    def over(self, power: Power) -> set[Register | None]:
        """The registers on which the person has a power; with None where these are all.

        None stands for what counts for every register, such as a post of the whole council.
        """
        registers = list(Register.objects.all())
        held = {each for each in registers if power in self.powers(each)}
        return {*held, None} if registers and len(held) == len(registers) else {*held}

    def services(self, register: Register) -> set[str]:
        """Slugs of the services for which the person reads a register (L1)."""
        return {grant.service.slug for grant in self.grants if grant.register_id == register.pk}

    def check_may_read(self, register: Register | None = None) -> None:
        """The person may read this register now, or, without one, any register.

        Emergency access stands in for a grant and for a briefing, for its hour.

        :raises NoReadingGrant: no post, grant or emergency access.
        :raises BriefingLapsed: a post or a grant, but no briefing that counts (A49).
        """
        if self._concerns(self.emergencies, register):
            return
        if Power.READ not in self.powers(register) and not self._concerns(self.grants, register):
            raise NoReadingGrant("You have no access to this register.")
        check_briefed(
            self.briefing.briefed_on if self.briefing else None,
            on=timezone.localdate(self.at),
            months=conf.BRIEFING_MONTHS,
        )

    def may_read(self, register: Register | None = None) -> bool:
        """Whether the person may read this register, or any."""
        try:
            self.check_may_read(register)
        except (NoReadingGrant, BriefingLapsed):
            return False
        return True

    def works_on_cases(self) -> bool:
        """Whoever has a post, and may open the Wagtail admin, where case work is done."""
        return bool(self.appointments) and self.user.has_perm("wagtailadmin.access_admin")

    def comes_for_cases_alone(self) -> bool:
        """Whoever works on cases and holds nothing that reads a register: a clerk, for example."""
        reads = self.grants or Power.READ in self.powers()
        return not reads and self.works_on_cases()

    @staticmethod
    def _concerns(
        facts: tuple[ReadingGrant, ...] | tuple[EmergencyAccess, ...], register: Register | None
    ) -> bool:
        return any(register is None or fact.register_id == register.pk for fact in facts)


def standing_of(user: Any, *, at: datetime) -> Standing:
    """The standing of a person at an instant, in four queries whatever they hold."""
    if not (user.is_authenticated and user.is_active):
        return Standing(user, at, (), (), (), None)
    day = timezone.localdate(at)
    return Standing(
        user=user,
        at=at,
        appointments=tuple(
            Appointment.objects.filter(user=user).in_force_on(day).select_related("post")
        ),
        grants=tuple(
            ReadingGrant.objects.filter(user=user)
            .in_force_on(day)
            .select_related("service", "register")
        ),
        emergencies=tuple(EmergencyAccess.objects.filter(user=user).open_at(at)),
        briefing=Briefing.objects.filter(user=user, briefed_on__lte=day)
        .order_by("-briefed_on")
        .first(),
    )
