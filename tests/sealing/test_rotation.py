"""Rotation: every key under the new wrapping key, whatever happens meanwhile."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from cautionary_plugin.rules.errors import CannotOpen, KeyUnavailable
from cautionary_plugin.sealing.cipher import Key
from cautionary_plugin.sealing.holders import KEY_FIELDS
from cautionary_plugin.sealing.keyrings import Keyring
from cautionary_plugin.sealing.rotation import (
    finish,
    retire_unused,
    rewrap_all,
    rotate,
    rows_to_wrap,
    usage,
)
from tests.sealing.app.models import Dossier, Person

pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(0)


def now() -> datetime:
    return datetime.now(UTC)


def make(count: int) -> list[Dossier]:
    return Dossier.objects.bulk_create(Dossier(summary=f"Summary {n}") for n in range(count))


def summaries() -> set[str]:
    return {dossier.summary for dossier in Dossier.objects.all()}


def test_rotate_puts_all_under_the_new_key(keyring: Keyring) -> None:
    make(7)
    old = keyring.current

    assert rotate(batch=3) == 7

    assert keyring.current != old
    assert usage() == {keyring.current: 7}
    assert summaries() == {f"Summary {n}" for n in range(7)}


def test_rotate_keeps_the_files_keys_and_values(person: Person) -> None:
    key, (token,) = person.dossier.file_key, Person.objects.values_list("name", flat=True)

    rotate()

    assert Dossier.objects.get().file_key == key
    assert list(Person.objects.values_list("name", flat=True)) == [token]


def test_rotate_reports_its_progress() -> None:
    make(5)
    told: list[tuple[int, int]] = []

    rotate(batch=2, progress=lambda done, total: told.append((done, total)))

    assert told == [(2, 5), (4, 5), (5, 5)]


def test_rotate_without_rows_makes_a_new_key(keyring: Keyring) -> None:
    old = keyring.current

    assert rotate() == 0

    assert keyring.current != old


def test_old_key_is_needed_until_done(keyring: Keyring) -> None:
    make(4)
    old = keyring.current

    with pytest.raises(InterruptedError):
        rotate(batch=1, progress=interrupted_after(2))

    assert usage() == {old: 2, keyring.current: 2}
    assert retire_unused(keyring, at=now(), rest=AT_ONCE) == []
    assert len(summaries()) == 4


def interrupted_after(rows: int) -> Any:
    def stop(done: int, total: int) -> None:
        if done >= rows:
            raise InterruptedError

    return stop


def test_rotate_resumes_under_the_same_new_key(keyring: Keyring) -> None:
    make(4)
    with pytest.raises(InterruptedError):
        rotate(batch=1, progress=interrupted_after(2))
    new = keyring.current

    assert rotate() == 2

    assert keyring.current == new
    assert usage() == {new: 4}


@pytest.mark.django_db(transaction=True)
def test_rotate_resumes_after_a_kill(keyring: Keyring) -> None:
    make(6)
    old = keyring.current
    arguments = {
        "database": str(connection.settings_dict["NAME"]),
        "keyring": str(keyring.file.path),
        "rows": 3,
    }

    killed = subprocess.run(
        [sys.executable, "-m", "tests.sealing.killed_rotation", json.dumps(arguments)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert usage() == {old: 3, keyring.current: 3}
    assert rotate() == 3
    assert finish(at=now(), rest=AT_ONCE) == [old]
    assert summaries() == {f"Summary {n}" for n in range(6)}


def test_finish_forgets_the_old_key_once_rested(keyring: Keyring) -> None:
    make(2)
    old = keyring.current
    rotate()

    assert finish(at=now()) == []
    assert finish(at=now() + timedelta(minutes=61)) == [old]

    assert set(keyring.made_at()) == {keyring.current}
    assert summaries() == {"Summary 0", "Summary 1"}


def test_finish_wraps_what_came_in_late(keyring: Keyring) -> None:
    late = Dossier(summary="Late")
    late.wrap_key()
    old = keyring.current
    rotate()
    late.save()
    assert usage() == {old: 1}

    assert finish(at=now(), rest=AT_ONCE) == [old]

    assert summaries() == {"Late"}


def test_finish_does_nothing_where_nothing_is_unfinished(keyring: Keyring) -> None:
    make(2)
    before = keyring.file.path.read_bytes()

    assert finish(at=now() + timedelta(days=1)) == []

    assert keyring.file.path.read_bytes() == before


def test_save_of_an_older_copy_does_not_bring_the_old_key_back(keyring: Keyring) -> None:
    make(1)
    older_copy = Dossier.objects.get()
    assert older_copy.summary == "Summary 0"
    rotate()

    older_copy.summary = "Changed"
    older_copy.save()
    finish(at=now(), rest=AT_ONCE)

    assert Dossier.objects.get().summary == "Changed"


def test_rotate_leaves_a_row_that_changed_under_its_hands(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(1)
    wrap = keyring.wrap

    def wrap_slowly(key: Key, *, context: bytes) -> tuple[str, bytes]:
        Dossier.objects.update(wrapped_key=b"", wrapping_key="")
        return wrap(key, context=context)

    monkeypatch.setattr(keyring, "wrap", wrap_slowly)

    assert rotate() == 0

    assert Dossier.objects.values_list("wrapping_key", flat=True).get() == ""


def test_rotate_passes_over_destroyed_keys(keyring: Keyring) -> None:
    dossier, _ = make(2)
    dossier.forget_key()
    dossier.save(update_fields=KEY_FIELDS)

    assert rotate() == 1

    assert rows_to_wrap(keyring) == 0


def test_rotate_goes_on_past_a_spoilt_row_and_keeps_the_old_key(keyring: Keyring) -> None:
    spoilt = make(5)[2]
    Dossier.objects.filter(pk=spoilt.pk).update(wrapped_key=b"\x01" + bytes(60))
    old = keyring.current

    with pytest.raises(CannotOpen, match="1 keys could not be wrapped anew"):
        rotate(batch=2)

    assert usage() == {old: 1, keyring.current: 4}
    assert retire_unused(keyring, at=now(), rest=AT_ONCE) == []


def test_rotate_stops_where_the_old_key_is_missing(keyring: Keyring) -> None:
    make(2)
    old = keyring.current
    keyring.add()
    keyring.retire(old)

    with pytest.raises(KeyUnavailable, match=old):
        rotate()


def test_rewrap_is_idempotent(keyring: Keyring) -> None:
    make(3)
    keyring.add()

    assert [rewrap_all(keyring), rewrap_all(keyring)] == [3, 0]
