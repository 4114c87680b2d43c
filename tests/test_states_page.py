"""The diagrams in the docs are those of the tables."""

from tests.states import PAGE, page


def test_diagrams_are_drawn_from_the_tables_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
