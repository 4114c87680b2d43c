"""Break the glass: a reason, an hour, a record and an alert (A40)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.emergency import break_glass
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord, EmergencyAccess, MailKind, OutboxMessage
from cautionary_plugin.outbox.deliver import deliver_waiting
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NobodyToTell, NoReadingGrant
from cautionary_plugin.rules.posts import PostKind, Power, powers_of
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from tests.council import PLANTED, Council, found_council, hold_post, list_entries
from tests.factors import NOON, make_person
from tests.mailers import send_through

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
REASON = f"{PLANTED} is at the desk and the duty officer cannot be reached."


def alerts() -> list[Any]:
    """The mails about emergency access, and not those about phones."""
    return [message for message in mail.outbox if "emergency" in message.subject]


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.mark.clause("A40")
def test_access_lasts_one_hour_by_the_clock(council: Council) -> None:
    officer = make_person()

    break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    ends = NOON + HOUR
    may = [standing_of(officer, at=at).may_read() for at in (NOON, ends - SECOND, ends)]
    assert may == [True, True, False]


@pytest.mark.clause("A40")
def test_access_finds_the_entry_trimmed_and_is_gone_after_the_hour(council: Council) -> None:
    list_entries(council, at=NOON)
    officer = make_person()
    question = Question(name=PLANTED, postcode="WX1 9ZZ")
    terms: dict[str, Any] = {"question": question, "purpose": Purpose.HOME_VISIT, "by": officer}
    with pytest.raises(NoReadingGrant):
        check_register(at=NOON, **terms)

    break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    answer = check_register(at=NOON, **terms)
    assert answer.outcome is Outcome.FOUND
    assert [finding.view for finding in answer.findings] == [View.SAFETY]
    with pytest.raises(NoReadingGrant):
        check_register(at=NOON + HOUR, **terms)


@pytest.mark.clause("A40")
def test_access_is_to_one_register_and_gives_no_power(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    officer = make_person()

    break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    standing = standing_of(officer, at=NOON)
    assert not standing.may_read(other.register)
    assert standing.powers() == frozenset()


@pytest.mark.parametrize("reason", ["", "now", " " * 40])
def test_reason_is_needed(council: Council, reason: str) -> None:
    with pytest.raises(BadInput) as refusal:
        break_glass(user=make_person(), register=council.register, reason=reason, at=NOON)

    assert list(refusal.value.problems) == ["reason"]
    assert not EmergencyAccess.objects.exists()


def test_reason_is_sealed_in_the_database_and_opens_for_the_program(council: Council) -> None:
    access = break_glass(user=make_person(), register=council.register, reason=REASON, at=NOON)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM cautionary_plugin_emergencyaccess")
        (stored,) = cursor.fetchone()

    assert b"desk" not in bytes(stored)
    assert EmergencyAccess.objects.get(pk=access.pk).reason == REASON


def test_second_press_opens_no_second_hour(council: Council) -> None:
    officer = make_person()
    break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    with pytest.raises(AlreadyDone):
        break_glass(user=officer, register=council.register, reason=REASON, at=NOON + SECOND)
    with pytest.raises(AlreadyDone):
        break_glass(user=officer, register=council.register, reason=REASON, at=NOON + HOUR)
    break_glass(user=officer, register=council.register, reason=REASON, at=NOON + 24 * HOUR)

    assert EmergencyAccess.objects.count() == 2


def test_nobody_breaks_the_glass_unheard(council: Council, settings: Any) -> None:
    officer = make_person()
    type(officer)._default_manager.filter(pk=council.owner.pk).update(email="")

    with pytest.raises(NobodyToTell):
        break_glass(user=officer, register=council.register, reason=REASON, at=NOON)
    assert not EmergencyAccess.objects.exists()

    settings.CAUTIONARY_ALERT_ADDRESSES = ["duty@example.gov.uk"]
    break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    assert deliver_waiting(at=NOON) == 1
    assert [message.to for message in alerts()] == [["duty@example.gov.uk"]]


def test_own_address_of_the_one_who_answers_is_nobody_to_tell(council: Council) -> None:
    with pytest.raises(NobodyToTell):
        break_glass(user=council.owner, register=council.register, reason=REASON, at=NOON)


@pytest.mark.clause("L5")
def test_it_is_recorded_without_the_reason(council: Council) -> None:
    officer = make_person()

    break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    line = AccessRecord.objects.get(act=Act.BROKE_GLASS)
    assert (line.user, line.register, line.at) == (officer, council.register, NOON)
    assert (line.reference, line.screen) == ("", "")


@pytest.mark.clause("A40")
def test_owner_and_data_protection_officer_are_told_and_nobody_else(
    council: Council, django_capture_on_commit_callbacks: Any
) -> None:
    dpo, gone = make_person("dpo"), make_person("gone")
    hold_post(council, dpo, PostKind.DATA_PROTECTION)
    hold_post(council, gone, PostKind.OWNER, as_deputy=True)
    gone.is_active = False
    gone.save()
    hold_post(council, make_person("safety"), PostKind.HEALTH_AND_SAFETY)
    found_council(slug="ub", prefix="UB")

    with django_capture_on_commit_callbacks(execute=True):
        break_glass(user=make_person(), register=council.register, reason=REASON, at=NOON)

    told = sorted(address for message in alerts() for address in message.to)
    assert told == ["dpo@example.gov.uk", "owner-cpr@example.gov.uk"]
    assert not OutboxMessage.objects.filter(kind=MailKind.EMERGENCY, sent_at=None).exists()


@pytest.mark.clause("A40")
def test_alert_holds_neither_the_person_nor_the_reason_nor_who_took_it(
    council: Council, django_capture_on_commit_callbacks: Any
) -> None:
    officer = make_person("marguerite.fotheringay")

    with django_capture_on_commit_callbacks(execute=True):
        break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    (message,) = alerts()
    raw = message.message().as_string()
    for secret in (*PLANTED.split(), "desk", "reached", "fotheringay", officer.email):
        assert secret not in raw
    assert "CPR" in message.body
    assert "12:00, 2 December 2026" in message.body


def test_mail_that_cannot_go_does_not_take_the_access_away(
    council: Council, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    officer = make_person()
    send_through(settings, "tests.outbox.backends.Broken")

    with django_capture_on_commit_callbacks(execute=True):
        break_glass(user=officer, register=council.register, reason=REASON, at=NOON)

    assert standing_of(officer, at=NOON).may_read()
    (waiting,) = OutboxMessage.objects.filter(kind=MailKind.EMERGENCY)
    assert (waiting.sent_at, waiting.attempts) == (None, 1)


def test_alert_is_for_those_whose_post_sees_the_access_record() -> None:
    told = {kind for kind in PostKind if Power.SEE_ACCESS_RECORD in powers_of(kind)}

    assert told == {PostKind.OWNER, PostKind.DATA_PROTECTION}
