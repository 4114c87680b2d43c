"""What these tests do in a line."""

from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.letters import write_letter
from cautionary_plugin.models import Letter
from cautionary_plugin.rules.letters import LetterBody


def body_of(letter: Letter) -> LetterBody:
    letter.refresh_from_db()
    return LetterBody.from_json(letter.body)


def text_of(letter: Letter) -> dict[str, str]:
    return {section.code: section.text for section in body_of(letter).sections}


def say(letter: Letter, why: str, *, by: Any) -> Letter:
    return write_letter(letter=letter, own_words={"why": why}, by=by, at=timezone.now())
