"""A check is recorded, with its purpose and outcome and not with what was typed (L5)."""

from typing import Any

import pytest
from django.db import connection

from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.vocabulary import Outcome, Purpose
from tests.actions.check.asking import ASKED, STRANGER, ask, last_line
from tests.council import PLANTED

pytestmark = pytest.mark.django_db


@pytest.mark.clause("L5")
@pytest.mark.parametrize(
    ("question", "outcome"), [(ASKED, Outcome.FOUND), (STRANGER, Outcome.NONE_RECORDED)]
)
def test_check_is_recorded_with_purpose_and_outcome(
    entry: Entry, officer: Any, question: Question, outcome: Outcome
) -> None:
    ask(officer, question)

    line = last_line()
    assert (line.user, line.purpose, line.outcome) == (officer, Purpose.HOME_VISIT, outcome)


@pytest.mark.clause("L5")
def test_record_holds_neither_what_was_typed_nor_whom_it_found(entry: Entry, officer: Any) -> None:
    ask(officer)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cautionary_plugin_accessrecord")
        rows = repr(cursor.fetchall()).casefold()
    assert str(officer.pk) in rows
    for typed in (*PLANTED.casefold().split(), "gantry", "wx1", "9zz"):
        assert typed not in rows
