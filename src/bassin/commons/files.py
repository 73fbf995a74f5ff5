"""What a received file is, judged by its content, never by its name."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, cast

from django.core.files.base import File
from django.utils.formats import localize
from django.utils.translation import gettext as _

from bassin.errors import Refused

LARGEST = 20 * 1024 * 1024
_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": f"application/{_WORD}",
    "xlsx": f"application/{_SHEET}",
    "txt": "text/plain; charset=utf-8",
}
"""What is accepted, by extension. Nothing a browser would run: no HTML, no SVG, no macro."""

_STARTS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_VBA, _MACROS = "vbaproject.bin", ("basic/", "scripts/")
_INSIDE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was judged: its extension, and the digest of its bytes."""

    extension: str
    digest: str


def judge(file: File) -> Received:
    """What a received file is.

    Raises:
        Refused: it is empty, too large, or of a kind that is not accepted.
    """
    size = file.size or 0
    if not size:
        raise Refused(_("This file is empty. Choose another."))
    if size > LARGEST:
        raise Refused(
            _("This file is {size} MB; the most is {most} MB. Make it smaller, or give its "
              "address instead.").format(
                size=localize(round(size / 1024 / 1024, 1)), most=LARGEST // 1024 // 1024
            )
        )  # fmt: skip
    extension = _extension(file)
    if not extension:
        raise Refused(
            _("This file is none of those accepted: {kinds}. It is judged by its content, not by "
              "its name.").format(kinds=", ".join(MEDIA))
        )  # fmt: skip
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return Received(extension, digest.hexdigest())


def _extension(file: File) -> str:
    file.seek(0)
    start = file.read(16)
    for mark, extension in _STARTS.items():
        if start.startswith(mark):
            return extension
    file.seek(0)
    return _office(file) if start.startswith(b"PK\x03\x04") else "txt" * _is_text(file)


def _office(file: File) -> str:
    try:
        with zipfile.ZipFile(cast(IO[bytes], file)) as archive:
            names = set(archive.namelist())
            if any(name.lower().startswith(_MACROS) or _VBA in name.lower() for name in names):
                return ""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((name for name, media in MEDIA.items() if media == said), "")
            return next((kind for name, kind in _INSIDE.items() if name in names), "")
    except (zipfile.BadZipFile, OSError):
        return ""


def _is_text(file: File) -> bool:
    file.seek(0)
    try:
        return all(_readable(chunk) for chunk in _lines(file))
    except UnicodeDecodeError:
        return False


def _lines(file: File) -> Iterator[str]:
    for line in file:
        yield bytes(line).decode("utf-8")


def _readable(text: str) -> bool:
    # A page or a drawing would run in the browser of who opens it.
    low = text.lower()
    return "\0" not in text and not any(mark in low for mark in ("<html", "<script", "<svg"))
