"""Every test has a keyring of its own, and a dossier to seal under."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.sealing.keyrings import Keyring, get_keyring
from tests.sealing.app.models import Dossier, Person


@pytest.fixture(autouse=True)
def keyring(tmp_path: Path, settings: Any) -> Keyring:
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": tmp_path / "keys" / "keyring.json"},
    }
    keyring = get_keyring()
    keyring.create()
    return keyring


@pytest.fixture
def dossier(db: None) -> Dossier:
    return Dossier.objects.create(reference="CPR-2026-0042", summary="Shouted at a caretaker")


@pytest.fixture
def person(dossier: Dossier) -> Person:
    return Person.objects.create(
        dossier=dossier,
        name="Wilhelmina Quagmire",
        alias="Billie",
        born_on=date(1980, 5, 17),
        details={"phones": ["01632 960001"]},
    )
