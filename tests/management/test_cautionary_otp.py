"""Second factors at the console."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cautionary_plugin.actions.second_factor import begin_enrolment
from cautionary_plugin.models import AccessRecord, Authenticator
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import enrol, make_person

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("cautionary_otp", *arguments, stdout=out, stderr=StringIO(), skip_checks=True)
    return out.getvalue()


@pytest.fixture
def person() -> Any:
    return make_person()


@pytest.mark.parametrize("words", ["officer", "officer@example.gov.uk"])
def test_issue_prints_a_code_that_enrols(person: Any, words: str) -> None:
    code = run("issue", words).strip()

    assert begin_enrolment(user=person, code=code, at=timezone.now())


def test_issue_beside_a_phone_says_what_to_do(person: Any) -> None:
    enrol(person)

    with pytest.raises(CommandError, match="Reset it first"):
        run("issue", "officer")


def test_reset_takes_away_and_is_recorded(person: Any) -> None:
    enrol(person)

    run("reset", "officer")

    assert not Authenticator.objects.exists()
    line = AccessRecord.objects.first()
    assert (line.act, line.user, line.reference) == (Act.SECOND_FACTOR, None, f"user {person.pk}")


def test_reset_of_nothing_says_so(person: Any) -> None:
    with pytest.raises(CommandError, match="no second factor"):
        run("reset", "officer")


@pytest.mark.parametrize("job", ["issue", "reset"])
def test_unknown_person_says_so(job: str) -> None:
    with pytest.raises(CommandError, match="No one active account"):
        run(job, "nobody")


def test_status_counts_and_names_nobody(person: Any) -> None:
    enrol(person)

    status = run("status")

    assert "1 phones set up" in status
    assert "10 recovery codes" in status
    assert person.username not in status


def test_job_must_be_named() -> None:
    with pytest.raises(CommandError):
        run()
