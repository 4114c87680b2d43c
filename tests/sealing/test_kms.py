"""The keyring behind AWS KMS, against moto's server."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto.server import ThreadedMotoServer

from cautionary_plugin.rules.errors import KeyUnavailable
from cautionary_plugin.sealing.cipher import new_key
from cautionary_plugin.sealing.escrow import export_keys, restore_keys
from cautionary_plugin.sealing.keyrings import FileKeyring
from cautionary_plugin.sealing.kms import KmsKeyring

REGION = "eu-west-2"


class Kms:
    """A KMS to be asked, counted and switched off."""

    def __init__(self) -> None:
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        self.client = boto3.client("kms", region_name=REGION, endpoint_url=self.url)
        self.key_id = self.client.create_key()["KeyMetadata"]["KeyId"]

    def keyring(self, path: Path) -> KmsKeyring:
        return KmsKeyring(path, self.key_id, region_name=REGION, endpoint_url=self.url, timeout=0.5)


@pytest.fixture(scope="module", autouse=True)
def credentials() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("AWS_"):
                patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield


@pytest.fixture(scope="module")
def kms(credentials: None) -> Iterator[Kms]:
    kms = Kms()
    yield kms
    kms.server.stop()


@pytest.fixture
def mortal_kms() -> Kms:
    """One that the test itself switches off."""
    return Kms()


def count_calls(keyring: KmsKeyring) -> list[str]:
    calls: list[str] = []
    keyring._client.meta.events.register(
        "before-call.kms", lambda model, **_: calls.append(model.name)
    )
    return calls


def test_wrapped_key_opens_in_another_process(kms: Kms, tmp_path: Path) -> None:
    mine, other = kms.keyring(tmp_path / "keys.json"), kms.keyring(tmp_path / "keys.json")
    mine.create()
    key = new_key()

    wrapping_id, wrapped = mine.wrap(key, context=b"row")

    assert other.unwrap(wrapping_id, wrapped, context=b"row") == key


def test_file_holds_no_key_in_the_open(kms: Kms, tmp_path: Path) -> None:
    keyring = kms.keyring(tmp_path / "keys.json")
    wrapping_id = keyring.create()

    material = keyring.file.read().keys[wrapping_id].material

    assert keyring.reveal()[wrapping_id].key.raw not in material


def test_many_keys_cost_one_call(kms: Kms, tmp_path: Path) -> None:
    kms.keyring(tmp_path / "keys.json").create()
    keyring = kms.keyring(tmp_path / "keys.json")
    calls = count_calls(keyring)

    for _ in range(200):
        wrapping_id, wrapped = keyring.wrap(new_key(), context=b"row")
        keyring.unwrap(wrapping_id, wrapped, context=b"row")

    assert calls == ["Decrypt"]


def test_change_of_the_file_costs_no_call_for_keys_known(kms: Kms, tmp_path: Path) -> None:
    keyring = kms.keyring(tmp_path / "keys.json")
    old_id = keyring.create()
    _, wrapped = keyring.wrap(new_key(), context=b"row")
    kms.keyring(tmp_path / "keys.json").add()
    calls = count_calls(keyring)

    keyring.unwrap(old_id, wrapped, context=b"row")

    assert calls == []


def test_kms_away_is_key_unavailable(mortal_kms: Kms, tmp_path: Path) -> None:
    mortal_kms.keyring(tmp_path / "keys.json").create()
    mortal_kms.server.stop()
    keyring = mortal_kms.keyring(tmp_path / "keys.json")

    with pytest.raises(KeyUnavailable, match="KMS does not answer: EndpointConnectionError"):
        keyring.wrap(new_key(), context=b"row")
    with pytest.raises(KeyUnavailable):
        keyring.add()


def test_kms_away_leaves_an_opened_keyring_working(mortal_kms: Kms, tmp_path: Path) -> None:
    keyring = mortal_kms.keyring(tmp_path / "keys.json")
    keyring.create()
    key = new_key()
    wrapping_id, wrapped = keyring.wrap(key, context=b"row")

    mortal_kms.server.stop()

    assert keyring.unwrap(wrapping_id, wrapped, context=b"row") == key


def test_refusal_by_kms_is_key_unavailable(kms: Kms, tmp_path: Path) -> None:
    kms.keyring(tmp_path / "keys.json").create()
    keyring = kms.keyring(tmp_path / "keys.json")

    with Stubber(keyring._client) as stubber:
        stubber.add_client_error("decrypt", "AccessDeniedException", "not for this role")
        with pytest.raises(KeyUnavailable, match="KMS refused decrypt: AccessDeniedException"):
            keyring.wrap(new_key(), context=b"row")


def test_unknown_kms_key_makes_no_file(kms: Kms, tmp_path: Path) -> None:
    keyring = KmsKeyring(
        tmp_path / "keys.json", "alias/nothing", region_name=REGION, endpoint_url=kms.url
    )

    with pytest.raises(KeyUnavailable, match="NotFound"):
        keyring.create()

    assert not keyring.file.path.exists()


def test_no_region_is_key_unavailable(
    kms: Kms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    with pytest.raises(KeyUnavailable, match="NoRegionError"):
        KmsKeyring(tmp_path / "keys.json", kms.key_id).create()


def test_material_under_another_id_is_refused(kms: Kms, tmp_path: Path) -> None:
    keyring = kms.keyring(tmp_path / "keys.json")
    wrapping_id = keyring.create()
    text = keyring.file.path.read_text()
    keyring.file.path.write_text(text.replace(wrapping_id, "k-0123456789abcdef"))

    with pytest.raises(KeyUnavailable, match="InvalidCiphertext"):
        kms.keyring(tmp_path / "keys.json").wrap(new_key(), context=b"row")


def test_escrow_moves_a_site_from_a_file_to_kms(kms: Kms, tmp_path: Path) -> None:
    file, behind_kms = FileKeyring(tmp_path / "a.json"), kms.keyring(tmp_path / "b.json")
    file.create()
    key = new_key()
    wrapping_id, wrapped = file.wrap(key, context=b"row")

    passphrase = "correct horse battery"
    restore_keys(behind_kms, export_keys(file, passphrase, cost=2**4), passphrase)

    assert kms.keyring(tmp_path / "b.json").unwrap(wrapping_id, wrapped, context=b"row") == key


def test_problems_ask_kms_nothing(kms: Kms, tmp_path: Path) -> None:
    kms.keyring(tmp_path / "keys.json").create()
    keyring = kms.keyring(tmp_path / "keys.json")
    calls: Any = count_calls(keyring)

    assert keyring.problems() == []
    assert calls == []
