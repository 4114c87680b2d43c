"""The access record in tests: linked by hand where nothing is committed, and emptied."""

from datetime import UTC, datetime

from cautionary_plugin.actions.access_chain import erase_tail, link_lines

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def empty_the_record() -> None:
    """Erase all lines in the way that the triggers permit, so that the database can be flushed."""
    link_lines()
    while erase_tail(before=NEVER, most=1_000_000):
        pass
