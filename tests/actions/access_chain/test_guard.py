"""The database refuses to change, delete or replace a line, and to be emptied (L5)."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, connection

from cautionary_plugin.access.chain import verify
from cautionary_plugin.actions.access import record
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.access_chain.lines import TAMPERING, sql, written
from tests.factors import NOON, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]


@pytest.mark.parametrize("statement", [*TAMPERING, "DELETE FROM LINES"])
def test_database_refuses_to_change_or_delete_a_line(statement: str) -> None:
    lines = written()

    with pytest.raises(IntegrityError):
        sql(statement)

    assert list(AccessRecord.objects.order_by("number")) == lines
    verify()


def test_database_refuses_to_give_a_line_to_another_account() -> None:
    written()
    other = make_person("other")

    with pytest.raises(IntegrityError):
        sql("UPDATE LINES SET user_id = %s WHERE number = 3", other.pk)


def test_database_refuses_to_delete_a_line_that_is_not_linked_yet() -> None:
    record(act=Act.VIEWED, by=None, at=NOON)

    with pytest.raises(IntegrityError):
        sql("DELETE FROM LINES")


def test_database_refuses_to_put_a_line_in_the_place_of_another() -> None:
    first = written()[0]
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    with pytest.raises(IntegrityError):
        sql(
            f"{replace} INTO LINES (id, at, user_key, act, purpose, outcome, reference, screen,"
            " digest) VALUES (%s, %s, '', 'checked', '', '', '', '', '')",
            first.pk,
            NOON,
        )


@pytest.mark.django_db(transaction=True)
def test_database_refuses_to_be_emptied() -> None:
    written()

    with pytest.raises((IntegrityError, InternalError, CommandError)):
        call_command("flush", interactive=False, stdout=StringIO())

    assert verify().lines == 5


@pytest.mark.django_db(transaction=True)
def test_lines_of_an_older_version_get_their_places_and_the_guard() -> None:
    lines = written(3)
    migrate = partial(call_command, "migrate", "cautionary_plugin", verbosity=0)
    migrate("0004")
    try:
        sql("UPDATE LINES SET number = NULL, digest = ''")
        sql("DELETE FROM CHAIN")
    finally:
        migrate()

    assert list(AccessRecord.objects.order_by("number").values_list("pk", "digest")) == [
        (line.pk, line.digest) for line in lines
    ]
    assert verify().lines == 3
    with pytest.raises(IntegrityError):
        sql("DELETE FROM LINES")
