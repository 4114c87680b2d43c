"""The command that verifies the record says where it ends, or what is wrong with it (L5)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.actions.access_chain.lines import written

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("cautionary_verify", *arguments, stdout=out)
    return out.getvalue()


def test_command_says_that_all_is_whole_and_where_it_ends() -> None:
    last = written()[-1]

    told = run("--anchor", f"5:{last.digest}")

    assert "5 lines are whole, from line 1 on." in told
    assert f"The end of the chain: 5:{last.digest}" in told


def test_command_fails_and_names_the_line() -> None:
    written()

    with pytest.raises(CommandError, match="Line 5 is not the one that was told outside"):
        run("--anchor", f"5:{'ab' * 32}")


@pytest.mark.parametrize("wrong", ["5", "x:" + "ab" * 32, "5:" + "zz" * 32, "5:ab"])
def test_command_says_how_an_anchor_is_written(wrong: str) -> None:
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        run("--anchor", wrong)


@pytest.mark.usefixtures("unguarded")
def test_command_fails_where_the_guard_is_gone() -> None:
    written()

    with pytest.raises(CommandError, match="does not guard the access record"):
        run()


def test_command_works_on_a_site_where_nothing_was_recorded() -> None:
    assert "0 lines are whole" in run()
