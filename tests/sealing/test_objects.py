"""Sealed objects: in a folder and in a bucket, and gone with every version."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import storages

from cautionary_plugin.rules.errors import CannotOpen, NotStored
from cautionary_plugin.sealing import objects
from cautionary_plugin.sealing.cipher import new_key
from cautionary_plugin.sealing.streams import CHUNK_BYTES
from tests.servers.moto import bucket, everything_in, s3
from tests.storages import BUCKET, FOLDER, files_in, keep_evidence_in

KEY, OWNER = new_key(), uuid4()
CONTENT = b"marmalade guillotine " * (3 * CHUNK_BYTES // 21)


@pytest.fixture(scope="module")
def options() -> Iterator[dict[str, Any]]:
    with bucket() as found:
        yield found


@pytest.fixture
def in_bucket(settings: Any, options: dict[str, Any]) -> dict[str, Any]:
    mine = {**options, "location": uuid4().hex}
    keep_evidence_in(settings, BUCKET, mine)
    return mine


@pytest.fixture
def in_folder(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    keep_evidence_in(settings, FOLDER, {"location": folder})
    return folder


@pytest.fixture(params=["in_folder", "in_bucket"])
def storage(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def put(content: bytes = CONTENT) -> str:
    name = objects.random_name()
    objects.put(KEY, BytesIO(content), name=name, owner=OWNER)
    return name


def get(name: str, **part: Any) -> bytes:
    return b"".join(objects.get(KEY, name=name, **{"owner": OWNER, **part}))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, len(CONTENT)])
def test_content_comes_back(storage: Any, size: int) -> None:
    assert get(put(CONTENT[:size])) == CONTENT[:size]


def test_part_comes_back(storage: Any) -> None:
    assert get(put(), start=70_000, stop=70_010) == CONTENT[70_000:70_010]


def test_object_opens_for_its_own_row_only(storage: Any) -> None:
    name = put()

    with pytest.raises(CannotOpen):
        get(name, owner=uuid4())
    with pytest.raises(CannotOpen):
        objects.get(new_key(), name=name, owner=OWNER)


def test_removed_object_is_gone_and_removing_again_is_no_error(storage: Any) -> None:
    name, other = put(), put()

    assert objects.remove(name) == 1
    assert objects.remove(name) == 0

    with pytest.raises(NotStored, match="not in the storage"):
        get(name)
    assert get(other) == CONTENT


def test_bucket_holds_ciphertext_under_random_names(in_bucket: dict[str, Any]) -> None:
    put()

    mine = {
        key: raw
        for (key, _version), raw in everything_in(in_bucket).items()
        if key.startswith(in_bucket["location"])
    }
    assert len(mine) == 1
    assert not any(b"marmalade" in raw for raw in mine.values())


def test_every_version_and_delete_marker_goes(in_bucket: dict[str, Any]) -> None:
    name = put()
    client, key = s3(in_bucket), f"{in_bucket['location']}/{name}"
    neighbour = f"{key}0"  # begins like it
    for body in (b"older", b"newer"):
        client.put_object(Bucket=in_bucket["bucket_name"], Key=key, Body=body)
        client.put_object(Bucket=in_bucket["bucket_name"], Key=neighbour, Body=body)
    client.delete_object(Bucket=in_bucket["bucket_name"], Key=key)

    assert objects.remove(name) == 4

    left = [key for key, _version in everything_in(in_bucket) if name in key]
    assert left == [neighbour, neighbour]


def test_bucket_that_is_not_there_is_said(in_bucket: dict[str, Any], settings: Any) -> None:
    name = put()
    keep_evidence_in(settings, BUCKET, {**in_bucket, "bucket_name": "there-is-none"})

    for attempt in (put, lambda: get(name), lambda: objects.remove(name)):
        with pytest.raises(NotStored):
            attempt()


def test_name_that_is_taken_is_not_written_over(in_folder: Path) -> None:
    name = put(b"first")

    with pytest.raises(NotStored):
        objects.put(KEY, BytesIO(b"second"), name=name, owner=OWNER)

    assert get(name) == b"first"
    assert len(files_in(in_folder)) == 1
    assert storages["evidence"].exists(name)
