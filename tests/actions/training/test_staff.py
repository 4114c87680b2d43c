"""All staff are reminded to report: begun by somebody, then on schedule, recorded (A47)."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from cautionary_plugin.actions.training.staff import (
    next_reminder_on,
    remind_all_staff,
    remind_staff_when_due,
)
from cautionary_plugin.models import AccessRecord, MailKind, OutboxMessage, StaffReminder
from cautionary_plugin.rules.errors import AlreadyDone, NotYourPost
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, found_council
from tests.factors import NOON, make_person
from tests.races import race

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A47")]

YEAR = datetime(2027, 12, 2, 8, 0, tzinfo=UTC)
MOMENT = timedelta(minutes=1)


@pytest.fixture
def council(time_machine: Any) -> Council:
    time_machine.move_to(NOON, tick=False)
    return found_council()


def told() -> set[str]:
    messages = OutboxMessage.objects.filter(kind=MailKind.STAFF_REMINDER)
    return {message.to.username for message in messages}


def test_everybody_with_an_active_account_and_an_address_is_told(council: Council) -> None:
    make_person("officer")
    gone, silent = make_person("gone"), make_person("silent")
    gone.is_active, silent.email = False, ""
    gone.save()
    silent.save()

    made = remind_all_staff(by=council.owner, at=NOON)

    assert told() == {council.owner.username, "officer"}
    assert (made.recipients, made.sent_by, made.sent_at) == (2, council.owner, NOON)
    assert AccessRecord.objects.filter(act=Act.REMINDED, user=council.owner).count() == 1


def test_schedule_waits_for_the_first_reminder_and_then_runs(council: Council) -> None:
    assert remind_staff_when_due(at=YEAR) == 0
    remind_all_staff(by=council.owner, at=NOON)

    assert next_reminder_on() == YEAR.date()
    assert remind_staff_when_due(at=YEAR - timedelta(days=1)) == 0
    assert remind_staff_when_due(at=YEAR) == 1
    assert remind_staff_when_due(at=YEAR + MOMENT) == 0

    by_schedule = StaffReminder.objects.get(sent_by=None)
    assert (by_schedule.sent_at, by_schedule.recipients) == (YEAR, 1)


def test_site_may_set_another_schedule_or_none(council: Council, settings: Any) -> None:
    remind_all_staff(by=council.owner, at=NOON)

    settings.CAUTIONARY_REMIND_STAFF_MONTHS = 6
    assert next_reminder_on() == datetime(2027, 6, 2).date()

    settings.CAUTIONARY_REMIND_STAFF_MONTHS = None
    assert remind_staff_when_due(at=YEAR + timedelta(days=900)) == 0


def test_trainers_alone_send_it_and_once_a_day(council: Council) -> None:
    with pytest.raises(NotYourPost):
        remind_all_staff(by=make_person("officer"), at=NOON)
    remind_all_staff(by=council.owner, at=NOON)

    with pytest.raises(AlreadyDone):
        remind_all_staff(by=council.owner, at=NOON + MOMENT)


def test_daily_command_sends_it_and_the_mail_names_nobody(
    council: Council, time_machine: Any
) -> None:
    remind_all_staff(by=council.owner, at=NOON)
    mail.outbox.clear()
    time_machine.move_to(YEAR, tick=False)
    said = StringIO()

    call_command("cautionary_daily", stdout=said)

    assert "Reminded 1 members of staff to report." in said.getvalue()
    sent = [each for each in mail.outbox if "incidents" in each.subject]
    assert sent
    for message in sent:
        assert "with your password alone" in message.body
        assert council.owner.username not in message.subject + message.body


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_once(council: Council) -> None:
    remind_all_staff(by=council.owner, at=NOON)

    results = race(*[lambda: remind_staff_when_due(at=YEAR)] * 2)

    assert sorted(results) == [0, 1]
