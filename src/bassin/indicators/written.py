"""A declaration as a file: the TOML that a person would write by hand, whole or not at all."""

import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.types import Text

_APART = ("measure", "aggregation")
"""Parts that have a heading of their own, at the end, as in the files of the house."""


def toml(facts: Mapping[str, Any]) -> str:
    """A declaration in TOML. Read back, it gives the same facts."""
    lines = [f"{key} = {_value(value)}" for key, value in facts.items() if key not in _APART]
    for name in _APART:
        if name in facts:
            lines += ["", f"[{name}]"]
            lines += [f"{key} = {_value(value)}" for key, value in facts[name].items()]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # A basic string of TOML has the escapes of JSON, and wants one more sign escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{{inside}}}"
    if len(value) > 1 and all(isinstance(each, Mapping) for each in value):
        return "[\n" + "".join(f"  {_value(each)},\n" for each in value) + "]"
    return f"[{', '.join(map(_value, value))}]"


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _value(name)


def write(folder: Path, facts: Mapping[str, Any], *, fresh: bool = False) -> Path:
    """Write the file of a declaration in an authority's folder, in place of its former version.

    Args:
        fresh: it is the first of its name: a file that is there is somebody else's.

    Raises:
        Refused: the disk is full or the folder cannot be written, and nothing of before is lost;
            or a file of that name is there already.
    """
    path = folder / f"{facts['id']}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(path, toml(facts).encode(), fresh=fresh)
    except FileExistsError as error:
        raise Refused(_taken(path)) from error
    except OSError as error:
        raise Refused(_unwritable(path, error)) from error
    return path


def _replace(path: Path, content: bytes, *, fresh: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o644)
        if fresh:
            os.link(name, path)
        else:
            os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    # Two files written within one tick of the disk's clock are told apart all the same.
    now = time.time_ns()
    os.utime(path.parent, ns=(now, now))


def _taken(path: Path) -> Text:
    return Text(
        f"Un chiffre nommé {path.stem} existe déjà. Choisissez un autre nom.",
        f"A figure named {path.stem} exists already. Choose another name.",
    )


def _unwritable(path: Path, error: OSError) -> Text:
    why = os.strerror(error.errno) if error.errno else str(error)
    return Text(
        f"Le fichier {path.name} ne peut pas être écrit dans {path.parent} ({why}). Rien n'est "
        "perdu : le brouillon reste ici. Faites de la place ou ouvrez ce dossier en écriture, puis "
        "recommencez.",
        f"The file {path.name} cannot be written in {path.parent} ({why}). Nothing is lost: the "
        "draft stays here. Make room or open that folder for writing, then start again.",
    )
