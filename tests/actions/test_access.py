"""The access record says who and when, and cannot be rewritten (L5)."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from cautionary_plugin.actions.access import record
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON, make_person

pytestmark = pytest.mark.django_db


def test_line_still_says_who_it_was_when_the_account_is_deleted() -> None:
    person = make_person()
    key = str(person.pk)
    record(act=Act.VIEWED, by=person, at=NOON, reference="CPR-2026-0001")

    person.delete()

    line = AccessRecord.objects.get()
    assert (line.user, line.user_key) == (None, key)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_line_of_the_console_or_of_nobody_names_nobody(nobody: Any) -> None:
    line = record(act=Act.SET_UP, by=nobody, at=NOON)

    assert (line.user, line.user_key) == (None, "")


@pytest.mark.clause("L5")
@pytest.mark.parametrize(
    "tamper",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda _line: AccessRecord.objects.all().delete(),
        lambda _line: AccessRecord.objects.update(act=Act.CHECKED),
        lambda _line: AccessRecord.objects.update(user=None, act=Act.CHECKED),
    ],
)
def test_line_is_neither_changed_nor_deleted(tamper: Any) -> None:
    line = record(act=Act.VIEWED, by=make_person(), at=NOON)
    line.act = Act.CHECKED

    with pytest.raises(TypeError):
        tamper(line)

    assert AccessRecord.objects.get().act == Act.VIEWED


def test_name_of_a_screen_that_is_too_long_is_cut() -> None:
    assert len(record(act=Act.REFUSED, by=None, at=NOON, screen="s" * 200).screen) == 80
