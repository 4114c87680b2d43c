"""Subject access requests for tests, taken through the actions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.access_requests import (
    check_identity,
    look_at_line,
    prepare_pack,
    receive_request,
)
from cautionary_plugin.models import AccessRequest, CaseFile
from cautionary_plugin.rules.access_requests import Choice
from cautionary_plugin.rules.posts import PostKind
from tests.council import Council, hold_post
from tests.factors import make_person


@dataclass
class Desk:
    """Who answers: the owner goes through it, the data protection officer releases it."""

    council: Council
    officer: Any

    @property
    def owner(self) -> Any:
        return self.council.owner


def man_desk(council: Council) -> Desk:
    officer = make_person("dpo")
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    return Desk(council, officer)


def received(desk: Desk, case_file: CaseFile, *, at: datetime) -> AccessRequest:
    return receive_request(
        case_file=case_file,
        received_on=timezone.localdate(at),
        asked="Everything that you hold about me.",
        by=desk.officer,
        at=at,
    )


def prepared(desk: Desk, case_file: CaseFile, *, at: datetime) -> AccessRequest:
    request = received(desk, case_file, at=at)
    how = "Passport and a letter to the address on file"
    check_identity(request=request, how=how, by=desk.officer, at=at)
    return prepare_pack(request=request, by=desk.officer, at=at)


def look_at_all(
    desk: Desk, request: AccessRequest, *, at: datetime, choice: Choice = Choice.KEEP
) -> None:
    """The owner decides on every line in the same way."""
    told = {"replacement": "Other words.", "ground": "others", "reason": "Somebody else’s."}
    for line in request.lines.filter(looked_at=None):
        look_at_line(line=line, choice=choice, by=desk.owner, at=at, **told)
