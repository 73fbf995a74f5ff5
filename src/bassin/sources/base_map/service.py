"""Classes of BD TOPO taken page by page from the Géoplateforme's service of features (WFS 2.0).

Its methods: https://ignf.github.io/cartes.gouv.fr-documentation/fr/guides-utilisateur/utiliser-les-services-de-la-geoplateforme/diffusion/wfs
It takes 30 requests a second at most; pages are asked one after the other. Bounds are given in
latitude then longitude, the order of EPSG:4326: in the other one it answers nothing, and no error.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bassin.errors import SourceError
from bassin.sources.base_map.layers import ID, LAYERS, Layer
from bassin.sources.contract import Area, Progress
from bassin.sources.download import download
from bassin.types import Text

URL = "https://data.geopf.fr/wfs/ows"
PAGE = 5000
"""Features asked at once: what the service gives at most."""

_CRS = "urn:ogc:def:crs:EPSG::4326"


def bring(url: str, into: Path, area: Area, progress: Progress) -> list[Path]:
    """Bring every class within bounds; give the files, a page each.

    Raises:
        SourceError: the service is not reached, or answers something else than features.
    """
    paths = []
    for name, layer in LAYERS.items():
        got, number = PAGE, 0
        while got == PAGE:
            asked = f"{url}?{urlencode(_asked(name, layer, area, number))}"
            path = download(asked, into, progress, name=f"{name}-{number + 1:04}.geojson")
            got = _counted(path, asked)
            paths.append(path)
            number += 1
    return paths


def _asked(name: str, layer: Layer, area: Area, number: int) -> dict[str, Any]:
    west, south, east, north = (f"{each:.6f}" for each in area)
    return {
        "SERVICE": "WFS",
        "VERSION": "2.0.0",
        "REQUEST": "GetFeature",
        "TYPENAMES": f"BDTOPO_V3:{name}",
        "PROPERTYNAME": ",".join(layer.asked),
        "OUTPUTFORMAT": "application/json",
        "SRSNAME": "EPSG:4326",
        "BBOX": f"{south},{west},{north},{east},{_CRS}",
        "SORTBY": ID,  # without an order, pages may overlap
        "COUNT": PAGE,
        "STARTINDEX": PAGE * number,
    }


def _counted(path: Path, url: str) -> int:
    """How many features a page holds.

    Raises:
        SourceError: it is none; what the service said is told, and the page is removed.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        return len(json.loads(text)["features"])
    except (ValueError, KeyError, TypeError) as error:
        path.unlink()
        said = " ".join(text.split())[:200]
        raise SourceError(
            Text(
                f"{url} n'a pas répondu par des objets mais par : « {said} ». Réessayez plus tard "
                "; si cela dure, le service a changé et le lecteur de cette source est à mettre "
                "à jour. La dernière bonne version reste en service.",
                f"{url} did not answer with features but with: “{said}”. Try again later; if it "
                "lasts, the service changed and the reader of this source must be updated. The "
                "last good version stays meanwhile.",
            )
        ) from error
