"""`bassin demo`: the sample territory, built once, then served."""

import argparse
from pathlib import Path

from bassin.config.opening import compare_trades, house, running, today
from bassin.demo import facts, sample
from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.store import Store
from bassin.types import Origin

HELP = "Build the sample territory and serve it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to answer, and a folder of real data to show beside the sample."""
    parser.add_argument("--host", default="127.0.0.1", help="address to answer at (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (%(default)s)")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of publishers' files to load as well"
    )
    parser.add_argument("--build-only", action="store_true", help="build, do not serve")


def run(args: argparse.Namespace) -> int:
    """Build what is missing, say what is real and what is invented, then serve."""
    from bassin.config import parts, serve

    address = parts.Address(host=args.host, port=args.port, workers=args.workers)
    if not args.build_only:
        serve.check_port_is_free(address)
    opened, changed = build(args.data)
    _tell(opened.store)
    if args.build_only:
        return 0
    if changed:
        _draw_ahead(opened)
    return serve.serve(address)


def build(data: Path | None = None) -> tuple[House, bool]:
    """Prepare the sample territory in this installation's folder, with real data if given.

    Returns the installation, and whether anything changed.

    Raises:
        Refused: the folder is the installation of another territory.
    """
    from bassin.config import sampling
    from bassin.config.commands.init import prepare
    from bassin.config.commands.load import tell

    before = house()
    _refuse_another_territory(before)
    opened = prepare(facts.TERRITORY, "", sample=True)
    with running(opened) as runner:
        built = sample.build(runner, opened, today())
        loaded, unknown = runner.load_folder(data) if data else ([], [])
    if built:
        print(f"Sample built: {sum(run.rows for run in built):,} invented rows.")
    if data:
        tell(loaded, unknown)
    sampling.build(today())
    opened.refresh()
    return opened, opened.reader.name != before.reader.name


def _draw_ahead(opened: House) -> None:
    """Ask for the first pages people open, so that their charts are drawn and kept.

    A page that fails is left for the person who opens it to see, with its reason.
    """
    from django.test import Client
    from django.urls import reverse

    from bassin.config import build as assets

    assets.prepare()
    print("Counting the minutes between communes.")
    opened.travel.prepare()
    print("Comparing trades.")
    compare_trades(opened)
    print("Drawing the charts of the first pages.")
    client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
    where = {"scale": opened.home.scale, "code": opened.home.code}
    for address in (reverse("observatory:home"), reverse("observatory:place", kwargs=where)):
        client.get(address)


def _refuse_another_territory(opened: House) -> None:
    installed = opened.installation
    if installed.territory and not installed.sample and opened.home.code != facts.TERRITORY:
        raise Refused(
            f"This folder ({opened.var}) is the installation of {installed.name}: the sample would "
            "replace it. Set BASSIN_VAR to another folder, then run `bassin demo` again."
        )


def _tell(store: Store) -> None:
    """How many tables of the release are invented and real, and real ones without coverage."""
    release = store.release()
    if release is None:
        return
    origins = [served.version.origin for served in release.tables.values()]
    print(
        f"In service: {origins.count(Origin.INVENTED)} invented tables, "
        f"{origins.count(Origin.REAL)} real ones (kept from one run to the next)."
    )
    empty = [name for name, served in release.tables.items() if served.without_coverage]
    if empty:
        print(f"Loaded but without a row for this territory: {', '.join(empty)}.")
