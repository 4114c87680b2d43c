"""A keyring whose file is useless without AWS KMS.

The file holds what ``GenerateDataKey`` returned for each wrapping key. KMS opens each once per
process, so a hundred thousand file keys cost one call.
"""

from functools import cached_property
from os import PathLike
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cautionary_plugin.rules.errors import KeyUnavailable
from cautionary_plugin.sealing.cipher import Key
from cautionary_plugin.sealing.keyrings import Keyring

PURPOSE = "cautionary_plugin keyring"


class KmsKeyring(Keyring):
    """Wrapping keys sealed by a KMS key of the council's own AWS account.

    :param path: the file for the sealed wrapping keys.
    :param key_id: id, ARN or alias of a symmetric KMS key.
    :param region_name: AWS region; else what boto3 finds in its own configuration.
    :param endpoint_url: another address of KMS, such as a VPC endpoint.
    :param timeout: seconds to wait for a connection and for an answer; one retry.

    Credentials come from boto3's own chain: an instance role, the environment, a profile.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        key_id: str,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        timeout: float = 2,
    ) -> None:
        super().__init__(path)
        self.key_id = key_id
        self._region_name = region_name
        self._endpoint_url = endpoint_url
        self._timeout = timeout

    def _make(self, wrapping_id: str) -> tuple[Key, bytes]:
        answer = self._ask("generate_data_key", wrapping_id, KeySpec="AES_256")
        return Key(answer["Plaintext"]), answer["CiphertextBlob"]

    def _open(self, wrapping_id: str, material: bytes) -> Key:
        return Key(self._ask("decrypt", wrapping_id, CiphertextBlob=material)["Plaintext"])

    def _shut(self, wrapping_id: str, key: Key) -> bytes:
        return bytes(self._ask("encrypt", wrapping_id, Plaintext=key.raw)["CiphertextBlob"])

    def _ask(self, operation: str, wrapping_id: str, **arguments: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(
                KeyId=self.key_id,
                EncryptionContext={"purpose": PURPOSE, "wrapping_key": wrapping_id},
                **arguments,
            )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "unknown error")
            raise KeyUnavailable(f"KMS refused {operation}: {code}.") from None
        except BotoCoreError as error:
            raise KeyUnavailable(f"KMS does not answer: {type(error).__name__}.") from None
        return answer

    @cached_property
    def _client(self) -> Any:
        return boto3.client(
            "kms",
            region_name=self._region_name,
            endpoint_url=self._endpoint_url,
            config=Config(
                connect_timeout=self._timeout,
                read_timeout=self._timeout,
                retries={"total_max_attempts": 2, "mode": "standard"},
            ),
        )
