"""The comparison of a release, made once and kept on the disk beside it."""

import shutil
import tempfile
from hashlib import blake2s
from pathlib import Path

import numpy as np

from bassin.errors import Refused
from bassin.pairing.occupations.proximity import Proximity, proximity
from bassin.store.reader import Reader
from bassin.taxonomies import rome as taxonomy

_PREFIX = "occupations-"
_DRAFT = "draft-"


def loaded(reader: Reader) -> Proximity:
    """The comparison for the release in service, computed once and kept on disk beside it.

    Raises:
        Refused: ROME is not loaded.
    """
    rome = taxonomy.loaded(reader)
    if not rome.codes:
        raise Refused("ROME is not loaded. Run `bassin load DIR` on a folder that holds its files.")
    stamp = blake2s(f"{rome.identity} {_code_of_this()}".encode(), digest_size=8).hexdigest()
    mine = reader.store.root / "kept" / (_PREFIX + stamp)
    if not mine.is_dir():
        _write(proximity(rome), mine)
        _sweep(mine)
    signals = tuple((mine / "signals.txt").read_text("utf-8").split())
    return Proximity(rome, signals, np.load(mine / "parts.npy", mmap_mode="r"))


def _code_of_this() -> str:
    """What the comparison depends on besides ROME: its weights and its own words."""
    here = sorted(Path(__file__).parent.glob("*.*"))
    return blake2s(b"".join(path.read_bytes() for path in here), digest_size=8).hexdigest()


def _write(found: Proximity, place: Path) -> None:
    """All of it or nothing: another process may be reading, or making the same."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent, prefix=_DRAFT + _PREFIX))
    try:
        np.save(draft / "parts.npy", found.parts)
        (draft / "signals.txt").write_text("\n".join(found.signals), "utf-8")
        draft.rename(place)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not place.is_dir():
            raise


def _sweep(mine: Path) -> None:
    """Leave this one only: a process that reads an older one keeps its pages."""
    for old in mine.parent.glob(_PREFIX + "*"):
        if old.is_dir() and old != mine:
            shutil.rmtree(old, ignore_errors=True)
        elif old.is_file():  # what an earlier version of this kept
            old.unlink(missing_ok=True)
