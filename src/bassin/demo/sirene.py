"""The sample's SIRENE: the two stock files, in Insee's own layout (Parquet edition)."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bassin.demo import facts
from bassin.demo.draws import Draws, Flags, Ints
from bassin.demo.firms import ASSOCIATION, COMPANY, PERSON, PUBLIC
from bassin.demo.lives import day_number
from bassin.demo.world import World, iso, lambert
from bassin.sources.sirene.stock import BANDS

ESTABLISHMENTS = "StockEtablissement_utf8.parquet"
LEGAL_UNITS = "StockUniteLegale_utf8.parquet"
_HIDDEN = "[ND]"
_SHOPS = ("47.", "56.", "96.", "10.71")
_HEALTH_OR_LAW = ("69.", "75.", "86.")
_SAS_FROM = day_number(date(2005, 1, 1))


def write_establishments(world: World, folder: Path) -> None:
    """Write StockEtablissement."""
    _save(folder / ESTABLISHMENTS, "establishments", _establishments(world))


def write_legal_units(world: World, folder: Path) -> None:
    """Write StockUniteLegale."""
    _save(folder / LEGAL_UNITS, "legal_units", _units(world))


def _save(path: Path, layout: str, given: dict[str, np.ndarray | pa.Array]) -> None:
    """All columns of the publisher, in its order; those the sample leaves empty are null."""
    names = facts.toml("layouts")[layout]
    size = len(next(iter(given.values())))
    empty = pa.nulls(size, pa.string())
    columns = [pa.array(given[name]) if name in given else empty for name in names]
    pq.write_table(pa.table(columns, names=names), path, compression="zstd")


def _where(there: Flags, values: np.ndarray) -> pa.Array:
    """Values, null where they are not there."""
    return pa.array(values, mask=~there)


def _partial(draws: Draws, kind: Ints) -> Flags:
    """Units in partial diffusion: a third of natural persons."""
    return (kind == PERSON) & draws.chance(34, len(kind))


def _unit_kinds(world: World) -> Ints:
    kind = np.full(world.firms.units, COMPANY, dtype=np.int64)
    kind[world.firms.unit] = world.firms.kind
    return kind


def _establishments(world: World) -> dict[str, np.ndarray | pa.Array]:
    lives, firms = world.lives, world.firms
    count, open_ = len(lives), lives.active
    hidden = _partial(Draws("diffusion"), _unit_kinds(world))[firms.unit]
    draws = Draws("establishments")
    staffed = ~np.isin(firms.band, ("NN", "00"))
    changed = draws.chance(20, count) & open_
    since = np.where(open_, lives.created, lives.closed)
    now = day_number(facts.stock_day())
    since = np.where(changed, lives.created + draws.below(now - lives.created + 1), since)
    known = open_ | staffed
    return {
        "siren": world.sirens[firms.unit],
        "nic": np.array([siret[9:] for siret in world.sirets]),
        "siret": world.sirets,
        "statutDiffusionEtablissement": np.where(hidden, "P", "O"),
        "dateCreationEtablissement": iso(lives.created),
        "trancheEffectifsEtablissement": _where(known, firms.band),
        "anneeEffectifsEtablissement": _where(staffed & open_, np.full(count, "2024")),
        "dateDernierTraitementEtablissement": _processed(draws, since),
        "etablissementSiege": firms.head,
        "nombrePeriodesEtablissement": np.where(changed | ~open_, 2, 1),
        "dateDebut": iso(since),
        "etatAdministratifEtablissement": np.where(open_, "A", "F"),
        "activitePrincipaleEtablissement": world.naf,
        "nomenclatureActivitePrincipaleEtablissement": np.full(count, "NAFRev2"),
        "caractereEmployeurEtablissement": np.where(staffed, "O", "N"),
        **_address(draws, world, hidden),
    }


def _processed(draws: Draws, since: Ints) -> np.ndarray:
    """Moments of Insee's last treatment; the latest is the day of the stock."""
    now = day_number(facts.stock_day())
    day = np.minimum(since + draws.below(700, len(since)), now)
    day[-1] = now
    return np.char.add(iso(day), "T08:00:00")


