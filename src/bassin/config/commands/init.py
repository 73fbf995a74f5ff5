"""`bassin init --territory CODE`: an observatory for any French territory, offline."""

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from bassin.config.databases import migrate
from bassin.config.opening import house, running
from bassin.demo import authorities
from bassin.errors import SourceError
from bassin.indicators.house import House
from bassin.sources.geography.areas import areas_of
from bassin.systems import call, systems
from bassin.territory import Installation
from bassin.territory.territory import several
from bassin.types import Origin, Text

HELP = "Choose the territory of this installation and load the geography of France."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The territory, by its official code."""
    parser.add_argument(
        "--territory",
        required=True,
        metavar="CODE",
        help="code of a commune, SIREN of an EPT or EPCI, departement:94, region:11, "
        "or a list selection:94016-94037",
    )
    parser.add_argument("--name", default="", help="name to show, if not the official one")


def run(args: argparse.Namespace) -> int:
    """Load what the packages carry, then write `bassin.toml`."""
    opened = prepare(args.territory, args.name, sample=False)
    home = opened.home
    count = len(home.communes)
    print(
        f"{home.name}: {count} {'commune' if count == 1 else 'communes'}, "
        f"{home.population or '?'} inhabitants "
        f"({home.population_period}). Now: `bassin load FOLDER` for data, `bassin serve` for pages."
    )
    return 0


def prepare(territory: str, name: str, *, sample: bool) -> House:
    """Load the geography, resolve the territory, forget a sample that is no longer wanted.

    Raises:
        Refused: the code is unknown or ambiguous; nothing was changed.
        SourceError: the packages installed at set-up are damaged.
    """
    alike = areas_of(territory)
    if len(alike) > 1:  # loading the geography takes half a minute: nobody waits for a refusal
        raise several(territory, alike)
    opened = house()
    with running(opened) as runner:
        failed = [run for run in runner.load_installed() if run.status == "failed"]
        if failed:
            french, english = zip(*((run.error_fr, run.error) for run in failed), strict=True)
            raise SourceError(Text(" ".join(french), " ".join(english)))
        if not opened.reader.name:
            runner.finish()
            opened.refresh()
        home = opened.territory.place(territory)
        if not sample:
            _forget_invented(opened)
        kept = Installation.read(opened.var)
        replace(kept, territory=home.key, name=name or home.name, sample=sample).write(opened.var)
        _bring_documents(home.code, opened.var, sample=sample)
    migrate()
    if kept.sample and not sample:
        _forget_sample(moved=kept.territory != home.key)
    for system in systems():
        if system.documents:
            call(system.documents)(opened.var)
    opened = house()
    with running(opened) as runner:
        runner.finish()
    opened.refresh()
    return opened


def _forget_invented(opened: House) -> None:
    for folder in (opened.store.root / "tables").iterdir():
        for version in opened.store.versions(folder.name):
            if version.origin == Origin.INVENTED:
                opened.store.remove(folder.name, version.version)


def _forget_sample(*, moved: bool) -> None:
    """Take away the sample's records, with those of its authority's documents when it moves."""
    from bassin.config import sampling

    sampling.forget(*([Origin.INVENTED, Origin.CITED] if moved else [Origin.INVENTED]))


def _bring_documents(code: str, var: Path, *, sample: bool) -> None:
    """Copy the lists, claims, commitments and programmes packaged for an authority, if any.

    Invented histories are brought to the sample only.
    """
    target = var / "authority"
    shutil.rmtree(target, ignore_errors=True)
    packaged = authorities.folder(code)
    if packaged is not None:
        left = ("__pycache__",) if sample else ("__pycache__", "invented*")
        shutil.copytree(packaged, target, ignore=shutil.ignore_patterns(*left))
