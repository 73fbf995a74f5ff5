"""Bringing a publisher's file over the network, even when the connection is lost on the way.

What came is kept in `<name>.part`, with the address and the publisher's own mark of the file
(ETag or date) beside it; the next call asks only for the rest, unless the file changed meanwhile.
"""

import errno
import hashlib
import http.client
import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from bassin.errors import SourceError
from bassin.types import Text

Progress = Callable[[str, float], None]

_BLOCK = 1 << 18
_TIMEOUT = 60  # seconds without one byte
_LOST = (OSError, http.client.HTTPException)
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def download(url: str, into: Path, progress: Progress, *, sha256: str = "", name: str = "") -> Path:
    """Bring one file into a folder, going on where the last call stopped.

    Args:
        progress: told (file name, share done from 0 to 1; 0 while the size is unknown).
        sha256: the checksum the publisher gives, in hexadecimal; empty when it gives none.
        name: how to call the file here; by default as in the address.

    Raises:
        SourceError: the address answers an error, the connection was lost (what came is kept), or
            the checksum is another one (what came is removed).
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise SourceError(
            Text(
                f"{url} n'est pas une adresse du web. Elle doit commencer par https://.",
                f"{url} is not an address of the web. It must begin with https://.",
            )
        )
    into.mkdir(parents=True, exist_ok=True)
    target = into / (name or _name(url))
    part = target.with_name(f"{target.name}.part")
    _bring(url, target.name, part, progress)
    if sha256 and (found := _sum(part)) != sha256.lower():
        _forget(part)
        raise SourceError(
            Text(
                f"{target.name} est arrivé entier de {url}, mais sa somme de contrôle est {found} "
                f"et non {sha256}. Il a été supprimé : téléchargez-le à nouveau ; la dernière "
                "bonne version reste en service.",
                f"{target.name} came whole from {url} but its checksum is {found}, not {sha256}. "
                "It was removed: download it again; the last good version stays meanwhile.",
            )
        )
    os.replace(part, target)
    _forget(part)
    progress(target.name, 1.0)
    return target


def _bring(url: str, name: str, part: Path, progress: Progress) -> None:
    """Fill the part file up to its end.

    Raises:
        SourceError: as `download`.
    """
    have = _resumable(url, part)
    if have and have == _notes(part).get("size"):  # whole, but stopped before its last step
        return
    try:
        with _asked(url, part, have) as answer:
            _fill(answer, url, name, part, have, progress)
    except HTTPError as error:
        if error.code == 416 and have:  # the publisher's file is now shorter than what we have
            _forget(part)
            _bring(url, name, part, progress)
            return
        raise SourceError(
            Text(
                f"{url} répond {error.code}. Vérifiez l'adresse sur la page du producteur ; la "
                "dernière bonne version reste en service.",
                f"{url} answers {error.code} ({error.reason}). Check the address on the "
                "publisher's page; the last good version stays meanwhile.",
            )
        ) from error
    except _LOST as error:
        raise SourceError(_stopped(error, url, name, part)) from error


def _stopped(error: Exception, url: str, name: str, part: Path) -> Text:
    """What stopped a download, and what was kept of it."""
    kept = _kept(part)
    if isinstance(error, URLError):
        return Text(
            f"{url} ne répond pas. {kept.fr} Vérifiez la connexion.",
            f"{url} cannot be reached ({error.reason}). {kept.en} Check the connection.",
        )
    if getattr(error, "errno", None) in _FULL:
        return Text(
            f"{name} n'a pas pu être écrit dans {part.parent}. {kept.fr} Libérez d'abord de "
            "l'espace disque.",
            f"{name} could not be written in {part.parent} ({error}). {kept.en} Free some disk "
            "space first.",
        )
    return Text(
        f"La connexion à {url} a été coupée. {kept.fr}",
        f"The connection to {url} was lost ({error}). {kept.en}",
    )


def _asked(url: str, part: Path, have: int) -> Any:
    headers = {"User-Agent": "bassin", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
        headers["If-Range"] = _notes(part)["mark"]
    request = Request(url, headers=headers)  # noqa: S310  the scheme was checked
    return urlopen(request, timeout=_TIMEOUT)  # noqa: S310


def _fill(answer: Any, url: str, name: str, part: Path, have: int, progress: Progress) -> None:
    if answer.status != 206:  # the whole file again: it changed, or the server cannot resume
        have = 0
    size = _size(answer, have)
    mark = answer.headers.get("ETag", "") or answer.headers.get("Last-Modified", "")
    # A weak ETag ("W/…") may not be used to resume.
    notes = {"url": url, "mark": "" if mark.startswith("W/") else mark, "size": size}
    _notes_path(part).write_text(json.dumps(notes), encoding="utf-8")
    with part.open("ab" if have else "wb") as file:
        have = _copied(answer, file, have, size, name, progress)
    if have < size:
        raise http.client.IncompleteRead(b"", size - have)


def _copied(
    answer: Any, file: IO[bytes], have: int, size: int, name: str, progress: Progress
) -> int:
    """Copy what comes; give how many bytes the file now has."""
    progress(name, have / size if size else 0.0)
    while block := answer.read(_BLOCK):
        file.write(block)
        have += len(block)
        progress(name, min(have / size, 1.0) if size else 0.0)
    return have


def _size(answer: Any, have: int) -> int:
    """The whole file's size, 0 when the server does not say."""
    whole = re.search(r"/(\d+)$", answer.headers.get("Content-Range", ""))
    if whole:
        return int(whole[1])
    return have + int(answer.headers.get("Content-Length") or 0)


def _resumable(url: str, part: Path) -> int:
    """How many bytes of the same file we already have."""
    notes = _notes(part)
    if not part.exists() or notes.get("url") != url or not notes.get("mark"):
        return 0
    return part.stat().st_size


def _notes_path(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _notes(part: Path) -> dict[str, Any]:
    with suppress(FileNotFoundError, json.JSONDecodeError):
        notes: dict[str, Any] = json.loads(_notes_path(part).read_text(encoding="utf-8"))
        return notes
    return {}


def _kept(part: Path) -> Text:
    """How much came, and what happens next."""
    if not part.exists() or not part.stat().st_size:
        return Text("Rien n'est arrivé.", "Nothing came.")
    have, notes = part.stat().st_size, _notes(part)
    whole = notes.get("size")
    of, of_fr = (f" of {_megabytes(whole)}", f" sur {_mega_octets(whole)}") if whole else ("", "")
    again = (
        Text("le téléchargement continuera de là.", "it goes on from there.")
        if notes.get("mark")
        else Text(
            "ce serveur ne sait pas reprendre, tout recommencera.",
            "this server cannot resume, so it starts over.",
        )
    )
    return Text(
        f"{_mega_octets(have)}{of_fr} sont arrivés et restent dans {part.name}. Relancez : "
        f"{again.fr}",
        f"{_megabytes(have)}{of} came and are kept in {part.name}. Fetch it again: {again.en}",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _mega_octets(size: int) -> str:
    return f"{size / 1e6:.1f} Mo".replace(".", ",")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _notes_path(part).unlink(missing_ok=True)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(url: str) -> str:
    """The last part of the address, made safe as a file name."""
    last = unquote(urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1])
    return re.sub(r"[^\w.\-]", "_", last).lstrip(".") or "download"
