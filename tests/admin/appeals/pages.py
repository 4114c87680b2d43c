"""What these tests press, read and type."""

from typing import Any

RECORD = {"step": "record"}


def text(response: Any) -> str:
    return response.content.decode()
