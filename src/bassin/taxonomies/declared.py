"""Reading the small tables that this floor declares, and the npm package it completes them with."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bassin.errors import SourceError
from bassin.packages import node_modules
from bassin.types import Text

DATA = Path(__file__).parent / "data"
NAF_PACKAGE = "@socialgouv/codes-naf"


@cache
def declared(name: str) -> dict[str, Any]:
    """The content of `data/<name>.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def naf_package() -> Path:
    """Where the npm package of NAF codes lies.

    Raises:
        Refused: no npm package was installed.
        SourceError: they were, without this one.
    """
    path = node_modules() / NAF_PACKAGE / "index.json"
    if not path.is_file():
        raise SourceError(
            Text(
                f"Les libellés de la NAF rév. 2 manquent : pas de {NAF_PACKAGE} dans "
                f"{node_modules()}. "
                "Lancez `npm ci`, ou nommez le dossier des paquets npm dans BASSIN_NODE_MODULES.",
                f"The labels of NAF rev. 2 are missing: no {NAF_PACKAGE} in {node_modules()}. "
                "Run `npm ci`, or name the folder of npm packages in BASSIN_NODE_MODULES.",
            )
        )
    return path


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
            Text(
                f"{path} ne contient pas les codes NAF attendus ({error!r}). "
                f"Installez à nouveau {NAF_PACKAGE} avec `npm ci`.",
                f"{path} does not hold NAF codes as expected ({error!r}). "
                f"Install {NAF_PACKAGE} again with `npm ci`.",
            )
        ) from error
