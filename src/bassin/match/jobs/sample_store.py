"""What the store holds that the sample's offers are drawn from: counts, invented firms, trades."""

from collections import defaultdict
from dataclasses import dataclass, field

from pyproj import Transformer

from bassin.indicators.house import House
from bassin.ui.opened import house

_BANDS = ("01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53")
_NEEDED = {
    "offers", "establishments", "legal_units", "occupation_hirings", "rome_appellations",
    "rome_texts", "rome_skills",
}  # fmt: skip
_TO_DEGREES = Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)
_CORE = "SELECT rome_code, item_code FROM rome_skills WHERE is_core ORDER BY 1, 2"
_SPECIFIC = "SELECT rome_code, item_code FROM rome_skills WHERE NOT is_core ORDER BY 1, 2"


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented establishment with staff; `weight` grows with its size."""

    siret: str
    name: str
    naf_code: str
    commune_code: str
    weight: int
    longitude: float
    latitude: float


@dataclass
class Shelf:
    """Empty where a table is missing: then only the offers told one by one are written."""

    counts: list[tuple[str, str, int]] = field(default_factory=list)  # commune, trade, offers
    hires: dict[str, dict[str, int]] = field(default_factory=dict)  # trade, activity, hires
    titles: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    core: dict[str, list[str]] = field(default_factory=dict)
    specific: dict[str, list[str]] = field(default_factory=dict)
    firms: list[Firm] = field(default_factory=list)

    @classmethod
    def opened(cls) -> "Shelf":
        """What is in service now."""
        opened = house()
        opened.refresh()
        release = opened.store.release()
        if release is None or not set(release.tables) >= _NEEDED:
            return cls()
        return cls(
            counts=_counts(opened),
            hires=_hires(opened),
            titles=_listed(opened, "SELECT rome_code, label FROM rome_appellations ORDER BY 1, 2"),
            texts=_texts(opened),
            core=_listed(opened, _CORE),
            specific=_listed(opened, _SPECIFIC),
            firms=_firms(opened),
        )

    def largest(self, commune: str, naf: str) -> Firm | None:
        """The largest firm of an activity in a commune."""
        there = [f for f in self.firms if (f.commune_code, f.naf_code) == (commune, naf)]
        return max(there, key=lambda firm: (firm.weight, firm.siret), default=None)


def _counts(opened: House) -> list[tuple[str, str, int]]:
    rows = opened.reader.rows(
        "SELECT commune_code, rome_code, sum(offers)::INTEGER FROM offers "
        "WHERE commune_code IN (SELECT unnest($1)) GROUP BY ALL HAVING sum(offers) > 0 "
        "ORDER BY 1, 2",
        [sorted(opened.home.communes)],
    )
    return [(commune, trade, count) for commune, trade, count in rows]


def _hires(opened: House) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for trade, naf, hires in opened.reader.rows(
        "SELECT rome_code, naf_code, hirings FROM occupation_hirings "
        "WHERE hirings > 0 ORDER BY rome_code, naf_code"
    ):
        found[trade][naf] = hires
    return found


def _listed(opened: House, sql: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in opened.reader.rows(sql):
        found[key].append(value)
    return found


def _texts(opened: House) -> dict[str, str]:
    told = _listed(
        opened,
        "SELECT rome_code, text FROM rome_texts WHERE kind = 'definition' ORDER BY 1, position",
    )
    return {trade: " ".join(texts) for trade, texts in told.items()}


def _firms(opened: House) -> list[Firm]:
    """Those that begin as invented numbers and names do, and no other."""
    rows = opened.reader.rows(
        "SELECT siret, coalesce(sign, unit.name) AS said, place.naf_code, commune_code, "
        "place.headcount_band, x_m, y_m FROM establishments AS place "
        "JOIN legal_units AS unit USING (siren) WHERE place.state = 'A' AND siren LIKE '000%' "
        "AND x_m IS NOT NULL AND said LIKE 'EXEMPLE %' "
        "AND place.headcount_band IN (SELECT unnest($1)) ORDER BY siret",
        [list(_BANDS)],
    )
    placed = zip(*_TO_DEGREES.transform([r[5] for r in rows], [r[6] for r in rows]), strict=True)
    return [
        Firm(siret, name, naf, commune, (_BANDS.index(band) + 1) ** 2, *where)
        for (siret, name, naf, commune, band, *_), where in zip(rows, placed, strict=True)
    ]