def _address(draws: Draws, world: World, hidden: Flags) -> dict[str, np.ndarray | pa.Array]:
    count = len(world.lives)
    words = facts.toml("words")
    communes = facts.communes()
    east, north = lambert(*world.points)
    number = draws.between(1, 140, count)
    street = np.array(words["streets"])[draws.below(len(words["streets"]), count)]
    kind = np.array(["RUE", "AVENUE", "ALLEE", "QUAI"])[draws.pick([70, 18, 8, 4], count)]
    shop = np.char.startswith(world.naf, _SHOPS[0])
    for prefix in _SHOPS[1:]:
        shop |= np.char.startswith(world.naf, prefix)
    signed = shop & draws.chance(45, count)
    shown = {
        "numeroVoieEtablissement": number.astype(str),
        "typeVoieEtablissement": kind,
        "libelleVoieEtablissement": street,
        "coordonneeLambertAbscisseEtablissement": east.astype(str),
        "coordonneeLambertOrdonneeEtablissement": north.astype(str),
    }
    names = np.array([each.name.upper() for each in communes])
    return {
        **{name: np.where(hidden, _HIDDEN, values) for name, values in shown.items()},
        "enseigne1Etablissement": _where(signed, np.where(hidden, _HIDDEN, _signs(world))),
        "codePostalEtablissement": np.array([c.postal_code for c in communes])[world.lives.commune],
        "libelleCommuneEtablissement": names[world.lives.commune],
        "codeCommuneEtablissement": np.array([c.code for c in communes])[world.lives.commune],
    }


def _signs(world: World) -> np.ndarray:
    return _names(world.lives.activity, world.firms.unit)


def _names(activity: Ints, unit: Ints) -> np.ndarray:
    """« EXEMPLE BOULANGERIE DES TILLEULS 00123 »: nobody takes it for a real firm."""
    nouns = np.array([each.noun.upper() for each in facts.activities()])
    places = np.array(facts.toml("words")["places"])
    named = np.char.add(np.char.add("EXEMPLE ", nouns[activity]), " ")
    named = np.char.add(named, places[(unit * 7919) % len(places)])
    return np.char.add(named, [f" {number + 1:05}" for number in unit])


def legal_names(world: World) -> np.ndarray:
    """The name of each unit, used only for legal persons."""
    return _names(world.lives.activity[_main(world)], np.arange(world.firms.units))


def _units(world: World) -> dict[str, np.ndarray | pa.Array]:
    firms, lives = world.firms, world.lives
    kind = _unit_kinds(world)
    hidden = _partial(Draws("diffusion"), kind)
    draws = Draws("units")
    main = _main(world)
    active = np.zeros(firms.units, dtype=bool)
    active[firms.unit[lives.active]] = True
    active |= firms.outside
    created = np.full(firms.units, 1 << 40, dtype=np.int64)
    np.minimum.at(created, firms.unit, lives.created)
    created -= np.where(firms.outside, draws.below(5000, firms.units), 0)
    ended = np.zeros(firms.units, dtype=np.int64)
    np.maximum.at(ended, firms.unit, lives.closed)
    person = kind == PERSON
    category = _categories(draws, world, kind, main, created)
    band = _unit_bands(draws, world)
    since = np.where(active, created, ended)
    persons = np.where(hidden, _HIDDEN, "EXEMPLE")
    return {
        "siren": world.sirens,
        "statutDiffusionUniteLegale": np.where(hidden, "P", "O"),
        "dateCreationUniteLegale": iso(created),
        "trancheEffectifsUniteLegale": _where(active, band),
        "anneeEffectifsUniteLegale": _where(active & (band != "NN"), np.full(len(band), "2024")),
        "dateDernierTraitementUniteLegale": _processed(draws, since),
        "categorieEntreprise": _where(active & (kind != PUBLIC), _sizes(draws, firms.outside)),
        "dateDebut": iso(since),
        "etatAdministratifUniteLegale": np.where(active, "A", "C"),
        "nomUniteLegale": _where(person, persons),
        "denominationUniteLegale": _where(~person, legal_names(world)),
        "categorieJuridiqueUniteLegale": category,
        "activitePrincipaleUniteLegale": world.naf[main],
        "nomenclatureActivitePrincipaleUniteLegale": np.full(len(kind), "NAFRev2"),
        "nicSiegeUniteLegale": _head_numbers(world),
        "economieSocialeSolidaireUniteLegale": _where(~person, _social(draws, category)),
        "caractereEmployeurUniteLegale": np.where(np.isin(band, ("NN", "00")), "N", "O"),
    }


