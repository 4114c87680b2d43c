"""The standing of a named system: it reads for its service, on its registers, and no more (A40)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cautionary_plugin.models import NamedSystem, Register
from cautionary_plugin.rules.errors import SystemRefused
from cautionary_plugin.rules.posts import Power

from .standing import Standing, standing_of


@dataclass(frozen=True)
class SystemStanding(Standing):
    """What a named system may read. That it may call at all was asked at the gate."""

    system: NamedSystem | None = None
    registers: frozenset[int] = frozenset()

    def powers(self, register: Register | None = None) -> frozenset[Power]:
        """None: a system holds no post."""
        return frozenset()

    def services(self, register: Register) -> set[str]:
        """The service that it was approved for."""
        own = self.system is not None and register.pk in self.registers
        return {self.system.service.slug} if self.system and own else set()

    def check_may_read(self, register: Register | None = None) -> None:
        """It checks, and the register is one of its own.

        :raises SystemRefused: it is not.
        """
        own = bool(self.registers) if register is None else register.pk in self.registers
        if not own:
            raise SystemRefused("This system is not approved for this register.")

    def may_read(self, register: Register | None = None) -> bool:
        """Whether it may read this register, or any."""
        return bool(self.registers) if register is None else register.pk in self.registers


def standing_for(caller: Any, *, at: datetime) -> Standing:
    """The standing of whoever asks for a check: a person, or a named system."""
    if not isinstance(caller, NamedSystem):
        return standing_of(caller, at=at)
    checks = caller.may_check and caller.approved_at is not None and caller.ended_at is None
    registers = caller.registers.values_list("pk", flat=True) if checks else []
    return SystemStanding(
        user=None,
        at=at,
        appointments=(),
        grants=(),
        emergencies=(),
        briefing=None,
        system=caller,
        registers=frozenset(registers),
    )
