"""What these tests read and do in a line, and the two levels of letter."""

from typing import Any

from django.utils import timezone

from cautionary_plugin.models import ConflictDeclaration, Letter
from cautionary_plugin.rules.letters import LetterBody
from cautionary_plugin.rules.vocabulary import LetterKind, Risk

LEVELS = {Risk.MEDIUM: LetterKind.SCHEDULE, Risk.HIGH: LetterKind.SCHEDULE_HIGH}


def text_of(letter: Letter) -> str:
    body = LetterBody.from_json(letter.body)
    return "\n".join(section.text for section in body.sections)


def excluded(letter: Letter, person: Any) -> None:
    ConflictDeclaration.objects.create(
        case_file=letter.case.case_file,
        case=letter.case,
        user=person,
        declared_at=timezone.now(),
        reasons="They are related to the customer.",
    )
