"""Which files may be evidence, and how a file's own name is made harmless (A9)."""

import unicodedata
from dataclasses import dataclass

from .errors import BadInput

LONGEST_NAME = 120
NAMELESS = "file"


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken.

    :ivar words: what people call it.
    :ivar ending: of the name under which it is handed out.
    """

    content_type: str
    words: str
    ending: str


KINDS = {
    kind.content_type: kind
    for kind in (
        Kind("image/jpeg", "Photo", "jpg"),
        Kind("image/png", "Picture", "png"),
        Kind("image/webp", "Picture", "webp"),
        Kind("image/heic", "Photo", "heic"),
        Kind("video/mp4", "Video", "mp4"),
        Kind("video/quicktime", "Video", "mov"),
        Kind("video/3gpp", "Video", "3gp"),
        Kind("audio/mp4", "Recording", "m4a"),
        Kind("audio/mpeg", "Recording", "mp3"),
        Kind("audio/x-wav", "Recording", "wav"),
        Kind("audio/amr", "Recording", "amr"),
        Kind("application/pdf", "PDF document", "pdf"),
        Kind(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Word document",
            "docx",
        ),
        Kind("application/vnd.oasis.opendocument.text", "OpenDocument text", "odt"),
        Kind("message/rfc822", "E-mail", "eml"),
        Kind("application/vnd.ms-outlook", "E-mail", "msg"),
        Kind("text/plain", "Text", "txt"),
    )
}

TAKEN = (
    "a photo or picture (JPEG, PNG, HEIC, WebP), a video (MP4, MOV, 3GP), a recording (M4A, MP3, "
    "WAV, AMR), a PDF, a Word or OpenDocument text without macros, an e-mail (EML, MSG), or plain "
    "text"
)


def check_room(*, size: int, largest: int, there: int, most: int) -> None:
    """The file is neither empty nor too large, and the case file has room for it.

    :raises BadInput: under ``file``.
    """
    if not size:
        raise refused("The file is empty.")
    if size > largest:
        raise refused(f"The file is larger than {_in_words(largest)}.")
    if there >= most:
        raise refused(f"There are {most} files already, and that is the most. Remove one first.")


def refused(sentence: str) -> BadInput:
    """The error for a file that cannot be taken."""
    return BadInput({"file": [sentence]})


def harmless_name(name: str) -> str:
    """A file's own name as it may stand on a screen: no path, no control, no hidden or turning
    characters, and not without end.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(" " if each.isspace() else each for each in last)
    visible = "".join(each for each in visible if unicodedata.category(each)[0] != "C")
    words = " ".join(visible.split()).strip(". ")
    return words[:LONGEST_NAME].strip() or NAMELESS


def handed_out_as(reference: str, number: int, content_type: str) -> str:
    """The name of a download: the report's reference and a number, never the file's own name."""
    kind = KINDS.get(content_type)
    return f"{reference}-{number}.{kind.ending if kind else 'bin'}"


def described(content_type: str, size: int) -> str:
    """What a file is and how large, in words: ``Photo, 3 MB``."""
    kind = KINDS.get(content_type)
    return f"{kind.words if kind else 'File'}, {_in_words(size)}"


def _in_words(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} kB"
