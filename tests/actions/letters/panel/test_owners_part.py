"""The owner of the schedule keeps the words, and decides who is not informed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import exempt_from_letter, keep_wording, send_by_email
from cautionary_plugin.models import Letter
from cautionary_plugin.rules.errors import NotReady, NotYourPost
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.vocabulary import LetterKind
from tests.panel import Panel
from tests.panel_letters import issued, ready_to_write

pytestmark = pytest.mark.django_db


def test_owner_of_the_schedule_keeps_the_words_and_the_writers_do_not(panel: Panel) -> None:
    ready_to_write(panel)
    words = DEFAULT_WORDING[LetterKind.SCHEDULE] | {"breach": "We will limit your contact."}
    facts = {"register": panel.register, "kind": LetterKind.SCHEDULE, "paragraphs": words}

    for person in (panel.operations, panel.legal, panel.clerk):
        with pytest.raises(NotYourPost):
            keep_wording(**facts, by=person, at=timezone.now())
    assert keep_wording(**facts, by=panel.owner, at=timezone.now()).version == 1


def test_owner_decides_that_somebody_is_not_informed(panel: Panel) -> None:
    letter, now = issued(panel), timezone.now()
    facts = {
        "entry": letter.entry,
        "belief": "He would come to the counter with a knife.",
        "reasons": "He has done so before, in spring.",
        "retest_on": timezone.localdate() + timedelta(days=30),
    }

    with pytest.raises(NotYourPost):
        exempt_from_letter(**facts, by=panel.operations, at=now)
    exempt_from_letter(**facts, by=panel.owner, at=now)

    assert not Letter.objects.owed().exists()
    with pytest.raises(NotReady):
        send_by_email(letter=letter, address="a@post.example", by=panel.operations, at=now)
