"""Codes that colleagues issue, and second factors that colleagues take away."""

from typing import Any

import pytest

from cautionary_plugin.actions.enrolment import (
    issue_code_at_console,
    issue_enrolment_code,
    reset_at_console,
    reset_second_factor,
)
from cautionary_plugin.actions.second_factor import begin_enrolment, verify_recovery_code
from cautionary_plugin.models import AccessRecord, Authenticator, EnrolmentCode, RecoverySheet
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost, SamePerson
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.second_factor import ResetReason
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON, appoint, enrol, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def manager() -> Any:
    return appoint(make_person("manager"), PostKind.HEAD_OF_SERVICE)


@pytest.fixture
def officer() -> Any:
    return make_person("officer")


def test_issued_code_lets_the_colleague_enrol(manager: Any, officer: Any) -> None:
    code = issue_enrolment_code(for_user=officer, by=manager, at=NOON)

    assert begin_enrolment(user=officer, code=code, at=NOON).user == officer
    assert code.replace("-", "") not in str(list(EnrolmentCode.objects.values_list()))


def test_issuing_is_recorded_with_the_account_it_was_for(manager: Any, officer: Any) -> None:
    issue_enrolment_code(for_user=officer, by=manager, at=NOON)

    line = AccessRecord.objects.get()
    assert (line.act, line.user, line.reference) == (
        Act.SECOND_FACTOR,
        manager,
        f"user {officer.pk}",
    )


def test_issuing_takes_the_power(officer: Any) -> None:
    trainer = appoint(make_person("trainer"), PostKind.TRAINER)

    with pytest.raises(NotYourPost):
        issue_enrolment_code(for_user=officer, by=trainer, at=NOON)


def test_superuser_may_not_issue_codes(officer: Any) -> None:
    root = make_person("root")
    root.is_superuser = root.is_staff = True
    root.save()

    with pytest.raises(NotYourPost):
        issue_enrolment_code(for_user=officer, by=root, at=NOON)


def test_issuing_to_oneself_is_refused(manager: Any) -> None:
    with pytest.raises(SamePerson):
        issue_enrolment_code(for_user=manager, by=manager, at=NOON)


def test_issuing_beside_an_authenticator_is_refused(manager: Any, officer: Any) -> None:
    enrol(officer)

    with pytest.raises(AlreadyDone):
        issue_enrolment_code(for_user=officer, by=manager, at=NOON)


def test_console_issues_to_the_first_owner(officer: Any) -> None:
    code = issue_code_at_console(for_user=officer, at=NOON)

    assert begin_enrolment(user=officer, code=code, at=NOON)
    assert AccessRecord.objects.last().user is None


def test_reset_takes_everything_away(manager: Any, officer: Any) -> None:
    codes = enrol(officer).codes

    reset_second_factor(for_user=officer, by=manager, at=NOON, reason=ResetReason.LOST)

    for model in (Authenticator, RecoverySheet, EnrolmentCode):
        assert not model.objects.filter(user=officer).exists()
    with pytest.raises(BadInput):
        verify_recovery_code(user=officer, code=codes[0], at=NOON)
    assert AccessRecord.objects.first().screen == "second factor: reset (lost)"


def test_reset_leaves_other_people_alone(manager: Any, officer: Any) -> None:
    enrol(officer)
    other = enrol(make_person("other")).authenticator

    reset_second_factor(for_user=officer, by=manager, at=NOON, reason=ResetReason.LOST)

    assert list(Authenticator.objects.all()) == [other]


def test_reset_takes_a_second_person(manager: Any) -> None:
    enrol(manager)

    with pytest.raises(SamePerson):
        reset_second_factor(for_user=manager, by=manager, at=NOON, reason=ResetReason.LOST)

    assert Authenticator.objects.filter(user=manager).exists()


def test_reset_takes_the_power(officer: Any) -> None:
    enrol(officer)

    with pytest.raises(NotYourPost):
        reset_second_factor(
            for_user=officer, by=make_person("other"), at=NOON, reason=ResetReason.LOST
        )


def test_reset_of_nothing_says_so(manager: Any, officer: Any) -> None:
    with pytest.raises(AlreadyDone):
        reset_second_factor(for_user=officer, by=manager, at=NOON, reason=ResetReason.LOST)


def test_console_resets_and_records(officer: Any) -> None:
    enrol(officer)

    reset_at_console(for_user=officer, at=NOON)

    assert not Authenticator.objects.exists()
    assert AccessRecord.objects.first().screen == "second factor: reset at the console"
