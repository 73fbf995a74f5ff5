"""The sample of the partners: what documents name is cited, all the rest is invented and says so.

No service is invented for a real body: bodies that carry one are fictional, by name.
"""

import random
from datetime import date, timedelta
from decimal import Decimal
from math import atan2, hypot

from pyproj import Transformer
from shapely import Geometry, Point

from bassin.parties.models import Organisation
from bassin.steer.partners.models import (
    CatalogueService,
    Link,
    Network,
    Offer,
    PooledProject,
    Quote,
    ServiceRequest,
    Site,
    WatchNote,
)
from bassin.types import Origin
from bassin.ui.opened import house
from bassin.ui.outlines import shapes

ROADMAP = "Feuille de route 2021-2025"
SLIDES = "Support de l'atelier des élus"
AUTHORITY = "grand-orly-seine-bievre"
NETWORK = "tres-haut-debit"
_INVENTED = Origin.INVENTED.value
_TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)
_TO_DEGREES = Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)

# Step, part, what the document says that the territory offers.
CITED = (
    ("creator:premises", "lead", "La Fabrique, La Station, Centre de l'entrepreneuriat"),
    ("growing:innovate", "lead", "Silver Innov', équipement économique"),
    ("growing:move", "lead", "Relogement dans les opérations d'aménagement (MODUE)"),
    ("growing:customers", "lead", "Accès aux marchés publics des TPE, PME et de l'ESS"),
    ("growing:invest", "inform", "Guide des aides"),
    ("growing:recruit", "lead", "Actions de recrutement local, Vitrine des emplois"),
)
FICTIONAL = (
    ("couveuse-exemple", "association", "Couveuse Exemple (fictive)"),
    ("chambre-exemple", "chamber", "Chambre Exemple (fictive)"),
    ("pret-exemple", "association", "Prêt d'honneur Exemple (fictif)"),
)
# Body, step, part, title, and how many of the first communes by code (0: the whole territory).
INVENTED = (
    ("couveuse-exemple", "creator:idea", "lead", "Atelier « mon idée » du mardi (exemple)", 9),
    ("chambre-exemple", "creator:idea", "lead", "Réunion d'information (exemple)", 0),
    ("couveuse-exemple", "creator:plan", "lead", "Tester son activité (exemple)", 0),
    ("chambre-exemple", "creator:legal", "support", "Aide aux formalités (exemple)", 0),
    ("pret-exemple", "creator:funding", "lead", "Prêt d'honneur (exemple)", 14),
    ("couveuse-exemple", "creator:first_years", "support", "Club des trois ans (exemple)", 0),
    ("chambre-exemple", "growing:strategy", "lead", "Diagnostic d'une journée (exemple)", 0),
    ("chambre-exemple", "growing:difficulty", "lead", "Cellule d'écoute (exemple)", 0),
    ("pret-exemple", "growing:invest", "lead", "Prêt croissance (exemple)", 12),
    ("chambre-exemple", "growing:transfer", "support", "Bourse des reprises (exemple)", 0),
)
CATALOGUE = (
    ("reemploi", "digital:mission:1", "Réemploi des matériels numériques",
     "Re-use of digital equipment", "appareils", "devices"),
    ("mediation", "digital:mission:2", "Médiation et inclusion numériques",
     "Digital mediation and inclusion", "heures de médiation", "hours of mediation"),
    ("tres-haut-debit", "digital:mission:3", "Raccordement au réseau très haut débit",
     "Connection to the very-high-speed network", "sites raccordés", "sites connected"),
    ("donnees", "digital:mission:4", "Observatoire, données ouvertes et SIG communs",
     "Common observatory, open data and GIS", "jeux de données", "data sets"),
    ("ingenierie", "digital:mission:5", "Ingénierie et prospection",
     "Engineering and prospection", "jours", "days"),
)  # fmt: skip


def build(today: date) -> None:
    """Write the sample once; what was changed since stays."""
    _services(today)
    _catalogue()
    _pooled(today)
    _watch(today)
    _network()


def commune_bodies() -> list[Organisation]:
    """The territory's communes as organisations, by code; their names are the official ones."""
    opened = house()
    return [
        Organisation.objects.get_or_create(
            slug=f"commune-{place.code}",
            defaults={
                "kind": Organisation.Kind.COMMUNE, "name": place.name, "commune_code": place.code,
                "origin": Origin.REAL.value,
            },
        )[0]
        for place in sorted(opened.territory.communes(opened.home), key=lambda each: each.code)
    ]  # fmt: skip


def _services(today: date) -> None:
    if Offer.objects.exists():
        return
    codes = [each.commune_code for each in commune_bodies()]
    authority = Organisation.objects.filter(slug=AUTHORITY).first()
    if authority:
        for step, part, title in CITED:
            Offer.objects.create(
                step=step, part=part, title=title, organisation=authority, source=ROADMAP,
                origin=Origin.CITED.value,
            )  # fmt: skip
    bodies = {}
    for slug, kind, name in FICTIONAL:
        bodies[slug], _new = Organisation.objects.get_or_create(
            slug=slug, defaults={"kind": kind, "name": name, "origin": _INVENTED}
        )
    for slug, step, part, title, first in INVENTED:
        Offer.objects.create(
            step=step, part=part, title=title, organisation=bodies[slug], price="gratuit",
            commune_codes=codes[:first], checked_on=today, origin=_INVENTED,
        )  # fmt: skip


