"""Opening what publishers send: archives, encodings, delimiters, headers that changed.

Every refusal is one sentence: the file, the place in it, what was found, what to do.
"""

import bz2
import codecs
import csv
import gzip
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import duckdb
import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Raw
from bassin.types import Text

_OPENERS: dict[str, Any] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".lzma": lzma.open,
    ".xz": lzma.open,
}
AGAIN = Text(
    "Téléchargez à nouveau le fichier, puis chargez-le ; la dernière bonne version reste en "
    "service.",
    "Download the file again, then load it; the last good version stays meanwhile.",
)
_DELIMITERS = {
    ",": Text("des virgules", "commas"),
    ";": Text("des points-virgules", "semicolons"),
    "\t": Text("des tabulations", "tabs"),
    "|": Text("des barres verticales", "bars"),
    "£": Text("des signes £", "pound signs"),
}


def damaged(name: str, detail: str = "", kind: Text | None = None) -> SourceError:
    """The error of a file that does not open; `detail` is for who reads English and logs.

    Args:
        kind: what the file should have been (« un tableur », "a spreadsheet").
    """
    french, english = (
        (f"tronqué ou n'est pas {kind.fr}", f"truncated or is not {kind.en}")
        if kind
        else ("tronqué ou abîmé", "truncated or damaged")
    )
    why = f" ({detail})" if detail else ""
    return SourceError(
        Text(f"{name} est {french}. {AGAIN.fr}", f"{name} is {english}{why}. {AGAIN.en}")
    )


def not_utf8(name: str, error: UnicodeDecodeError) -> SourceError:
    """The error of a text read whole that is in another encoding, with its line."""
    line = error.object.count(b"\n", 0, error.start) + 1
    byte = f"{error.object[error.start]:#04x}"
    return SourceError(
        Text(
            f"{name}, ligne {line} : ce n'est pas du texte en UTF-8, car il contient l'octet "
            f"{byte}. Enregistrez-le en UTF-8, puis chargez-le à nouveau ; la dernière bonne "
            "version reste en service.",
            f"{name}, line {line}: it is not text in UTF-8, for it holds byte {byte}. Save it as "
            "UTF-8, then load it again; the last good version stays meanwhile.",
        )
    )


def unpacked(raw: Raw, scratch: Path, member: str = "") -> Path:
    """The file itself, out of its archive if it came in one, written in `scratch`.

    Raises:
        SourceError: the archive is truncated or damaged.
    """
    opener = _OPENERS.get(raw.path.suffix)
    if opener is None and raw.path.suffix != ".zip":
        return raw.path
    target = scratch / (member.replace("/", "_") or raw.path.stem)
    try:
        with _opened(raw, opener, member) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, 1 << 20)
    except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        raise damaged(raw.name, str(error)) from error
    except OSError as error:
        # bz2 reports damaged data as a plain OSError; a full disk carries an errno.
        if error.errno is None:
            raise damaged(raw.name, str(error)) from error
        raise
    return target


def _opened(raw: Raw, opener: Any, member: str) -> IO[bytes]:
    if opener is not None:
        return opener(raw.path, "rb")
    archive = zipfile.ZipFile(raw.path)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    wanted = member or (names[0] if len(names) == 1 else "")
    if wanted not in names:
        held = ", ".join(names[:5])
        raise SourceError(
            Text(
                f"{raw.name} devrait contenir {member or 'un seul fichier'} ; il contient {held}.",
                f"{raw.name} should hold {member or 'one file'}; it holds {held}.",
            )
        )
    return archive.open(wanted)


def in_utf8(path: Path, name: str, encoding: str, scratch: Path) -> Path:
    """The same text in UTF-8.

    Raises:
        SourceError: a byte does not belong to that encoding; the sentence gives its place.
    """
    target = scratch / f"{path.name}.utf8"
    lines = 0
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as source, target.open("w", encoding="utf-8", newline="") as out:
        while block := source.read(1 << 20):
            try:
                out.write(decoder.decode(block))
            except UnicodeDecodeError as error:
                known = encoding.removesuffix("-sig")
                line = lines + block.count(b"\n", 0, error.start) + 1
                byte = f"{block[error.start]:#04x}"
                raise SourceError(
                    Text(
                        f"{name}, ligne {line} : le texte n'est pas en {known}, car il contient "
                        f"l'octet {byte}. Enregistrez-le en {known}, puis chargez-le à nouveau.",
                        f"{name}, line {line}: it is not written in {known}, for it holds byte "
                        f"{byte}. Save it as {known}, then load it again.",
                    )
                ) from error
            lines += block.count(b"\n")
    return target


