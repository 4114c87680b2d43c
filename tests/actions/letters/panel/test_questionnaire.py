"""A questionnaire goes out with the letters of the managers, once (B31, B38)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cautionary_plugin.actions.letters import record_sent, send_by_email
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.models import Questionnaire
from cautionary_plugin.rules.vocabulary import Risk
from tests.panel import Panel
from tests.panel_letters import issued, posted, schedule_letter

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B38")
def test_questionnaire_is_out_once_the_letter_is(panel: Panel) -> None:
    letter = issued(panel)
    assert not Questionnaire.objects.exists()

    today, now = timezone.localdate(), timezone.now()
    record_sent(letter=letter, sent_on=today, by=panel.operations, at=now)

    assert Questionnaire.objects.get().letter == letter


@pytest.mark.clause("B38")
def test_no_questionnaire_goes_with_legals_letter(panel: Panel) -> None:
    posted(panel, schedule_letter(panel, Risk.HIGH))

    assert not Questionnaire.objects.exists()


@pytest.mark.clause("B31", "B38")
def test_questionnaire_is_attached_to_the_letter_by_email(panel: Panel) -> None:
    letter, now = issued(panel), timezone.now()
    send_by_email(letter=letter, address="customer@post.example", by=panel.operations, at=now)
    mail.outbox.clear()

    deliver(at=now + timedelta(minutes=5))

    [sent] = [each for each in mail.outbox if each.to == ["customer@post.example"]]
    assert [name for name, _content, _kind in sent.attachments] == [
        "letter.pdf",
        "questionnaire.pdf",
    ]
    assert Questionnaire.objects.get().letter == letter
    deliver(at=now + timedelta(minutes=9))
    assert Questionnaire.objects.count() == 1