def _catalogue() -> None:
    for order, (slug, mission, title, english, unit, unit_en) in enumerate(CATALOGUE):
        CatalogueService.objects.get_or_create(
            slug=slug,
            defaults={
                "mission": mission, "title": title, "title_en": english, "unit": unit,
                "unit_en": unit_en,
                "order": order, "source": SLIDES, "origin": Origin.CITED.value,
            },
        )  # fmt: skip


def _pooled(today: date) -> None:
    """Six communes ask, accept a quote, and share one invented project by population."""
    if ServiceRequest.objects.exists():
        return
    service = CatalogueService.objects.get(slug="donnees")
    project = PooledProject.objects.create(
        title="Cadastre des arbres, fait une fois pour six communes (exemple)", service=service,
        total_eur=Decimal(18000), alone_eur=Decimal(41000), key="population", origin=_INVENTED,
    )  # fmt: skip
    for number, body in enumerate(commune_bodies()[:6]):
        asked = ServiceRequest.objects.create(
            service=service, organisation=body, project=project, use=1 + number % 3,
            state=ServiceRequest.State.ACCEPTED,
            text="Demande inventée pour l'exemple : recenser les arbres de la voirie.",
            asked_on=today - timedelta(days=60 - number), origin=_INVENTED,
        )  # fmt: skip
        Quote.objects.create(
            request=asked, amount_eur=Decimal(3000), text="Part estimée (exemple)",
            given_on=today, valid_until=today + timedelta(days=60),
        )  # fmt: skip


def _watch(today: date) -> None:
    if WatchNote.objects.exists():
        return
    WatchNote.objects.create(
        title="Capteurs à bas débit pour les bâtiments (exemple, inventé)",
        text="Note inventée pour l'exemple.", theme="numérique", noted_on=today, origin=_INVENTED,
    )  # fmt: skip


def _network() -> None:
    """24 town halls on a ring, 54 other sites: most on two ways, nine on one alone."""
    if Network.objects.filter(slug=NETWORK).exists():
        return
    opened = house()
    outlines = shapes(opened, [each.code for each in opened.territory.communes(opened.home)])
    if not outlines:
        return
    network = Network.objects.create(
        slug=NETWORK, title="Réseau très haut débit (tracé d'exemple)",
        text="Le document annonce environ 80 km de fibre, 80 sites, les 24 hôtels de ville, "
        "1 à 10 Gb/s et un financement à 50 %. Le tracé, les débits et les montants sont inventés.",
        capex_eur=Decimal(4000000), subsidy_pct=Decimal(50),
        old_invoices_eur=Decimal(1600000), new_costs_eur=Decimal(600000),
        source=SLIDES, origin=_INVENTED,
    )  # fmt: skip
    halls = _town_halls(network, outlines)
    _others(network, halls, outlines)


def _town_halls(network: Network, outlines: dict[str, Geometry]) -> list[Site]:
    """In the order of their bearing from the middle, each linked to the next; two are the core."""
    names = {each.commune_code: each.name for each in commune_bodies()}
    middles = {code: shape.representative_point() for code, shape in outlines.items()}
    centre = Point(
        sum(p.x for p in middles.values()) / len(middles),
        sum(p.y for p in middles.values()) / len(middles),
    )
    around = sorted(middles, key=lambda code: _bearing(centre, middles[code]))
    halls = [
        _site(network, f"mairie-{code}", f"Mairie de {names[code]}", code, middles[code],
              core=number in (0, len(around) // 2))
        for number, code in enumerate(around)
    ]  # fmt: skip
    for number, hall in enumerate(halls):
        following = halls[(number + 1) % len(halls)]
        _link(network, f"A{number + 1:02}", hall, following, 10_000, 900 + 370 * (number % 9))
    return halls


def _bearing(centre: Point, point: Point) -> float:
    return atan2(point.y - centre.y, point.x - centre.x)


def _others(network: Network, halls: list[Site], outlines: dict[str, Geometry]) -> None:
    draws = random.Random("network")  # noqa: S311  places of invented sites, not a secret
    for number in range(54):
        at = number % len(halls)
        hall, following = halls[at], halls[(at + 1) % len(halls)]
        point = _inside(outlines[hall.commune_code], draws)
        site = _site(
            network, f"site-{number + 1:02}", f"Site exemple {number + 1}", hall.commune_code, point
        )
        _link(network, f"B{number + 1:02}", hall, site, 1_000, 60 + 17 * (number % 54))
        if number % 6:
            _link(network, f"C{number + 1:02}", following, site, 1_000, None)


def _inside(shape: Geometry, draws: random.Random) -> Point:
    left, low, right, high = shape.bounds
    for _try in range(200):
        point = Point(draws.uniform(left, right), draws.uniform(low, high))
        if shape.contains(point):
            return point
    return shape.representative_point()


def _site(
    network: Network, code: str, name: str, commune_code: str, at: Point, *, core: bool = False
) -> Site:
    longitude, latitude = _TO_DEGREES.transform(at.x, at.y)
    return Site.objects.create(
        network=network, code=code, name=name, commune_code=commune_code, core=core,
        latitude=round(latitude, 5), longitude=round(longitude, 5), origin=_INVENTED,
    )  # fmt: skip


def _link(
    network: Network, code: str, one: Site, other: Site, capacity: int, traffic: int | None
) -> None:
    Link.objects.create(
        network=network, code=code, one=one, other=other, capacity_mbps=capacity,
        traffic_p95_mbps=traffic, length_m=_metres(one, other), origin=_INVENTED,
    )  # fmt: skip


def _metres(one: Site, other: Site) -> int:
    """As the crow flies: the invented fibre follows no street."""
    ends = [_TO_METRES.transform(each.longitude, each.latitude) for each in (one, other)]
    return round(hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]))
