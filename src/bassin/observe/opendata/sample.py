"""The sample's agreements: three tables that nobody measured, one of which waits for its review."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import shapely

from bassin.observe.opendata import actions_sharing as actions
from bassin.observe.opendata.models import Agreement, Deposit
from bassin.observe.opendata.sharing import published
from bassin.parties.models import Membership, Organisation, Person
from bassin.parties.sample import AUTHORITY, organisation
from bassin.sources.authority.declaration import Declaration
from bassin.territory import Place
from bassin.types import Origin, Text
from bassin.ui.opened import house

INVENTED = Origin.INVENTED.value
CHAMBER = "cci-val-de-marne"
COMMUNE = "94081"
MARKETS = ("accord-marches", "Places de marché de la commune")
SHOPS = ("accord-locaux", "Locaux commerciaux vacants de la commune")
VISITS = ("accord-visites", "Visites d'entreprises de la chambre")


def build(today: date) -> None:
    """Write the agreements that are missing, and put their tables in service together."""
    officer = Person.objects.filter(
        memberships__organisation__slug=AUTHORITY, memberships__role=Membership.Role.OFFICER
    ).first()
    opened = house()
    opened.refresh()
    if officer is None or not opened.reader.has("shapes"):
        return
    here = [each for each in opened.territory.communes(opened.home) if each.code == COMMUNE]
    if not here:
        return
    waiting = [*_markets(officer, here[0], today), *_shops(officer, here[0], today),
               *_visits(officer, opened.territory.communes(opened.home), today)]  # fmt: skip
    for at, deposit in enumerate(waiting, start=1):
        published.put(deposit, today, serve=at == len(waiting))


def _agreement(which: tuple[str, str], producer: Organisation, today: date, **facts: object
               ) -> Agreement | None:  # fmt: skip
    """An agreement made when it is missing; None when it is there."""
    slug, title = which
    if Agreement.objects.filter(slug=slug).exists():
        return None
    year = today.replace(month=1, day=1)
    told = {"title": title, "starts_on": year, "review_on": year + timedelta(days=730), **facts}
    return Agreement.objects.create(slug=slug, producer=producer, origin=INVENTED, **told)


def _commune(place: Place) -> Organisation:
    return organisation(
        f"commune-{place.code}", Organisation.Kind.COMMUNE, place.name,
        commune_code=place.code, origin=Origin.REAL.value,
    )  # fmt: skip


def _brought(
    agreement: Agreement, by: Person, name: str, content: str, today: date, made: dict[str, Text],
    title: Text, definition: Text, **facts: object,
) -> Deposit:  # fmt: skip
    """The file, its declaration once somebody corrected what was guessed, and its check."""
    deposit = actions.propose(
        agreement, by=by, title=title.fr, document=name, chunks=[content.encode()],
        dated_on=str(today.year), today=today, origin=INVENTED,
    )  # fmt: skip
    actions.declare(
        deposit.table, _corrected(deposit.table.made, made, title, definition, facts), by=by,
        today=today,
    )  # fmt: skip
    deposit.refresh_from_db()
    return deposit


def _corrected(
    guessed: Declaration, labels: dict[str, Text], title: Text, definition: Text,
    facts: dict[str, Any],
) -> Declaration:  # fmt: skip
    columns = tuple(
        replace(each, label=labels.get(each.name, each.label)) for each in guessed.columns
    )
    told = {"theme": "firms", "cadence": Text("chaque année", "every year"), **facts}
    return replace(guessed, title=title, definition=definition, columns=columns, **told)


_LABELS = {
    "nom": Text("Nom du marché", "Name of the market"),
    "commune_code": Text("Commune", "Commune"),
    "jours": Text("Jours de marché", "Market days"),
    "etals": Text("Nombre d'étals", "Number of stalls"),
    "couvert": Text("Couvert", "Covered"),
    "rue": Text("Rue", "Street"),
    "period": Text("Période", "Period"),
    "locaux": Text("Locaux en rez-de-chaussée", "Ground-floor premises"),
    "vacants": Text("Locaux vacants", "Vacant premises"),
    "visites": Text("Visites d'entreprises", "Visits to firms"),
    "porteurs": Text("Porteurs de projet reçus", "Project holders received"),
}
_MARKET_ROWS = (
    ("Halle du Canal", "mardi, samedi", 42, "oui"), ("Place des Ormes", "mercredi", 18, "non"),
    ("Cours des Peupliers", "vendredi", 24, "non"), ("Marché de la Gare", "dimanche", 36, "non"),
    ("Place du Puits", "jeudi, dimanche", 12, "non"), ("Halle Neuve", "samedi", 30, "oui"),
)  # fmt: skip
_STREETS = ("rue Basse", "avenue des Quais", "rue du Four", "cours de la Halle", "rue aux Clefs")


def _markets(officer: Person, place: Place, today: date) -> Iterable[Deposit]:
    agreement = _agreement(
        MARKETS, _commune(place), today, level=Agreement.Level.PUBLIC, steward=officer,
        purpose="Donner aux habitants et aux commerçants les lieux et les jours de marché.",
        uses="Toute réutilisation, en citant la commune.",
        text="Accord d'exemple, inventé : la commune tient la couche à jour une fois par an.",
    )  # fmt: skip
    if agreement is None:
        return []
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": spot},
         "properties": {"nom": name, "code_commune": place.code, "jours": days, "étals": stalls,
                        "couvert": covered}}
        for spot, (name, days, stalls, covered) in zip(_spots(place), _MARKET_ROWS, strict=False)
    ]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    title = Text("Places de marché", "Market places")
    said = Text("Une ligne par marché forain, à l'endroit de son entrée.",
                "One row per street market, where one enters it.")  # fmt: skip
    deposit = _brought(agreement, officer, "marches.geojson", content, today, _LABELS, title, said)
    wanted = [f"{each['column']}:{each['code']}" for each in deposit.found["proposals"]]
    return [actions.repair(deposit, wanted, by=officer, today=today)]


def _spots(place: Place) -> list[tuple[float, float]]:
    """Places inside the commune, far enough from one another to be told apart on a map."""
    found = house().reader.rows("SELECT shape FROM shapes WHERE commune_code = ?", [place.code])
    shape = shapely.from_wkb(bytes(found[0][0]))
    west, south, east, north = shape.bounds
    steps = [each / 10 for each in range(1, 10)]
    grid = ((west + x * (east - west), south + y * (north - south)) for x in steps for y in steps)
    inside = [(round(x, 5), round(y, 5)) for x, y in grid if shape.contains(shapely.Point(x, y))]
    return inside[:: max(1, len(inside) // len(_MARKET_ROWS))]


def _shops(officer: Person, place: Place, today: date) -> Iterable[Deposit]:
    agreement = _agreement(
        SHOPS, _commune(place), today, level=Agreement.Level.PARTNERS, steward=officer,
        four_eyes=True,
        purpose="Repérer les rues où les commerces ferment, et y agir ensemble.",
        uses="Travail commun des signataires ; aucune publication adresse par adresse.",
        text="Accord d'exemple, inventé : le relevé est fait à pied, chaque trimestre.",
    )  # fmt: skip
    if agreement is None:
        return []
    agreement.readers.set(Organisation.objects.filter(slug=CHAMBER))
    rows = [
        (place.code, street, f"{today.year - 1}-Q{quarter}", 20 + 7 * at, (3 * at + quarter) % 9)
        for at, street in enumerate(_STREETS)
        for quarter in (1, 2, 3, 4)
    ]
    content = _csv(("code_commune", "rue", "trimestre", "locaux", "vacants"), rows)
    title = Text("Locaux commerciaux vacants", "Vacant shops")
    said = Text("Une ligne par rue et par trimestre : locaux en rez-de-chaussée, et vacants.",
                "One row per street and quarter: ground-floor premises, and vacant.")  # fmt: skip
    return [
        _brought(agreement, officer, "locaux.csv", content, today, _LABELS, title, said,
                 unique=("rue", "period"))
    ]  # fmt: skip


def _visits(officer: Person, communes: Iterable[Place], today: date) -> Iterable[Deposit]:
    producer = Organisation.objects.filter(slug=CHAMBER).first()
    begun = today.replace(month=1, day=1) - timedelta(days=900)
    agreement = producer and _agreement(
        VISITS, producer, today, level=Agreement.Level.INTERNAL, starts_on=begun,
        review_on=today - timedelta(days=40),
        purpose="Éviter que deux conseillers visitent la même commune le même mois.",
        uses="Organisation des visites ; jamais de liste d'entreprises.",
        text="Accord d'exemple, inventé : des comptes par commune et par an, sans nom.",
    )  # fmt: skip
    if not agreement:
        return []
    rows = [
        (each.code, year, (at * 7 + year) % 40 + 3, (at * 3 + year) % 15)
        for at, each in enumerate(sorted(communes, key=lambda each: each.code))
        for year in (today.year - 2, today.year - 1)
    ]
    content = _csv(("code_commune", "année", "visites", "porteurs"), rows)
    title = Text("Visites d'entreprises", "Visits to firms")
    said = Text("Une ligne par commune et par an : des comptes, aucun nom.",
                "One row per commune and year: counts, no name.")  # fmt: skip
    return [
        _brought(agreement, officer, "visites.csv", content, today, _LABELS, title, said,
                 unique=("commune_code", "period"))
    ]  # fmt: skip


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
