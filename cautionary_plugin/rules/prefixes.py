"""What public references begin with: ``APP-2026-0042`` is an appeal, wherever it is read."""

from enum import StrEnum

from .errors import BadInput


class Prefix(StrEnum):
    """The beginnings that are the same in every council; each register has one of its own."""

    CASE_FILE = "FILE"
    REPORT = "INC"
    APPEAL = "APP"
    COMPLAINT = "COM"
    PANEL_CASE = "UBC"
    MEETING = "UBM"
    DIVERT = "DIV"
    PARTNER = "PTN"
    ACCESS_REQUEST = "SAR"
    CERTIFICATE = "ERASED"


def check_prefix(prefix: str) -> None:
    """A register's own: else its entries would be counted with other things (L9).

    :raises BadInput: under ``prefix``.
    """
    if prefix.strip().upper() in set(Prefix):
        told = f"References of another kind begin with {prefix.strip().upper()}. Choose another."
        raise BadInput({"prefix": [told]})
