"""What people do with their own second factor."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions import second_factor
from cautionary_plugin.actions.enrolment import issue_code_at_console
from cautionary_plugin.actions.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    keep_recovery_codes,
    renew_recovery_codes,
    verify_code,
    verify_recovery_code,
)
from cautionary_plugin.models import (
    AccessRecord,
    Authenticator,
    EnrolmentCode,
    RecoveryCode,
    RecoverySheet,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, TooManyAttempts
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON, begin, enrol, make_person, shown_on_phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def person() -> Any:
    return make_person()


def issue(person: Any) -> str:
    return issue_code_at_console(for_user=person, at=NOON)


def test_enrolment_without_an_issued_code_is_impossible(person: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        begin_enrolment(user=person, code="AAAA-AAAA-AAAA", at=NOON)

    assert "issued" in refusal.value.problems["code"][0]
    assert not Authenticator.objects.exists()


def test_enrolment_with_somebody_elses_code_is_refused(person: Any) -> None:
    code = issue(make_person("other"))
    issue(person)

    with pytest.raises(BadInput):
        begin_enrolment(user=person, code=code, at=NOON)

    assert not Authenticator.objects.exists()


def test_enrolment_code_is_good_once(person: Any, time_machine: Any) -> None:
    code = issue(person)
    begin_enrolment(user=person, code=code, at=NOON)

    with pytest.raises(BadInput):
        begin_enrolment(user=person, code=code, at=NOON)


def test_enrolment_code_expires(person: Any, time_machine: Any, settings: Any) -> None:
    settings.CAUTIONARY_ENROLMENT_CODE_FOR = timedelta(hours=1)
    code = issue(person)
    time_machine.shift(3600)

    with pytest.raises(BadInput):
        begin_enrolment(user=person, code=code, at=timezone.now())


def test_enrolment_code_is_replaced_by_a_new_one(person: Any) -> None:
    first, second = issue(person), issue(person)

    assert EnrolmentCode.objects.filter(user=person).count() == 1
    with pytest.raises(BadInput):
        begin_enrolment(user=person, code=first, at=NOON)
    EnrolmentCode.objects.update(throttling_failure_count=0)
    assert begin_enrolment(user=person, code=second, at=NOON)


def test_enrolment_codes_are_throttled_with_the_time_to_wait(
    person: Any, time_machine: Any
) -> None:
    code = issue(person)
    for _attempt in range(8):
        with pytest.raises(BadInput):
            begin_enrolment(user=person, code="AAAA-AAAA-AAAA", at=timezone.now())
        time_machine.shift(128)

    EnrolmentCode.objects.update(throttling_failure_timestamp=timezone.now())
    time_machine.shift(8)
    with pytest.raises(TooManyAttempts, match="2 minutes") as refusal:
        begin_enrolment(user=person, code=code, at=timezone.now())
    assert refusal.value.wait_seconds == 120


def test_begin_enrolment_drops_what_waited_and_its_secret(person: Any) -> None:
    first, second = begin(person), begin(person)

    assert list(Authenticator.objects.all()) == [second]
    assert first.secret != second.secret


def test_begin_enrolment_refuses_where_an_authenticator_counts(person: Any) -> None:
    enrol(person)

    with pytest.raises(AlreadyDone):
        begin_enrolment(user=person, code="AAAA-AAAA-AAAA", at=NOON)


def test_confirm_enrolment_gives_ten_recovery_codes(person: Any) -> None:
    pending = begin(person)

    enrolled = confirm_enrolment(authenticator=pending, token=shown_on_phone(pending), at=NOON)

    assert enrolled.authenticator.confirmed
    assert len(set(enrolled.codes)) == 10
    assert not any(code in repr(enrolled) for code in enrolled.codes)


def test_confirm_enrolment_with_a_wrong_code_confirms_nothing(person: Any) -> None:
    pending = begin(person)

    with pytest.raises(BadInput):
        confirm_enrolment(authenticator=pending, token="000000", at=NOON)

    pending.refresh_from_db()
    assert not pending.confirmed
    assert pending.throttling_failure_count == 1
    assert not RecoverySheet.objects.exists()


def test_confirm_enrolment_happens_once(person: Any) -> None:
    pending = begin(person)
    confirm_enrolment(authenticator=pending, token=shown_on_phone(pending, steps=-1), at=NOON)

    with pytest.raises(AlreadyDone):
        confirm_enrolment(authenticator=pending, token=shown_on_phone(pending), at=NOON)


def test_confirm_enrolment_of_a_dropped_one_is_refused(person: Any) -> None:
    dropped = begin(person)
    begin(person)

    with pytest.raises(AlreadyDone):
        confirm_enrolment(authenticator=dropped, token=shown_on_phone(dropped), at=NOON)


def test_code_that_confirmed_does_not_verify_as_well(person: Any) -> None:
    pending = begin(person)
    code = shown_on_phone(pending)
    confirm_enrolment(authenticator=pending, token=code, at=NOON)

    with pytest.raises(BadInput):
        verify_code(user=person, token=code, at=NOON)


def test_verify_code_returns_the_device(person: Any) -> None:
    phone = enrol(person).authenticator

    assert verify_code(user=person, token=shown_on_phone(phone), at=NOON) == phone


def test_verify_code_refuses_an_authenticator_that_waits(person: Any) -> None:
    pending = begin(person)

    with pytest.raises(BadInput):
        verify_code(user=person, token=shown_on_phone(pending), at=NOON)


def test_verify_code_says_how_long_to_wait(person: Any, time_machine: Any) -> None:
    phone = enrol(person).authenticator
    Authenticator.objects.update(
        throttling_failure_count=9, throttling_failure_timestamp=NOON - timedelta(seconds=16)
    )

    with pytest.raises(TooManyAttempts, match="in 4 minutes"):
        verify_code(user=person, token=shown_on_phone(phone), at=NOON)


def test_wrong_code_is_remembered_and_recorded_although_it_is_refused(person: Any) -> None:
    enrol(person)

    with pytest.raises(BadInput):
        verify_code(user=person, token="000000", at=NOON)

    assert Authenticator.objects.get().throttling_failure_count == 1
    refusal = AccessRecord.objects.first()
    assert (refusal.act, refusal.user) == (Act.REFUSED, person)


def test_recovery_code_stands_in_for_the_phone_once(person: Any) -> None:
    codes = enrol(person).codes

    sheet = verify_recovery_code(user=person, code=codes[3], at=NOON)

    assert sheet == RecoverySheet.objects.get(user=person)
    assert AccessRecord.objects.first().screen == "second factor: used a recovery code"
    with pytest.raises(BadInput):
        verify_recovery_code(user=person, code=codes[3], at=NOON)


def test_recovery_code_of_somebody_else_is_refused(person: Any) -> None:
    enrol(person)
    theirs = enrol(make_person("other")).codes

    with pytest.raises(BadInput):
        verify_recovery_code(user=person, code=theirs[0], at=NOON)


def test_renewed_recovery_codes_replace_the_old(person: Any) -> None:
    old = enrol(person).codes
    new = renew_recovery_codes(user=person, at=NOON)

    assert RecoveryCode.objects.count() == 10
    with pytest.raises(BadInput):
        verify_recovery_code(user=person, code=old[0], at=NOON)
    RecoverySheet.objects.update(throttling_failure_count=0)
    assert verify_recovery_code(user=person, code=new[0], at=NOON)


def test_renewing_takes_an_authenticator(person: Any) -> None:
    with pytest.raises(AlreadyDone):
        renew_recovery_codes(user=person, at=NOON)


def test_keeping_the_codes_is_remembered_until_they_are_renewed(person: Any) -> None:
    enrol(person)
    keep_recovery_codes(user=person, at=NOON)
    assert RecoverySheet.objects.get().kept_at == NOON

    renew_recovery_codes(user=person, at=NOON)
    assert RecoverySheet.objects.get().kept_at is None


def test_nothing_secret_is_logged_or_recorded(
    person: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    code = issue(person)
    pending = begin_enrolment(user=person, code=code, at=NOON)
    token = shown_on_phone(pending)
    enrolled = confirm_enrolment(authenticator=pending, token=token, at=NOON)
    verify_recovery_code(user=person, code=enrolled.codes[0], at=NOON)

    told = caplog.text + repr(list(AccessRecord.objects.values_list()))
    assert AccessRecord.objects.count() == 4
    for secret in (code, token, pending.secret, *enrolled.codes, person.username, person.email):
        assert secret not in told
        assert secret.replace("-", "") not in told


def test_record_says_whose_second_factor_by_key(person: Any) -> None:
    enrol(person)

    assert {line.reference for line in AccessRecord.objects.all()} == {f"user {person.pk}"}


def test_a_failure_half_way_leaves_the_code_unused(
    person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = begin(person)
    monkeypatch.setattr(second_factor, "_new_sheet", lambda *_args, **_kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        confirm_enrolment(authenticator=pending, token=shown_on_phone(pending), at=NOON)

    pending.refresh_from_db()
    assert not pending.confirmed
    assert pending.last_t == -1
