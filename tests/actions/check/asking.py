"""Who is asked about, the question in a line, and what the record says of it."""

from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.check import Answer, check_register
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act, Purpose
from tests.council import PLANTED

ASKED = Question(name=PLANTED, address="7 Gantry Mews", postcode="WX1 9ZZ")
STRANGER = Question(name="Ottoline Vasquez-Bream", postcode="ZZ9 9AA")


def ask(by: Any, question: Question = ASKED, *, at: Any = None) -> Answer:
    return check_register(
        question=question, purpose=Purpose.HOME_VISIT, by=by, at=at or timezone.now()
    )


def last_line() -> AccessRecord:
    return AccessRecord.objects.filter(act=Act.CHECKED).latest("pk")
