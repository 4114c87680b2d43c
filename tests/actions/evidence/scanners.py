"""Scanners as a council might have them."""

from typing import BinaryIO

from cautionary_plugin.rules.errors import Infected

SIGNATURE = b"X5O!P%@AP-TEST-SIGNATURE"


def thorough(content: BinaryIO) -> None:
    if SIGNATURE in content.read():
        raise Infected


def down(content: BinaryIO) -> None:
    raise ConnectionRefusedError("clamd is asleep")
