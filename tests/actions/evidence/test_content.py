"""What a file is, by its content alone."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

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


def test_part_that_unpacks_to_gigabytes_is_never_unpacked() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive, archive.open("mimetype", "w") as part:
        for _megabyte in range(64):
            part.write(bytes(1_000_000))

    tracemalloc.start()
    with pytest.raises(BadInput):
        kind_of(packed)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 20_000_000


def test_document_with_a_damaged_part_is_refused_in_words() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", bytes(39))
    damaged = bytearray(packed.getvalue())
    damaged[38:40] = b"\xff\xff"

    with pytest.raises(BadInput):
        kind_of(BytesIO(bytes(damaged)))
