"""Films and captions that people send, judged by their content, never by their name."""

from secrets import token_hex

from django.core.files.base import File
from django.utils.translation import gettext as _

from bassin.errors import Refused

LARGEST_FILM = 300 * 1024 * 1024
LARGEST_CAPTIONS = 1024 * 1024
_EBML, _FTYP = b"\x1a\x45\xdf\xa3", b"ftyp"


def film(file: File) -> File:
    """A film that a browser plays, under a name of ours.

    Raises:
        Refused: it is too large, or neither WebM nor MP4.
    """
    if (file.size or 0) > LARGEST_FILM:
        raise Refused(
            _("This film is over {most} MB. Make it smaller: 720 lines are enough.").format(
                most=LARGEST_FILM // 1024 // 1024
            )
        )
    file.seek(0)
    start = bytes(file.read(12))
    file.seek(0)
    if start.startswith(_EBML):
        return _named(file, "webm")
    if start[4:8] == _FTYP:
        return _named(file, "mp4")
    raise Refused(_("This film is neither WebM nor MP4. It is judged by its content."))


def captions(file: File) -> File:
    """Captions in WebVTT, under a name of ours.

    Raises:
        Refused: they are too large, or no WebVTT.
    """
    if (file.size or 0) > LARGEST_CAPTIONS:
        raise Refused(_("These captions are too long: one file a film."))
    file.seek(0)
    start = bytes(file.read(16))
    file.seek(0)
    if not start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        raise Refused(_("These captions are no WebVTT: the file begins with WEBVTT."))
    return _named(file, "vtt")


def _named(file: File, extension: str) -> File:
    file.name = f"{token_hex(8)}.{extension}"
    return file
