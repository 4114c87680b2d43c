"""Which test proves which clause: ``python -m tests.clauses write|check``.

``docs/clauses.csv`` lists every clause of the two policies, the screen where it is met, and
whether we claim to meet it. ``docs/policy-clauses.md`` is made from that list and from the
``@pytest.mark.clause("A22")`` marks; a claim without a test is an error.
"""

import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "policy-clauses.md"

TITLES = {
    "A": "A. The Cautionary Persons Register: a director decides",
    "B": "B. The Unreasonable Behaviours Panel: a panel decides",
    "L": "L. What the law and earlier failures add",
}
INTRODUCTION = """\
# Clause by clause

Made by `make clauses` from `docs/clauses.csv` and the marks on the tests; do not edit it here.

- **met**: claimed, and proved by the tests named.
- **in part**: tests prove some of it; it is not claimed yet.
- **not yet**: nothing here proves it.
"""

Proofs = dict[str, set[str]]
"""Clause id → the tests that prove it, as ``tests/test_file.py::test_name``."""


@dataclass(frozen=True)
class Clause:
    """One duty: its id, its demand in short, what one sees when it is met, where, and our claim."""

    id: str
    clause: str
    observable: str
    screen: str
    claimed: str

    def standing(self, proofs: Proofs) -> str:
        """How far the clause is met."""
        if self.claimed:
            return "**met**"
        return "in part" if proofs.get(self.id) else "not yet"


def read_clauses() -> list[Clause]:
    """The list of the clauses, in its own order."""
    with (DOCS / "clauses.csv").open(newline="", encoding="utf-8") as source:
        return [Clause(**row) for row in csv.DictReader(source)]


def clause_ids(item: pytest.Item) -> Iterator[str]:
    """The ids that a test is marked with."""
    for mark in item.iter_markers("clause"):
        yield from mark.args


class _Collector:
    """A pytest plugin that notes the marks of every test."""

    def __init__(self) -> None:
        self.proofs: Proofs = defaultdict(set)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for clause in clause_ids(item):
                self.proofs[clause].add(item.nodeid.partition("[")[0])


def collect_proofs() -> Proofs:
    """Collect every test, those of the separate lanes included, and run none."""
    collector, said = _Collector(), io.StringIO()
    with redirect_stdout(said):
        status = pytest.main(
            ["--collect-only", "-qq", "-m", "", "-p", "no:randomly", "-p", "no:cacheprovider"],
            plugins=[collector],
        )
    if status != pytest.ExitCode.OK:
        raise SystemExit(said.getvalue())
    return collector.proofs


def page(clauses: list[Clause], proofs: Proofs) -> str:
    """The page, as Markdown."""
    parts = [INTRODUCTION]
    for letter, title in TITLES.items():
        parts.append(f"\n## {title}\n\n| | clause | screen | standing | tests |\n|-|-|-|-|-|\n")
        parts.extend(_row(clause, proofs) for clause in clauses if clause.id[0] == letter)
    return "".join(parts)


def _row(clause: Clause, proofs: Proofs) -> str:
    demand = f"{clause.clause}. *Seen*: {clause.observable}" if clause.observable else clause.clause
    tests = "<br>".join(_link(test) for test in sorted(proofs.get(clause.id, ())))
    cells = [clause.id, demand, clause.screen, clause.standing(proofs), tests]
    return "| " + " | ".join(cells) + " |\n"


def _link(test: str) -> str:
    path, _, name = test.partition("::")
    return f"[{name}](../{path})"


def problems(clauses: list[Clause], proofs: Proofs, written: str) -> list[str]:
    """What is wrong with the page: claims without a proof, proofs of nothing, or another text."""
    known = {clause.id for clause in clauses}
    found = [
        f"{clause.id} is claimed and no test proves it"
        for clause in clauses
        if clause.claimed and not proofs.get(clause.id)
    ]
    found += [f"{id} is marked on a test and is no clause" for id in sorted(proofs.keys() - known)]
    if written != page(clauses, proofs):
        found.append(f"{PAGE.name} is out of date: make clauses")
    return found


def main(what: str) -> int:
    """Write the page, or say what is wrong with it; the exit status."""
    clauses, proofs = read_clauses(), collect_proofs()
    if what == "write":
        PAGE.write_text(page(clauses, proofs), encoding="utf-8")
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    found = problems(clauses, proofs, written)
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["write"], ["check"]):
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1]))
