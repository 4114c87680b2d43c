"""Lines of the record, and statements that go past the package."""

from typing import Any

from django.db import connection, transaction

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.access_chain import link_lines
from cautionary_plugin.migrations import _access_guard as access_guard
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON, make_person


def written(count: int = 5) -> list[AccessRecord]:
    """So many lines in the chain, the oldest first."""
    person = make_person()
    for number in range(count):
        record(act=Act.VIEWED, by=person, at=NOON, reference=f"CPR-2026-{number:04d}")
    link_lines()
    return list(AccessRecord.objects.order_by("number"))


def sql(statement: str, *parameters: Any) -> None:
    """Past the package: LINES and CHAIN stand for the two tables."""
    statement = statement.replace("LINES", access_guard.LINES).replace("CHAIN", access_guard.CHAIN)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


TAMPERING = [
    "UPDATE LINES SET act = 'checked' WHERE number = 3",
    "UPDATE LINES SET reference = '' WHERE number = 3",
    "UPDATE LINES SET user_key = '99' WHERE number = 3",
    "UPDATE LINES SET screen = 'other' WHERE number = 3",
    "UPDATE LINES SET at = '2020-01-01 00:00:00+00:00' WHERE number = 3",
    "UPDATE LINES SET number = 30 WHERE number = 3",
    "UPDATE LINES SET number = NULL, digest = '' WHERE number = 3",
    "UPDATE LINES SET digest = '' WHERE number = 3",
    "DELETE FROM LINES WHERE number = 3",
]
