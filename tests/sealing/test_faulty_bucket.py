"""A bucket that is down, closed, stalled, cut short or slow: a plain error, nothing orphaned."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from botocore.config import Config

from cautionary_plugin.rules.errors import NotStored
from cautionary_plugin.sealing import objects
from cautionary_plugin.sealing.cipher import new_key
from cautionary_plugin.sealing.streams import CHUNK_BYTES
from tests.servers.faulty import Fault, Proxy, faulty
from tests.servers.moto import bucket, everything_in, s3
from tests.storages import BUCKET, keep_evidence_in

KEY, OWNER = new_key(), uuid4()
CONTENT = b"marmalade guillotine " * (3 * CHUNK_BYTES // 21)
IMPATIENT = Config(connect_timeout=1, read_timeout=0.3, retries={"total_max_attempts": 1})

SAID = "does not answer. Try again in a few minutes"


@pytest.fixture(scope="module")
def options() -> Iterator[dict[str, Any]]:
    with bucket() as found:
        yield found


@pytest.fixture
def proxy(settings: Any, options: dict[str, Any]) -> Iterator[Proxy]:
    mine = {**options, "location": uuid4().hex, "client_config": IMPATIENT}
    with faulty(mine) as found:
        keep_evidence_in(settings, BUCKET, found.options)
        yield found


def put(content: bytes = CONTENT) -> str:
    name = objects.random_name()
    objects.put(KEY, BytesIO(content), name=name, owner=OWNER)
    return name


def get(name: str, **part: Any) -> bytes:
    return b"".join(objects.get(KEY, name=name, owner=OWNER, **part))


def left(proxy: Proxy, options: dict[str, Any]) -> list[str]:
    """The names of what lies in the bucket, past the proxy."""
    location = proxy.options["location"]
    return [key for key, _version in everything_in(options) if key.startswith(location)]


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.FORBIDDEN, Fault.STALLED])
def test_bucket_that_takes_nothing_is_said_and_holds_nothing(
    proxy: Proxy, options: dict[str, Any], fault: Fault
) -> None:
    proxy.fault = fault

    with pytest.raises(NotStored, match=SAID):
        put()

    assert left(proxy, options) == []


def test_object_whose_storing_went_unheard_is_taken_away_again(
    proxy: Proxy, options: dict[str, Any]
) -> None:
    proxy.faults = [Fault.ANSWER_LOST]

    with pytest.raises(NotStored, match=SAID):
        put()

    assert proxy.seen[0][0] == "PUT"
    assert left(proxy, options) == []


def test_object_that_may_be_there_while_the_bucket_is_down_is_no_second_error(
    proxy: Proxy, options: dict[str, Any]
) -> None:
    proxy.faults, proxy.fault = [Fault.ANSWER_LOST], Fault.DOWN

    with pytest.raises(NotStored, match=SAID):
        put()

    assert len(left(proxy, options)) == 1  # reconciled a day later


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.FORBIDDEN, Fault.STALLED, Fault.TRUNCATED])
def test_object_that_cannot_be_read_whole_is_said_before_its_first_byte(
    proxy: Proxy, fault: Fault
) -> None:
    name = put()
    proxy.fault = fault

    with pytest.raises(NotStored, match=SAID):
        objects.get(KEY, name=name, owner=OWNER)


def test_part_is_fetched_as_a_part(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cautionary_plugin.sealing.buckets.AT_ONCE", CHUNK_BYTES)
    content = b"marmalade guillotine " * (20 * CHUNK_BYTES // 21)
    name = put(content)
    proxy.seen.clear()

    assert get(name, start=70_000, stop=70_010) == content[70_000:70_010]
    assert len(proxy.seen) <= 6  # of at least 20 such parts
    assert get(name) == content


def test_bucket_that_dribbles_is_waited_for(proxy: Proxy) -> None:
    name = put()
    proxy.fault = Fault.SLOW

    assert get(name, start=70_000, stop=70_010) == CONTENT[70_000:70_010]


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.FORBIDDEN, Fault.STALLED])
def test_object_that_is_not_let_go_is_said_and_goes_later(
    proxy: Proxy, options: dict[str, Any], fault: Fault
) -> None:
    name = put()
    proxy.fault = fault
    with pytest.raises(NotStored, match=SAID):
        objects.remove(name)
    proxy.fault = Fault.NONE

    assert objects.remove(name) == 1
    assert left(proxy, options) == []


def test_encryption_of_the_bucket_is_asked_for_where_the_site_says_so(
    settings: Any, options: dict[str, Any]
) -> None:
    mine = {**options, "object_parameters": {"ServerSideEncryption": "AES256"}}
    keep_evidence_in(settings, BUCKET, mine)

    head = s3(options).head_object(Bucket=options["bucket_name"], Key=put())

    assert head["ServerSideEncryption"] == "AES256"