def header(path: Path, name: str, delimiter: str, encoding: str = "utf-8") -> list[str]:
    """The first record of a delimited file (its names may hold line breaks).

    Raises:
        SourceError: the file is empty, or not text in that encoding.
    """
    known = "utf-8-sig" if encoding == "utf-8" else encoding
    # A strange byte further down is for the reader of rows to tell, with its line.
    with path.open(encoding=known, errors="surrogateescape", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter), [])
    strange = next((letter for letter in "".join(names) if "\udc80" <= letter <= "\udcff"), "")
    if strange:
        byte = f"{ord(strange) - 0xDC00:#04x}"
        raise SourceError(
            Text(
                f"{name} n'est pas en {encoding} : sa première ligne contient l'octet {byte}. "
                f"Enregistrez-le en {encoding}, puis chargez-le à nouveau.",
                f"{name} is not written in {encoding}: its first line holds byte {byte}. Save it "
                f"as {encoding}, then load it again.",
            )
        )
    if not any(names):
        raise SourceError(
            Text(
                f"{name} est vide : il n'a pas de ligne d'en-tête. {AGAIN.fr}",
                f"{name} is empty: it has no header line. {AGAIN.en}",
            )
        )
    return names


def require_columns(
    name: str, found: Sequence[str], wanted: Sequence[str], delimiter: str = ""
) -> None:
    """Refuse a file that lacks a column, and say whether only the delimiter is wrong.

    Raises:
        SourceError: always with the missing names and what the file has instead.
    """
    missing = [column for column in wanted if column not in found]
    if not missing:
        return
    if delimiter and len(found) == 1:
        used = [d for d in _DELIMITERS if d != delimiter and found[0].count(d) >= len(wanted) - 1]
        if used and len(wanted) > 1:
            now = _DELIMITERS[used[0]]
            wanted_one = _DELIMITERS.get(delimiter, Text(delimiter, delimiter))
            raise SourceError(
                Text(
                    f"{name} est séparé par {now.fr} ; son producteur le sépare par "
                    f"{wanted_one.fr}. Exportez-le à nouveau tel que publié.",
                    f"{name} is separated by {now.en}; its publisher separates it by "
                    f"{wanted_one.en}. Export it again as published.",
                )
            )
    has = f"{', '.join(found[:12])}{', …' if len(found) > 12 else ''}"
    raise SourceError(
        Text(
            f"{name} n'a pas de colonne {', '.join(missing)}. Ses colonnes sont {has}. Si le "
            "producteur l'a renommée, le lecteur de cette source est à mettre à jour ; la dernière "
            "bonne version reste en service.",
            f"{name} has no column {', '.join(missing)}. Its columns are {has}. If the publisher "
            "renamed it, the reader of this source must be updated; the last good version stays "
            "meanwhile.",
        )
    )


def read_csv(
    con: ibis.BaseBackend,
    raw: Raw,
    *,
    columns: Sequence[str],
    delimiter: str = ",",
    encoding: str = "utf-8",
    quote: str = '"',
    member: str = "",
    lines: bool = False,
) -> ir.Table:
    """A delimited file as text columns, named as in its header.

    Args:
        columns: names the file must have (it may have others, which are kept).
        member: the file to take inside a zip.
        lines: also give `line_number` (needed when the reader filters rows).

    Raises:
        SourceError: archive, encoding, delimiter, header or record is not as published.
    """
    path = unpacked(raw, raw.scratch, member)
    if encoding != "utf-8":
        path = in_utf8(path, raw.name, encoding, raw.scratch)
    names = header(path, raw.name, delimiter)
    require_columns(raw.name, names, columns, delimiter)
    # Named columns need no guess, and a bad record is then told with its line. A header with
    # empty or repeated names cannot be given as it is.
    exact = len(set(names)) == len(names) and all(names)
    shape = {"columns": dict.fromkeys(names, "VARCHAR"), "auto_detect": False} if exact else {}
    try:
        table = con.read_csv(
            str(path), all_varchar=True, header=True, delim=delimiter, quote=quote, escape=quote,
            strict_mode=True, null_padding=False, max_line_size=4_000_000, **shape,
        )  # fmt: skip
    except duckdb.Error as error:
        raise unreadable(raw, error) from error
    if lines:
        table = table.mutate(line_number=ibis.row_number() + 2)
    return table


