"""Refusing to serve when nothing would open."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.rules.errors import CannotOpen, KeyUnavailable
from cautionary_plugin.sealing import health
from cautionary_plugin.sealing.health import SECONDS, check_opens
from cautionary_plugin.sealing.holders import KEY_FIELDS, holder_models
from cautionary_plugin.sealing.keyrings import FileKeyring, Keyring
from tests.sealing.app.models import Dossier

pytestmark = pytest.mark.django_db


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    health._last = None
    yield Clock()
    health._last = None


def test_all_is_well_on_a_new_site(clock: Clock) -> None:
    check_opens(clock=clock)

    assert health._last is not None
    assert health._last.error is None


def test_all_is_well_with_keys_under_several_wrapping_keys(keyring: Keyring, clock: Clock) -> None:
    for _ in range(3):
        Dossier.objects.create()
        keyring.add()

    check_opens(clock=clock)


def test_missing_keyring_is_refused(dossier: Dossier, keyring: Keyring, clock: Clock) -> None:
    check_opens(clock=clock)
    keyring.file.path.unlink()

    with pytest.raises(KeyUnavailable):
        check_opens(clock=clock)


def test_missing_wrapping_key_is_refused(keyring: Keyring, clock: Clock) -> None:
    Dossier.objects.create()
    old = keyring.current
    keyring.add()
    Dossier.objects.create()
    check_opens(clock=clock)

    keyring.retire(old)

    with pytest.raises(KeyUnavailable, match=old):
        check_opens(clock=clock)


def test_keyring_of_another_site_is_refused(
    dossier: Dossier, keyring: Keyring, clock: Clock, tmp_path: Path
) -> None:
    other = FileKeyring(tmp_path / "other.json")
    other.create()
    text = other.file.path.read_text().replace(other.current, keyring.current)
    keyring.file.path.write_text(text)

    with pytest.raises(CannotOpen):
        check_opens(clock=clock)


def test_restored_keyring_is_heard_at_once(
    dossier: Dossier, keyring: Keyring, clock: Clock
) -> None:
    content = keyring.file.path.read_bytes()
    keyring.file.path.write_text("{}")
    with pytest.raises(KeyUnavailable):
        check_opens(clock=clock)

    keyring.file.path.write_bytes(content)

    check_opens(clock=clock)


@pytest.mark.parametrize("sound", range(3))
def test_spoilt_rows_beside_a_sound_one_do_not_close_the_register(clock: Clock, sound: int) -> None:
    dossiers = [Dossier.objects.create() for _ in range(3)]
    spoilt = [dossier.pk for dossier in dossiers if dossier != dossiers[sound]]
    Dossier.objects.filter(pk__in=spoilt).update(wrapped_key=b"\x01" + bytes(60))

    check_opens(clock=clock)

    assert health._last is not None
    assert health._last.error is None


def test_nothing_but_spoilt_rows_closes_the_register(clock: Clock) -> None:
    Dossier.objects.bulk_create(Dossier() for _ in range(4))
    Dossier.objects.update(wrapped_key=b"\x01" + bytes(60))

    with pytest.raises(CannotOpen):
        check_opens(clock=clock)


def test_destroyed_keys_are_passed_over(dossier: Dossier, clock: Clock) -> None:
    dossier.forget_key()
    dossier.save(update_fields=KEY_FIELDS)

    check_opens(clock=clock)


def test_outcome_holds_for_a_while(
    dossier: Dossier, clock: Clock, django_assert_num_queries: Any
) -> None:
    check_opens(clock=clock)

    clock.now += SECONDS - 0.01
    with django_assert_num_queries(0):
        check_opens(clock=clock)
    clock.now += 0.02
    with django_assert_num_queries(len(holder_models()) + 1):
        check_opens(clock=clock)


def test_refusal_holds_for_a_while(
    dossier: Dossier, keyring: Keyring, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def refuse(*_: Any, **__: Any) -> None:
        asked.append(1)
        raise KeyUnavailable("KMS does not answer.")

    monkeypatch.setattr(keyring, "wrap", refuse)
    for _ in range(3):
        with pytest.raises(KeyUnavailable, match="KMS does not answer"):
            check_opens(clock=clock)

    assert len(asked) == 1


def test_number_of_rows_does_not_matter(clock: Clock, django_assert_num_queries: Any) -> None:
    Dossier.objects.bulk_create(Dossier() for _ in range(50))

    with django_assert_num_queries(len(holder_models()) + 1):
        check_opens(clock=clock)
