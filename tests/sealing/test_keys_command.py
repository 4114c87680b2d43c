"""``cautionary_keys``, as an administrator meets it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cautionary_plugin.sealing import escrow
from cautionary_plugin.sealing.keyrings import Keyring, get_keyring
from tests.sealing.app.models import Dossier

pytestmark = pytest.mark.django_db
PASSPHRASE = "copper kettle sixpence"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escrow.export_keys, "__kwdefaults__", {"cost": 2**4})


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


def run(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("cautionary_keys", *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_create_makes_the_keyring(keyring: Keyring) -> None:
    keyring.file.path.unlink()

    said = run("create")

    assert keyring.current in said
    assert "escrow" in said


def test_create_refuses_to_overwrite(keyring: Keyring) -> None:
    with pytest.raises(CommandError, match="exists already") as refusal:
        run("create")

    assert refusal.value.returncode == 1


def test_status_tells_the_keys_and_what_uses_them(keyring: Keyring) -> None:
    Dossier.objects.bulk_create(Dossier() for _ in range(3))
    old = keyring.current
    keyring.add()

    lines = run("status").splitlines()

    assert lines[0] == f"FileKeyring at {keyring.file.path}"
    assert lines[1].split()[0] == old
    assert lines[1].endswith("old, 3 files")
    assert lines[2].endswith("current, 0 files")
    assert lines[3:] == ["What is stored opens."]


def test_status_shows_no_key(keyring: Keyring) -> None:
    said = run("status")

    assert keyring.file.path.read_text().split('"material": "')[1][:20] not in said


def test_status_fails_when_something_is_to_be_put_right(keyring: Keyring) -> None:
    keyring.file.path.chmod(0o644)

    with pytest.raises(CommandError) as refusal:
        run("status")

    assert refusal.value.returncode == 1


def test_status_fails_without_a_keyring(keyring: Keyring) -> None:
    keyring.file.path.unlink()

    with pytest.raises(CommandError, match="cautionary_keys create"):
        run("status")


def test_status_fails_when_what_is_stored_does_not_open(dossier: Dossier, keyring: Keyring) -> None:
    keyring.file.path.unlink()
    get_keyring().create()

    with pytest.raises(CommandError, match="restore it from escrow"):
        run("status")


def test_rotate_and_retire_replace_the_key(keyring: Keyring) -> None:
    Dossier.objects.bulk_create(Dossier() for _ in range(3))
    old = keyring.current

    said = run("rotate")
    assert "3 of 3 files" in said
    assert f"3 files are under the new key {keyring.current}" in said
    assert "No key to forget" in run("retire")
    assert f"Forgot the key {old}" in run("retire", "--now")

    assert list(keyring.made_at()) == [keyring.current]


def test_escrow_and_restore_bring_the_keys_back(
    dossier: Dossier, keyring: Keyring, tmp_path: Path, passphrase_file: Path
) -> None:
    file = tmp_path / "escrow.json"
    run("escrow", "--to", file, "--passphrase-file", passphrase_file)
    keyring.file.path.unlink()

    said = run("restore", "--from", file, "--passphrase-file", passphrase_file)

    assert said.endswith("keyring.json: 1.\n")
    assert file.stat().st_mode & 0o777 == 0o600
    assert Dossier.objects.get().summary == "Shouted at a caretaker"


def test_escrow_overwrites_nothing(tmp_path: Path, passphrase_file: Path) -> None:
    file = tmp_path / "escrow.json"
    file.write_text("last year's")

    with pytest.raises(CommandError, match=r"escrow\.json: File exists"):
        run("escrow", "--to", file, "--passphrase-file", passphrase_file)

    assert file.read_text() == "last year's"


def test_escrow_asks_twice_for_the_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([PASSPHRASE, "copper kettle sixpense"])
    monkeypatch.setattr(
        "cautionary_plugin.management.commands.cautionary_keys.getpass", lambda _: next(answers)
    )

    with pytest.raises(CommandError, match="differ"):
        run("escrow", "--to", tmp_path / "escrow.json")

    assert not (tmp_path / "escrow.json").exists()


def test_escrow_refuses_a_short_passphrase(tmp_path: Path, passphrase_file: Path) -> None:
    passphrase_file.write_text("short")

    with pytest.raises(CommandError, match="at least 15 characters"):
        run("escrow", "--to", tmp_path / "escrow.json", "--passphrase-file", passphrase_file)


def test_restore_tells_a_wrong_passphrase(
    keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase_file: Path
) -> None:
    file = tmp_path / "escrow.json"
    run("escrow", "--to", file, "--passphrase-file", passphrase_file)
    monkeypatch.setattr(
        "cautionary_plugin.management.commands.cautionary_keys.getpass", lambda _: "wrong one"
    )

    with pytest.raises(CommandError, match="The passphrase is wrong"):
        run("restore", "--from", file)


def test_restore_tells_a_missing_file(tmp_path: Path, passphrase_file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run("restore", "--from", tmp_path / "no.json", "--passphrase-file", passphrase_file)


def test_unknown_job_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        run("destroy")
