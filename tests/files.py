"""Files as phones and offices make them, small; and files that somebody should not send."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image


def _photo(kind: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(file, kind)
    return file.getvalue()


def _media(brand: bytes, *others: bytes) -> bytes:
    body = brand + b"\0\0\0\1" + b"".join(others or (brand,))
    return (len(body) + 8).to_bytes(4, "big") + b"ftyp" + body + b"\0\0\0\x08mdat" + bytes(400)


def archive(**parts: bytes) -> bytes:
    """A ZIP with these parts; two underscores stand for a dot, three for a slash."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("___", "/").replace("__", "."), content)
    return file.getvalue()


def document(**more: bytes) -> bytes:
    """A Word document, as far as anybody looks."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            made.writestr(name, "<x/>")
        for name, content in more.items():
            made.writestr(name.replace("___", "/").replace("__", "."), content)
    return file.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)
MAIL = b"From: resident@example.org\r\nMIME-Version: 1.0\r\nSubject: No\r\n\r\n<html>No</html>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

PHOTO = _photo("JPEG")
TAKEN: dict[str, tuple[bytes, str]] = {
    "jpeg": (PHOTO, "image/jpeg"),
    "png": (_photo("PNG"), "image/png"),
    "webp": (_photo("WEBP"), "image/webp"),
    "heic of a phone": (_media(b"heic", b"mif1", b"heic"), "image/heic"),
    "heix": (_media(b"heix", b"mif1", b"heix"), "image/heic"),
    "mp4": (_media(b"isom", b"isom", b"avc1"), "video/mp4"),
    "m4v": (_media(b"M4V "), "video/mp4"),
    "mov": (_media(b"qt  "), "video/quicktime"),
    "3gp": (_media(b"3gp5"), "video/3gpp"),
    "voice memo": (_media(b"M4A ", b"M4A ", b"mp42"), "audio/mp4"),
    "mp3": (b"ID3\x03\0\0\0\0\0\x0a" + bytes(300), "audio/mpeg"),
    "wav": (b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + bytes(300), "audio/x-wav"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"),
    "docx": (document(), DOCX),
    "odt": (archive(mimetype=ODT.encode(), content__xml=b"<x/>"), ODT),
    "eml": (MAIL, "message/rfc822"),
    "msg": (
        COMPOUND + "__nameid_version1.0".encode("utf-16-le"),
        "application/vnd.ms-outlook",
    ),
    "text": ("He said: “I’ll be back.” £5 < £6".encode(), "text/plain"),
    "text of a typewriter program": ("Caf\xe9 at 5 o'clock".encode("cp1252"), "text/plain"),
    "text of Notepad": ("Notes".encode("utf-16"), "text/plain"),
}
NOT_TAKEN: dict[str, bytes] = {
    "web page": b"\n\n  <!DOCTYPE html><html><script>alert(1)</script></html>",
    "web page in UTF-16": "<html><script>alert(1)</script></html>".encode("utf-16"),
    "piece of a web page": b"Dear all <script src=//x.example></script>",
    "svg": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "bare svg": b'<svg onload="alert(1)"/>',
    "page that claims to be mail": b"<html>\nFrom: a@example.org\nMIME-Version: 1.0\n\n",
    "shell script": b"#!/bin/sh\necho hello",
    "php": b"words <?php system('id');",
    "program for Windows": b"MZ\x90\0" + bytes(500),
    "program for Linux": b"\x7fELF\x02\x01\x01" + bytes(500),
    "archive": archive(readme__txt=b"words"),
    "archive in a wrong coat": b"PK\x03\x04" + bytes(500),
    "old Word document": COMPOUND,
    "macros": document(word___vbaProject__bin=b"code"),
    "zip bomb": document(word___media___bomb__png=bytes(201_000_000)),
    "gif": b"GIF89a\x10\0\x10\0\x80\0\0" + bytes(60),
    "noise": bytes(range(256)) * 4,
}
