"""What cron does every day."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from cautionary_plugin.models import MailKind, OutboxMessage
from tests.factors import make_person

pytestmark = pytest.mark.django_db


def test_mail_that_waits_is_delivered_once() -> None:
    OutboxMessage.objects.create(
        kind=MailKind.EMERGENCY,
        to=make_person("owner"),
        reference="CPR",
        queued_at=timezone.now() - timedelta(hours=1),
    )
    said = StringIO()

    for _twice in range(2):
        call_command("cautionary_daily", stdout=said)

    assert [message.to for message in mail.outbox] == [["owner@example.gov.uk"]]
    assert "Delivered 1 messages." in said.getvalue()
    assert "Delivered 0 messages." in said.getvalue()
