"""The page of the clauses tells the truth."""

import subprocess
import sys
from collections import defaultdict

from tests import clauses
from tests.clauses import Clause

CLAIMED = Clause("A22", "a letter", "a due date", "letters", "yes")
OPEN = Clause("A23", "the letter says", "", "", "")


def test_claim_without_a_test_is_a_problem():
    written = clauses.page([CLAIMED], {})

    assert clauses.problems([CLAIMED], {}, written) == ["A22 is claimed and no test proves it"]


def test_mark_of_an_unknown_clause_is_a_problem():
    proofs = {"A99": {"tests/test_x.py::test_y"}}
    written = clauses.page([OPEN], proofs)

    assert clauses.problems([OPEN], proofs, written) == ["A99 is marked on a test and is no clause"]


def test_page_that_differs_is_a_problem():
    assert clauses.problems([OPEN], {}, "") == ["policy-clauses.md is out of date: make clauses"]


def test_row_names_screen_standing_and_tests():
    proofs = defaultdict(set, {"A22": {"tests/test_x.py::test_y"}})

    text = clauses.page([CLAIMED], proofs)

    assert (
        "| A22 | a letter. *Seen*: a due date | letters | **met** | [test_y](../tests/test_x.py) |"
        in text
    )


def test_list_holds_every_clause_once():
    expected = [
        *(f"A{n}" for n in range(1, 50)),
        *(f"B{n}" for n in range(1, 53)),
        *(f"L{n}" for n in range(1, 15)),
    ]

    assert [clause.id for clause in clauses.read_clauses()] == expected


def test_written_page_matches_the_marks_of_all_tests():
    result = subprocess.run(
        [sys.executable, "-m", "tests.clauses", "check"], capture_output=True, text=True
    )

    assert (result.stdout, result.returncode) == ("", 0), result.stderr