def _main(world: World) -> Ints:
    """Per unit, its head office here, else its latest establishment."""
    main = np.zeros(world.firms.units, dtype=np.int64)
    main[world.firms.unit] = np.arange(len(world.lives))
    main[world.firms.unit[world.firms.head]] = np.flatnonzero(world.firms.head)
    return main


def _head_numbers(world: World) -> np.ndarray:
    numbers = np.full(world.firms.units, "00001", dtype="<U5")
    heads = np.flatnonzero(world.firms.head)
    numbers[world.firms.unit[heads]] = [world.sirets[head][9:] for head in heads]
    return numbers


def _categories(draws: Draws, world: World, kind: Ints, main: Ints, created: Ints) -> np.ndarray:
    """Legal categories: SAS replace SARL over the years, SCI hold land, professions have SEL."""
    count = len(kind)
    naf = world.naf[main]
    late = draws.below(100, count) < np.clip((created - _SAS_FROM) // 85, 5, 88)
    company = np.where(late, "5710", "5499")
    some = draws.below(1000, count)
    company = np.where(world.firms.outside & (some < 400), "5599", company)
    company = np.where((naf == "68.20B") & (some < 850), "6540", company)
    liberal = np.logical_or.reduce([np.char.startswith(naf, each) for each in _HEALTH_OR_LAW])
    company = np.where(liberal & (some < 500), "5485", company)
    company = np.where(some >= 992, "5458", company)
    social = np.where(some < 20, "9300", np.where(some < 40, "8210", "9220"))
    public = np.full(count, "7210")
    public = np.where(np.char.startswith(naf, "86.10"), "7364", public)
    public = np.where(np.char.startswith(naf, "85.31"), "7331", public)
    public = np.where(np.char.startswith(naf, "84.2"), "7171", public)
    return np.select([kind == PERSON, kind == COMPANY, kind == ASSOCIATION],
                     [np.full(count, "1000"), company, social], public)  # fmt: skip


def _unit_bands(draws: Draws, world: World) -> np.ndarray:
    """The band of the sum of the establishments' minima; large ones for firms from elsewhere."""
    codes = [code for code in BANDS if code != "NN"]
    least = np.array([BANDS[code][0] for code in codes])
    minima = {code: ends[0] for code, ends in BANDS.items()}
    staff = np.zeros(world.firms.units, dtype=np.int64)
    open_ = world.lives.active
    counts = np.array([minima[code] for code in world.firms.band[open_]], dtype=np.int64)
    np.add.at(staff, world.firms.unit[open_], counts)
    band = np.array(codes)[np.searchsorted(least, staff, side="right") - 1]
    band = np.where(staff == 0, "NN", band)
    large = np.array(["21", "22", "32", "41", "42", "51", "52"])
    drawn = large[draws.pick([30, 24, 18, 12, 8, 5, 3], len(band))]
    return np.where(world.firms.outside, drawn, band)


def _sizes(draws: Draws, outside: Flags) -> np.ndarray:
    drawn = np.array(["PME", "ETI", "GE"])[draws.pick([45, 33, 22], len(outside))]
    return np.where(outside, drawn, "PME")


def _social(draws: Draws, category: np.ndarray) -> np.ndarray:
    """Whether the unit declares itself of the social and solidarity economy."""
    by_law = np.isin(category, ("9220", "9300", "8210", "5458"))
    return np.where(by_law & draws.chance(62, len(category)), "O", "N")
