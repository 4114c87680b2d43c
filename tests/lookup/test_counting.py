"""The database counts the live entries, whoever writes them (L4)."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate

from cautionary_plugin.actions.base import action
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.lookup.register import search
from cautionary_plugin.migrations import _live_entries as live_entries
from cautionary_plugin.models import Entry, LookupState
from cautionary_plugin.rules.errors import LookupOutOfStep
from cautionary_plugin.rules.states import EntryState
from tests.council import Council, found_council, list_entries, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def entries(council: Council) -> list[Entry]:
    return list_entries(council, *(row(address=f"{n} Elm Row, Otherton") for n in range(1, 6)))


def counted() -> int:
    return LookupState.objects.get().live


def there() -> int:
    return Entry.objects.filter(state=EntryState.LIVE).count()


def past_the_actions(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("ENTRIES", live_entries.ENTRIES), values)


def test_count_follows_whatever_a_statement_does(entries: list[Entry]) -> None:
    assert counted() == there() == 5

    past_the_actions("UPDATE ENTRIES SET state = 'held' WHERE id IN (%s, %s)", *_ids(entries[:2]))
    assert counted() == there() == 3

    past_the_actions("UPDATE ENTRIES SET state = 'live' WHERE id = %s", *_ids(entries[:1]))
    past_the_actions("UPDATE ENTRIES SET risk = 'low', state = state")
    assert counted() == there() == 4

    entries[4].case_file.delete()
    assert counted() == there() == 3


def _ids(entries: list[Entry]) -> list[object]:
    """Keys as the database has them."""
    return [each.pk.hex if connection.vendor == "sqlite" else each.pk for each in entries]


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE ENTRIES SET state = 'held' WHERE id = %s", "UPDATE ENTRIES SET changed = 0, id = %s"],
)
def test_what_is_written_past_the_actions_fails_the_next_check(
    council: Council, statement: str
) -> None:
    (entry,) = list_entries(council)
    assert search(Question(name="Nobody"), limit=5, visible=set).matches == ()

    past_the_actions(statement, *_ids([entry]))

    with pytest.raises(LookupOutOfStep):
        search(Question(name="Nobody"), limit=5, visible=set)


def test_triggers_that_are_gone_are_put_back_after_a_migration(entries: list[Entry]) -> None:
    live_entries.remove(connection)
    past_the_actions("UPDATE ENTRIES SET state = 'held' WHERE id = %s", *_ids(entries[:1]))
    assert (counted(), there()) == (5, 4)

    config = apps.get_app_config("cautionary_plugin")
    post_migrate.send(config, app_config=config, using="default", apps=apps)

    assert live_entries.missing(connection) == set()
    assert counted() == 4
    with pytest.raises(LookupOutOfStep):  # what happened meanwhile is not made good by it
        search(Question(name="Nobody"), limit=5, visible=set)


@action
def _hold_again(entry: Entry) -> None:
    entry.state = EntryState.HELD
    entry.save(update_fields=["state"])


def test_entry_can_be_taken_off_though_the_row_that_counts_was_lost(entries: list[Entry]) -> None:
    LookupState.objects.all().delete()
    LookupState.objects.create(pk=1)

    _hold_again(entries[0])

    assert counted() == -1
    with pytest.raises(LookupOutOfStep):
        search(Question(name="Nobody"), limit=5, visible=set)
