"""What commands share: the opened house, a runner that shows its progress, the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bassin.config.covering import Covering
from bassin.config.making import makes
from bassin.errors import SourceError
from bassin.indicators import checks
from bassin.indicators.house import House
from bassin.sources import Runner
from bassin.sources.contract import Area
from bassin.store import made
from bassin.store.store import Covers
from bassin.types import Text

_AROUND = 0.01
"""How far around the territory is fetched, in degrees: about a kilometre."""


def house() -> House:
    """The installation of this machine's settings."""
    return House.open(Path(settings.VAR))


def today() -> date:
    """The day it is for the authority."""
    return timezone.localdate()


def now() -> datetime:
    """The moment it is, in UTC."""
    return timezone.now()


def covering(opened: House) -> Covers | None:
    """Whether a version of a table has a row for the installation's territory."""
    if not opened.installation.territory or not opened.reader.name:
        return None
    return Covering(opened.store, sorted(opened.territory.codes(opened.home)))


def area(opened: House) -> Area:
    """The bounds of the installation's territory, with some streets around.

    Raises:
        SourceError: the outlines of its communes are not loaded; the sentence says how to.
    """
    import shapely

    rows: list[tuple[bytes]] = []
    if opened.installation.territory and opened.reader.name and opened.reader.has("shapes"):
        codes = sorted(opened.territory.codes(opened.home))
        asked = "SELECT shape FROM shapes WHERE commune_code IN (SELECT unnest(?))"
        rows = opened.reader.rows(asked, [codes])
    if not rows:
        raise SourceError(
            Text(
                "Les contours des communes du territoire ne sont pas chargés : on ne sait pas où "
                "chercher. Chargez-les (`bassin load DOSSIER`), puis relancez.",
                "The outlines of the territory's communes are not loaded, so where to look is not "
                "known. Load them (`bassin load FOLDER`), then start again.",
            )
        )
    shapes = shapely.from_wkb([bytes(shape) for (shape,) in rows])
    west, south, east, north = (float(each) for each in shapely.total_bounds(shapes))
    return west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND


@contextmanager
def running(opened: House) -> Iterator[Runner]:
    """A runner whose progress is shown on the terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        tasks: dict[str, int] = {}

        def say(text: str, done: float) -> None:
            if text not in tasks:
                tasks[text] = shown.add_task(text, total=1.0)
            shown.update(tasks[text], completed=done)  # type: ignore[arg-type]

        yield Runner(
            opened.store, today=today(), now=now, covers=covering(opened),
            inspect=partial(inspect, opened), say=say,
            area=partial(area, opened),
        )  # fmt: skip


def inspect(opened: House, release: str) -> None:
    """Run the checks on a release before anybody reads it, and make the files it needs."""
    checks.inspect(opened.var, release)
    made.prepare(opened.store, release, makes())


def compare_trades(opened: House) -> None:
    """Compute, and keep on disk, what pages about trades read, so that no visitor waits for it.

    Nothing to do without ROME. What is kept for this release is not computed again.
    """
    from bassin.pairing import occupations, titles
    from bassin.taxonomies import rome

    if not rome.loaded(opened.reader).codes:
        return
    with Console(stderr=True).status("Comparing trades, and reading their job titles…"):
        occupations.loaded(opened.reader)
        titles.served(opened.reader)
