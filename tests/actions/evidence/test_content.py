"""What a file is, by its content alone."""

from io import BytesIO

import pytest

from cautionary_plugin.actions.evidence.content import kind_of
from cautionary_plugin.rules.errors import BadInput
from tests.files import NOT_TAKEN, TAKEN


@pytest.mark.clause("A9")
@pytest.mark.parametrize("name", TAKEN)
def test_kind_is_told_from_the_content(name: str) -> None:
    content, kind = TAKEN[name]
    file = BytesIO(content)

    assert kind_of(file) == kind
    assert file.tell() == 0


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_could_run_or_cannot_be_looked_at_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadInput) as refusal:
        kind_of(BytesIO(NOT_TAKEN[name]))

    (sentence,) = refusal.value.problems["file"]
    assert sentence.endswith(".")
