"""What a file is, by its content alone: neither its name nor what a browser says of it counts."""

import re
from email.parser import BytesHeaderParser
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

import filetype

from cautionary_plugin.rules.evidence import KINDS, TAKEN, refused

HEAD = 8192
MOST_UNPACKED = 200_000_000
MOST_PARTS = 2000

# The brands of ISO media files (ISO 14496-12) that phones write and the library does not tell.
BRANDS = {
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"M4V ": "video/mp4",
    b"avc1": "video/mp4",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
    b"3g2a": "video/3gpp",
}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OF_A_MESSAGE = "__nameid_version1.0".encode("utf-16-le")
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODE = re.compile(
    rb"<\s*(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed|meta|img|a\s)|^#!"
    rb"|<\?php|javascript:",
    re.IGNORECASE,
)
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(content: BinaryIO) -> str:
    """The content type that the content shows.

    :param content: can seek; is at its start again afterwards.
    :raises BadInput: under ``file``: nothing that is taken.
    """
    try:
        content.seek(0)
        head = content.read(HEAD)
        kind = _kind(head, content)
    finally:
        content.seek(0)
    if kind not in KINDS:
        raise refused(f"This is no file that can be taken. Send {TAKEN}.")
    return kind


def _kind(head: bytes, content: BinaryIO) -> str:
    if head.startswith(b"PK"):
        return _kind_of_archive(content)
    if head.startswith(COMPOUND):
        return _kind_of_compound(content)
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS:
        return BRANDS[head[8:12]]
    found = filetype.guess_mime(head)
    return found if found in KINDS else _kind_of_words(content)


def _kind_of_archive(content: BinaryIO) -> str:
    """A word processor's document, if that is what the archive holds, and nothing that runs."""
    try:
        with ZipFile(content) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            is_odt = _says_odt(archive, parts)
    except (
        BadZipFile,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OSError,
        EOFError,
        ZlibError,
    ):
        raise refused("The document is damaged, or locked with a password.") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refused("The document would unpack to a size that nobody can open.")
    if any(part.flag_bits & 1 for part in parts):
        raise refused("The document is damaged, or locked with a password.")
    if any(_runs(name) for name in names):
        raise refused("The document holds macros. Save it without them, or as a PDF.")
    if is_odt:
        return ODT
    is_docx = {"[Content_Types].xml", "word/document.xml"} <= names
    return DOCX if is_docx else ""


def _says_odt(archive: ZipFile, parts: list[ZipInfo]) -> bool:
    """Unpacks nothing but a part that is as long as the word that is looked for."""
    wanted = ODT.encode()
    said = [part for part in parts if part.filename == "mimetype"]
    return any(part.file_size == len(wanted) and archive.read(part) == wanted for part in said)


def _runs(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith("vbaproject.bin") or lowered.startswith(("basic/", "scripts/"))


def _kind_of_compound(content: BinaryIO) -> str:
    """A message of Outlook; older documents of Office can hold macros and look alike."""
    content.seek(0)
    return "application/vnd.ms-outlook" if OF_A_MESSAGE in content.read() else ""


def _kind_of_words(content: BinaryIO) -> str:
    content.seek(0)
    raw = content.read()
    text = _decoded(raw)
    if text is None or NOT_TEXT.search(text):
        return ""
    if _is_message(raw):
        return "message/rfc822"
    if CODE.search(text.lstrip("\ufeff \t\r\n").encode()):
        raise refused("Web pages, drawings in SVG and scripts are not taken. Send a PDF of it.")
    return "text/plain"


def _decoded(raw: bytes) -> str | None:
    codecs = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for codec in codecs:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _is_message(raw: bytes) -> bool:
    """An e-mail as a mail program saves it: a sender, and one of what only mail has."""
    if raw.lstrip()[:1] == b"<":
        return False
    headers = BytesHeaderParser().parsebytes(raw)
    return "From" in headers and any(
        name in headers for name in ("Received", "Message-ID", "MIME-Version")
    )
