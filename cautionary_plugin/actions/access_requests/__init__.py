"""Somebody asks what is held about them: received, prepared, gone through, released (L8)."""

from .erasing import erase_old_requests
from .files import PackFile, enclosed_lines, is_file, open_enclosed, open_line_file
from .opening import open_request, requests_for
from .pack import Pack, open_pack, read_before_release
from .preparing import Changes, changes_of, prepare_pack
from .receiving import check_identity, check_may_prepare, receive_request, withdraw_request
from .releasing import release_pack, waits_for
from .reviewing import look_at_line

__all__ = [
    "Changes",
    "Pack",
    "PackFile",
    "changes_of",
    "check_identity",
    "check_may_prepare",
    "enclosed_lines",
    "erase_old_requests",
    "is_file",
    "look_at_line",
    "open_enclosed",
    "open_line_file",
    "open_pack",
    "open_request",
    "prepare_pack",
    "read_before_release",
    "receive_request",
    "release_pack",
    "requests_for",
    "waits_for",
    "withdraw_request",
]
