"""The sample: invented files in the publishers' own formats, loaded like real ones.

Everything goes through the same readers, checks and versions as real data, under the origin
`invented`; a real table replaces its invented twin only where it has rows for the territory.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from bassin.demo import facts
from bassin.demo.parts import PARTS, Part
from bassin.demo.world import World
from bassin.errors import Refused, SourceError
from bassin.indicators.house import House
from bassin.sources import Raw, Run, Runner, Source, source
from bassin.store import Store
from bassin.types import Origin, Text

_HERE = Path(__file__).parent


def build(runner: Runner, house: House, today: date) -> list[Run]:
    """Invent, load and publish the sample; nothing when it is already there.

    The same bytes come out on every machine and every day. Interrupted, it publishes nothing and
    starts again the next time.

    Raises:
        Refused: the installation is for another territory, or the clock is behind the sample.
        SourceError: a file of the sample could not be loaded (the disk is full, for instance).
    """
    _check(house, today)
    signature = _signature()
    if is_built(runner.store, signature):
        return []
    with _folder(runner.store) as folder:
        world = World(_outlines(house))
        runs = [_load(runner, part, world, folder) for part in PARTS]
    failed = [run for run in runs if run.status == "failed"]
    if failed:
        raise SourceError(
            Text(
                f"L'exemple n'a pas pu être fabriqué. {' '.join(run.error_fr for run in failed)}",
                f"The sample could not be built. {' '.join(run.error for run in failed)}",
            )
        )
    runner.finish()
    versions = {run.source: run.version for run in runs}
    stamp = json.dumps({"signature": signature, "versions": versions}, indent=1)
    _stamp(runner.store).write_text(stamp, encoding="utf-8")
    return runs


def is_built(store: Store, signature: str = "") -> bool:
    """Whether this very sample is in the store, made by today's code and readers."""
    if not _stamp(store).exists():
        return False
    stamp: dict[str, Any] = json.loads(_stamp(store).read_text(encoding="utf-8"))
    return stamp["signature"] == (signature or _signature()) and all(
        store.has(table, version) for table, version in stamp["versions"].items()
    )


@contextmanager
def _folder(store: Store) -> Iterator[Path]:
    """Where files are written before the store links them; left clean, even after a kill.

    Not the store's own scratch: each load sweeps that.
    """
    folder = store.root / "sample"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check(house: House, today: date) -> None:
    if house.home.code != facts.TERRITORY:
        raise Refused(
            f"The sample is about {facts.TERRITORY} and this installation about "
            f"{house.home.name}. Set BASSIN_VAR to another folder to look at the sample."
        )
    if today < facts.stock_day():
        raise Refused(
            f"This machine says it is {today}; the sample is dated {facts.stock_day()}. "
            "Set the machine's clock, then build the sample again."
        )


def _load(runner: Runner, part: Part, world: World, folder: Path) -> Run:
    """Write one source's files, and load them in place of those of an older sample."""
    read = source(part.source)
    runner.say(f"{read.title}", 0.0)
    part.write(world, folder)
    kept = runner.store.root / "raw" / read.key / Origin.INVENTED
    shutil.rmtree(kept, ignore_errors=True)
    raws = [Raw(folder / name, name) for name in part.files]
    return runner.load(read, raws, Origin.INVENTED, publish=False)


def _outlines(house: House) -> dict[str, BaseGeometry]:
    """The packaged outlines of the communes, in which invented addresses are placed."""
    codes = [commune.code for commune in facts.communes()]
    rows = house.reader.rows(
        "SELECT commune_code, shape FROM outlines WHERE commune_code IN (SELECT unnest($1))",
        [codes],
    )
    return {code: shapely.from_wkb(bytes(shape)) for code, shape in rows}


def _signature() -> str:
    """Changes when the sample's code or facts change, or one of its readers."""
    made = hashlib.sha256()
    for path in sorted(_HERE.rglob("*")):
        if path.suffix in (".py", ".toml", ".csv") and "authorities" not in path.parts:
            made.update(path.read_bytes())
    for part in PARTS:
        made.update(_reader(source(part.source)).encode())
    return made.hexdigest()


def _reader(read: Source) -> str:
    columns = {name: repr(column) for name, column in read.columns.items()}
    return repr((read.key, read.reader_version, columns, read.sort))


def _stamp(store: Store) -> Path:
    return store.root / "sample.json"
