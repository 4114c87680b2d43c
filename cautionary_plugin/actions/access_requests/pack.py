"""What the person is told: the released lines, for PDF and JSON, made anew each time (L8)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.holds import registers_of
from cautionary_plugin.models import AccessRequest, PackLine
from cautionary_plugin.rules.access_requests import Choice, Ground
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import RequestState
from cautionary_plugin.rules.vocabulary import Act

from .files import names_of_enclosed
from .receiving import check_may_prepare, note


@dataclass(frozen=True, repr=False)
class Line:
    """One line as the person reads it.

    :ivar how: empty where it stands as it is held; else that it was redacted or withheld.
    :ivar file: the name of the file that is enclosed; empty where none is.
    """

    label: str
    text: str
    how: str = ""
    file: str = ""


@dataclass(frozen=True, repr=False)
class Section:
    """One report, letter, decision … with its lines."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True, repr=False)
class Pack:
    """What is told; no ``repr``: templates log what they are given at DEBUG."""

    reference: str
    council: str
    received_on: date
    sections: list[Section]

    @property
    def received(self) -> str:
        return plain_day(self.received_on)

    @property
    def digest(self) -> str:
        """Of all that is told: it tells one second look from another."""
        return sha256(json.dumps(self.to_json()).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """As a machine reads it (article 20 asks for such a form)."""
        return {
            "reference": self.reference,
            "controller": self.council,
            "received_on": self.received_on.isoformat(),
            "sections": [
                {
                    "heading": section.heading,
                    "lines": [
                        {
                            "label": line.label,
                            "text": line.text,
                            "note": line.how,
                            "file": line.file,
                        }
                        for line in section.lines
                    ],
                }
                for section in self.sections
            ],
        }


@action
def open_pack(*, request: AccessRequest, by: Any, at: datetime) -> Pack:
    """The released pack; each opening is recorded.

    :raises NotReady: it was not released.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at)
    if request.state != RequestState.RELEASED:
        raise NotReady("The pack was not released.", missing=["Nobody gets it before that."])
    note(request, by, at, act=Act.READ_PACK)
    return pack_of(request)


@action
def read_before_release(*, request: AccessRequest, by: Any, at: datetime) -> Pack:
    """The pack as the person would get it now, for the second look; recorded.

    :raises NotYourPost: ``by`` may not release it.
    :raises NotReady: it is not being gone through.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at, power=Power.RELEASE_PACKS)
    if request.state != RequestState.REVIEWING:
        raise NotReady("This pack is not being gone through.", missing=[])
    note(request, by, at, act=Act.READ_PACK)
    return pack_of(request)


def pack_of(request: AccessRequest) -> Pack:
    """What the person gets by the lines as they are now; nothing is asked and nothing recorded."""
    registers = registers_of(request.case_file)
    enclosed = names_of_enclosed(request)
    sections: dict[str, list[Line]] = {}
    for line in request.lines.select_related("request__case_file"):
        sections.setdefault(line.section, []).append(told(line, file=enclosed.get(line.pk, "")))
    return Pack(
        reference=request.reference,
        council=next((each.council_name for each in registers if each.council_name), ""),
        received_on=request.received_on,
        sections=[Section(heading, lines) for heading, lines in sections.items()],
    )


def told(line: PackLine, *, file: str) -> Line:
    """One line as the person reads it; withheld where nobody has looked at it.

    :param file: the name under which its file is enclosed, if it is.
    """
    if line.choice == Choice.KEEP:
        return Line(line.label, line.text, file=file)
    if line.choice == Choice.REDACT:
        return Line(line.label, line.replacement, _("Parts were left out."))
    ground = Ground(line.ground).label if line.ground else Ground.OTHERS.label
    return Line(line.label, "", _("Withheld. %(ground)s") % {"ground": ground})
