"""The keyring in a file: several keys, one current, and no key lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.rules.errors import CannotOpen, KeyUnavailable
from cautionary_plugin.sealing.cipher import new_key
from cautionary_plugin.sealing.keyrings import FileKeyring, Keyring, get_keyring


def test_unwrap_gives_back_the_key(keyring: Keyring) -> None:
    key = new_key()

    wrapping_id, wrapped = keyring.wrap(key, context=b"row")

    assert wrapping_id == keyring.current
    assert key.raw not in wrapped
    assert keyring.unwrap(wrapping_id, wrapped, context=b"row") == key


def test_unwrap_refuses_another_context(keyring: Keyring) -> None:
    wrapping_id, wrapped = keyring.wrap(new_key(), context=b"row")

    with pytest.raises(CannotOpen):
        keyring.unwrap(wrapping_id, wrapped, context=b"another row")


def test_add_makes_a_new_current_key_and_keeps_the_old(keyring: Keyring) -> None:
    key = new_key()
    old_id, wrapped = keyring.wrap(key, context=b"row")

    new_id = keyring.add()

    assert keyring.current == new_id != old_id
    assert keyring.wrap(key, context=b"row")[0] == new_id
    assert keyring.unwrap(old_id, wrapped, context=b"row") == key


def test_retire_forgets_the_key(keyring: Keyring) -> None:
    old_id, wrapped = keyring.wrap(new_key(), context=b"row")
    keyring.add()

    keyring.retire(old_id)

    assert set(keyring.made_at()) == {keyring.current}
    with pytest.raises(KeyUnavailable, match=old_id):
        keyring.unwrap(old_id, wrapped, context=b"row")


def test_retire_refuses_the_current_key(keyring: Keyring) -> None:
    with pytest.raises(KeyUnavailable):
        keyring.retire(keyring.current)

    assert keyring.current in keyring.made_at()


def test_retire_refuses_a_key_it_does_not_have(keyring: Keyring) -> None:
    with pytest.raises(KeyUnavailable):
        keyring.retire("k-0000")


def test_change_by_another_process_is_heard(keyring: Keyring) -> None:
    other = FileKeyring(keyring.file.path)
    keyring.wrap(new_key(), context=b"row")
    key = new_key()

    new_id = other.add()
    wrapping_id, wrapped = other.wrap(key, context=b"row")

    assert keyring.current == new_id
    assert keyring.unwrap(wrapping_id, wrapped, context=b"row") == key


def test_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "keyring.json"
    keyring = FileKeyring(path)

    for attempt in (lambda: keyring.current, keyring.add, keyring.stamp, keyring.reveal):
        with pytest.raises(KeyUnavailable, match="cautionary_keys create"):
            attempt()

    assert not path.parent.exists()


def test_vanished_file_is_noticed_at_once(keyring: Keyring) -> None:
    wrapping_id, wrapped = keyring.wrap(new_key(), context=b"row")

    keyring.file.path.unlink()

    with pytest.raises(KeyUnavailable):
        keyring.unwrap(wrapping_id, wrapped, context=b"row")


def test_file_out_of_reach_is_refused(keyring: Keyring) -> None:
    keyring.file.path.unlink()
    keyring.file.path.mkdir()

    with pytest.raises(KeyUnavailable, match="cannot be read"):
        keyring.wrap(new_key(), context=b"row")


def test_folder_that_another_worker_makes_meanwhile_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring, make = FileKeyring(tmp_path / "new" / "keyring.json"), Path.mkdir

    def mkdir_a_moment_late(folder: Path, *args: Any, **options: Any) -> None:
        make(folder)
        make(folder, *args, **options)

    monkeypatch.setattr(Path, "mkdir", mkdir_a_moment_late)
    keyring.create()

    assert keyring.current


def test_file_in_the_place_of_the_folder_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    for path in ("file/keyring.json", "file/inner/keyring.json"):
        with pytest.raises(KeyUnavailable, match="cannot be read"):
            FileKeyring(tmp_path / path).create()


def test_create_never_overwrites(keyring: Keyring) -> None:
    before = keyring.file.path.read_bytes()

    with pytest.raises(KeyUnavailable, match="exists already"):
        FileKeyring(keyring.file.path).create()

    assert keyring.file.path.read_bytes() == before


def test_create_shuts_out_others(keyring: Keyring) -> None:
    path = keyring.file.path

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert (path.parent / ".gitignore").read_text() == "*\n"
    assert keyring.problems() == []


def test_add_keeps_others_shut_out(keyring: Keyring) -> None:
    keyring.add()

    assert keyring.file.path.stat().st_mode & 0o777 == 0o600
    assert not list(keyring.file.path.parent.glob("keyring.json.?*[!k]"))


def test_create_leaves_an_existing_folder_as_it_is(tmp_path: Path) -> None:
    FileKeyring(tmp_path / "keyring.json").create()

    assert not (tmp_path / ".gitignore").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_problems_name_a_file_that_others_can_reach(keyring: Keyring, mode: int) -> None:
    keyring.file.path.chmod(mode)

    assert ["chmod 600" in problem for problem in keyring.problems()] == [True]


def test_problems_name_a_folder_that_others_can_write_to(keyring: Keyring) -> None:
    keyring.file.path.parent.chmod(0o770)

    assert ["chmod 700" in problem for problem in keyring.problems()] == [True]


def test_problems_name_a_missing_file(tmp_path: Path) -> None:
    problems = FileKeyring(tmp_path / "keyring.json").problems()

    assert ["cautionary_keys create" in problem for problem in problems] == [True]
    assert "on a new site 'cautionary_setup' makes it" in problems[0]


def damaged(content: dict[str, Any]) -> list[str]:
    return [
        "",
        "null",
        "[]",
        "{",
        json.dumps({**content, "version": 2}),
        json.dumps({**content, "current": "k-other"}),
        json.dumps({**content, "keys": {}}),
        json.dumps({**content, "keys": {content["current"]: {"made_at": "x", "material": ""}}}),
    ]


@pytest.mark.parametrize("which", range(8))
def test_damaged_file_is_refused_without_showing_it(keyring: Keyring, which: int) -> None:
    content = json.loads(keyring.file.path.read_text())
    keyring.file.path.write_text(damaged(content)[which])

    with pytest.raises(KeyUnavailable, match="is damaged") as refusal:
        keyring.wrap(new_key(), context=b"row")

    material = content["keys"][content["current"]]["material"]
    assert material not in str(refusal.value)
    assert ["is damaged" in problem for problem in keyring.problems()] == [True]


def test_failed_write_leaves_the_file_as_it_was(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keyring.file.path.read_bytes()

    def disk_is_full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_is_full)
    with pytest.raises(OSError, match="No space left"):
        keyring.add()

    assert keyring.file.path.read_bytes() == before
    assert {file.name for file in keyring.file.path.parent.iterdir()} == {
        ".gitignore",
        "keyring.json",
        "keyring.json.lock",
    }


def test_roots_work_is_handed_to_the_sites_account(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners: dict[str, tuple[int, int]] = {}
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("os.chown", lambda name, *owner: owners.update({str(name): owner}))

    keyring.add()

    folder = keyring.file.path.parent.stat()
    assert len(owners) == 2  # the new file under its first name, and the lock
    assert set(owners.values()) == {(folder.st_uid, folder.st_gid)}


WRITER = """
import sys
from cautionary_plugin.sealing.keyrings import FileKeyring
keyring = FileKeyring(sys.argv[1])
print(*[keyring.add() for _ in range(15)])
"""


def test_writers_at_the_same_time_lose_nothing(keyring: Keyring) -> None:
    first = keyring.current
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(keyring.file.path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    added = {wrapping_id for writer in writers for wrapping_id in writer.communicate()[0].split()}

    assert len(added) == 45
    assert set(keyring.made_at()) == {first, *added}
    assert keyring.current in added


def test_keys_are_not_shown_in_reprs(keyring: Keyring) -> None:
    (key,) = keyring.reveal().values()
    stored = keyring.file.read()

    assert repr(key.key.raw) not in repr(key)
    assert repr(key.key.raw) not in repr(stored)


def test_get_keyring_is_the_same_for_the_same_setting(keyring: Keyring) -> None:
    assert get_keyring() is get_keyring() is keyring


def test_get_keyring_follows_the_setting(keyring: Keyring, tmp_path: Path, settings: Any) -> None:
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": tmp_path / "other.json"},
    }

    assert get_keyring() is not keyring
    assert get_keyring().file.path == tmp_path / "other.json"


def test_default_keyring_lies_beside_the_project(settings: Any) -> None:
    del settings.CAUTIONARY_KEYRING

    assert get_keyring().file.path == Path(settings.BASE_DIR) / ".cautionary" / "keyring.json"
