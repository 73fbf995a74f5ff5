"""Reading the small tables that this floor declares, and the npm package it completes them with."""

import json
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bassin.errors import SourceError

DATA = Path(__file__).parent / "data"
CHECKOUT = Path(__file__).resolve().parents[3]
NAF_PACKAGE = "@socialgouv/codes-naf"


@cache
def declared(name: str) -> dict[str, Any]:
    """The content of `data/<name>.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def naf_package() -> Path:
    """Where the npm package of NAF codes lies: BASSIN_NODE_MODULES, else the checkout, else here.

    Raises:
        SourceError: it is in none of them.
    """
    chosen = os.environ.get("BASSIN_NODE_MODULES")
    folders = [Path(chosen)] if chosen else [CHECKOUT / "node_modules", Path("node_modules")]
    for folder in folders:
        path = folder / NAF_PACKAGE / "index.json"
        if path.is_file():
            return path.resolve()
    looked = " or ".join(str(folder) for folder in folders)
    raise SourceError(
        f"The labels of NAF rev. 2 are missing: no {NAF_PACKAGE} in {looked}. "
        "Run `npm ci`, or name the folder of npm packages in BASSIN_NODE_MODULES."
    )


@cache
def naf_package_labels(path: Path) -> dict[str, str]:
    """Code to French label, as the package gives them (divisions to sub-classes).

    Raises:
        SourceError: the file is not the list of objects with `id` and `label` that it should be.
    """
    try:
        rows = json.loads(path.read_text("utf-8"))
        return {row["id"]: " ".join(row["label"].split()) for row in rows}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"{path} does not hold NAF codes as expected ({error!r}). "
            f"Install {NAF_PACKAGE} again with `npm ci`."
        ) from error
