"""The diagrams of ``docs/states.md``, drawn from the tables: ``python -m tests.states write``.

A test fails where the page differs from the tables.
"""

import sys
from pathlib import Path

from cautionary_plugin.rules.states import ANYBODY, TABLES, THE_CLOCK, THE_PANEL
from cautionary_plugin.rules.vocabulary import Vocabulary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "states.md"

TITLES = {
    "ReportState": "A report",
    "EntryState": "An entry",
    "AppealState": "An appeal",
    "ReviewState": "A review",
    "CaseState": "A case before the panel",
    "MeetingState": "A meeting of the panel",
    "ItemState": "An item of the agenda",
    "DivertState": "An e-mail divert",
    "RequestState": "A subject access request",
}
INTRODUCTION = """\
# States

Drawn from `cautionary_plugin/rules/states.py` by `make states`; do not edit it here. An arrow says
who may take it: a power (see [roles](roles.md)), anybody, the panel, or the clock. What is overdue,
lapsing or expired is no state: it is computed from dates.
"""
WORDS = {ANYBODY: "anybody, on their own", THE_CLOCK: "the clock", THE_PANEL: "the panel"}


def page() -> str:
    """The page, as Markdown."""
    return INTRODUCTION + "".join(_section(states) for states in TABLES)


def _section(states: type[Vocabulary]) -> str:
    moves = TABLES[states]
    lines = [f"\n## {TITLES[states.__name__]}\n", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    lines += [f"    [*] --> {next(iter(states)).value}"]
    lines += [
        f"    {start.value} --> {end.value}: {', '.join(sorted(map(_mover, movers)))}"
        for (start, end), movers in moves.items()
    ]
    left = {start for start, _end in moves}
    lines += [f"    {state.value} --> [*]" for state in states if state not in left]
    return "\n".join([*lines, "```", ""])


def _mover(mover: str) -> str:
    return WORDS.get(mover, mover.replace("_", " "))


def main(wish: str) -> None:
    """``write`` the page, or ``check`` that it is as it would be written."""
    if wish == "write":
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit("docs/states.md is out of date: run `make states`.")


if __name__ == "__main__":
    main(sys.argv[1])
