"""The database counts the live entries itself: triggers, on SQLite and on PostgreSQL (L4).

To count 100,000 rows at each check would cost more than the search. So each statement that adds,
removes or turns a live entry changes one number of ``LookupState``, whoever sends it; the check
compares it with what the actions have counted.
"""

from typing import Any

from cautionary_plugin.migrations import _triggers

ENTRIES = "cautionary_plugin_entry"
STATE = "cautionary_plugin_lookupstate"
LIVE = "live"

NAMES = (
    "cautionary_live_added",
    "cautionary_live_removed",
    "cautionary_live_turned",
)
EMPTIED = "cautionary_live_emptied"
FUNCTION = "cautionary_count_live"
BY_VENDOR = {"sqlite": NAMES, "postgresql": (*NAMES, EMPTIED)}


def _sqlite() -> list[str]:
    added, removed, turned = NAMES

    def trigger(name: str, event: str, condition: str, by: str) -> str:
        change = f"UPDATE {STATE} SET live = live + {by} WHERE id = 1"  # noqa: S608 - no input
        return (
            f"CREATE TRIGGER {name} AFTER {event} ON {ENTRIES} WHEN {condition} BEGIN {change}; END"
        )

    is_now, was = f"NEW.state = '{LIVE}'", f"OLD.state = '{LIVE}'"
    return [
        trigger(added, "INSERT", is_now, "1"),
        trigger(removed, "DELETE", was, "-1"),
        trigger(turned, "UPDATE", f"({is_now}) <> ({was})", f"(({is_now}) - ({was}))"),
    ]


def _postgresql() -> list[str]:
    added, removed, turned = NAMES
    now = f"(SELECT count(*) FROM now_there WHERE state = '{LIVE}')"  # noqa: S608 - no input
    before = f"(SELECT count(*) FROM there_before WHERE state = '{LIVE}')"  # noqa: S608 - no input
    new, old = "NEW TABLE AS now_there", "OLD TABLE AS there_before"
    return [
        f"""
        CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            gained bigint;
        BEGIN
            CASE TG_OP
                WHEN 'INSERT' THEN gained := {now};
                WHEN 'DELETE' THEN gained := -{before};
                WHEN 'UPDATE' THEN gained := {now} - {before};
                ELSE
                    UPDATE {STATE} SET live = 0 WHERE id = 1;
                    RETURN NULL;
            END CASE;
            IF gained <> 0 THEN
                UPDATE {STATE} SET live = live + gained WHERE id = 1;
            END IF;
            RETURN NULL;
        END $$
        """,  # noqa: S608 - no input
        *(
            f"CREATE TRIGGER {name} AFTER {event} ON {ENTRIES} {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
            for name, event, tables in (
                (added, "INSERT", f"REFERENCING {new}"),
                (removed, "DELETE", f"REFERENCING {old}"),
                (turned, "UPDATE", f"REFERENCING {new} {old}"),
                (EMPTIED, "TRUNCATE", ""),
            )
        ),
    ]


def install(connection: Any) -> None:
    """Make the triggers anew, and count what is there."""
    remove(connection)
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()
    there = f"(SELECT count(*) FROM {ENTRIES} WHERE state = '{LIVE}')"  # noqa: S608 - no input
    count = f"UPDATE {STATE} SET live = {there} WHERE id = 1"  # noqa: S608 - no input
    _triggers.make(connection, [*statements, count])


def remove(connection: Any) -> None:
    """Take the triggers away."""
    _triggers.remove(connection, ENTRIES, BY_VENDOR[connection.vendor], function=FUNCTION)


def missing(connection: Any) -> set[str]:
    """The triggers that are not there, or are switched off."""
    return _triggers.missing(connection, ENTRIES, BY_VENDOR[connection.vendor])
