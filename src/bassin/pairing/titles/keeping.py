"""Indexes of titles are made once and kept on the disk, beside the release they come from."""

import shutil
import tempfile
import threading
from pathlib import Path

from bassin.pairing.titles.evidence import Evidence
from bassin.pairing.titles.index import Index, build

FORMAT = 1
"""To be raised when the making of an index changes: what is kept is then made again."""
_KEPT = 2
_LOCK = threading.Lock()


def kept(evidence: Evidence, folder: Path) -> Index:
    """The index of this evidence, made and written down the first time."""
    mine = folder / f"titles-{FORMAT}-{evidence.identity}"
    with _LOCK:
        if not mine.is_dir():
            _write(build(evidence), mine)
            _sweep(folder)
    return Index.load(mine)


def _write(index: Index, place: Path) -> None:
    """All of it or nothing: another process may be reading, or making the same."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent, prefix="draft-titles-"))
    try:
        index.save(draft)
        draft.rename(place)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not place.is_dir():
            raise


def _sweep(folder: Path) -> None:
    """Keep the last indexes only: a process that reads an older one keeps its pages."""
    found = sorted(folder.glob("titles-*"), key=lambda path: path.stat().st_mtime)
    for old in found[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