_BROKEN = {
    "expected number of columns": Text(
        "n'a pas autant de colonnes que l'en-tête", "has another number of columns than its header"
    ),
    "unterminated quote": Text(
        "ouvre un guillemet qui n'est jamais refermé", "opens a quotation mark that is never closed"
    ),
}


def unreadable(raw: Raw, error: duckdb.Error) -> SourceError:
    """Turn DuckDB's account of a bad record into one sentence with its line."""
    for path in _as_text(raw):
        for told in (_strange_byte(path), _other_line_end(path, error)):
            if told:
                return SourceError(
                    Text(
                        f"{raw.name}, {told.fr}, puis chargez-le à nouveau ; la dernière bonne "
                        "version reste en service.",
                        f"{raw.name}, {told.en}, then load it again; the last good version stays "
                        "meanwhile.",
                    )
                )
    text = str(error)
    line = next(
        (word for word in text.replace(".", " ").split("CSV Error on Line: ")[1:]), ""
    ).split()
    where = (
        Text(f"la ligne {line[0]}", f"line {line[0]}")
        if line
        else Text("une de ses lignes", "one of its lines")
    )
    what = next(
        (words for known, words in _BROKEN.items() if known in text.lower()),
        Text("ne se lit pas", text.split("\n")[0].strip()),
    )
    return SourceError(
        Text(
            f"{raw.name} : {where.fr} {what.fr}. Le fichier est peut-être tronqué. {AGAIN.fr}",
            f"{raw.name}: {where.en} {what.en}. The file may be truncated. {AGAIN.en}",
        )
    )


def _as_text(raw: Raw) -> list[Path]:
    """The file that was being read: the received one, or what came out of it, in UTF-8."""
    if turned := sorted(raw.scratch.glob("*.utf8")):
        return turned
    if raw.path.suffix not in (*_OPENERS, ".zip"):
        return [raw.path]
    return sorted(path for path in raw.scratch.glob("*") if path.is_file())


def _strange_byte(path: Path) -> Text | None:
    """Where a text stops being UTF-8, and what to do; None when it never does."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                around = line[max(0, error.start - 12) : error.start + 8].decode("utf-8", "replace")
                byte, around = f"{line[error.start]:#04x}", around.strip()
                return Text(
                    f"ligne {number} : ce n'est pas du texte en UTF-8, car il contient l'octet "
                    f"{byte} dans « {around} ». Enregistrez-le en UTF-8",
                    f"line {number}: it is not text in UTF-8, for it holds byte {byte} in "
                    f"“{around}”. Save it as UTF-8",
                )
    return None


def _other_line_end(path: Path, error: duckdb.Error) -> Text | None:
    """Where lines begin to end otherwise than the first; None when that is not what stopped."""
    if "state machine" not in str(error):
        return None
    with path.open("rb") as file:
        ends = (line.endswith(b"\r\n") for line in file)
        first = next(ends, False)
        other = next((number for number, end in enumerate(ends, start=2) if end != first), 0)
        last = next(ends, None) is None
    if not other or last:  # a last line that ends otherwise was cut
        return None
    return Text(
        f"ligne {other} : elle ne se termine pas comme celles qui précèdent. Enregistrez le "
        "fichier avec une seule sorte de fin de ligne",
        f"line {other}: it does not end as the lines above. Save the file with one kind of line "
        "end",
    )
