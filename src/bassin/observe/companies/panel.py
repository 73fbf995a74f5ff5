"""The filters as a form shows them: a few groups, each value with what it would keep.

Long lists show what is chosen and what keeps most; the rest is one word away, with or without
JavaScript. An interval of one's own is a value like the others once it is chosen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from bassin.commons.models import Operation, Perimeter, Visibility
from bassin.indicators.house import House
from bassin.observe.companies.asking import Asking
from bassin.observe.companies.facets import Facets, facets
from bassin.observe.companies.filters.every import FILTERS
from bassin.observe.companies.looking import look
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.systems import firm_set
from bassin.types import Text
from bassin.ui.reader import today

SHOWN = 8
METRES = (200, 300, 500, 1000, 2000, 5000)
AGES = {
    "-1ans": Text("moins d'un an", "less than one year"),
    "-3ans": Text("moins de 3 ans", "less than 3 years"),
    "3-10ans": Text("de 3 à 10 ans", "3 to 10 years"),
    "10-ans": Text("10 ans et plus", "10 years and more"),
}
_HELP = {
    "cherche_lieu": Text("Une commune, une intercommunalité, un département",
                         "A commune, an intercommunal body, a département"),
    "cherche_naf": Text("Un mot de l'activité, ou un code", "A word of the activity, or a code"),
    "cherche_forme": Text("Un mot, ou un code", "A word, or a code"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter. `count` is None where it is not counted; `depth` indents it."""

    value: str
    label: Text
    count: int | None
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One filter of the form.

    `kind` is "many" (ticks), "one" (one of several), "around" or "zone". `ends` are the two fields
    of an interval; `sought` the field that looks into a long list, with what was typed.
    """

    param: str
    label: Text
    kind: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()
    ends: tuple[str, str] | None = None
    sought: str = ""
    typed: str = ""
    help: Text = Text("")

    @property
    def chosen(self) -> bool:
        """Whether a value is chosen."""
        return any(each.chosen for each in (*self.options, *self.more))

    @property
    def found(self) -> bool:
        """Whether there is a value to choose."""
        return any(not each.chosen for each in (*self.options, *self.more))


@dataclass(frozen=True, slots=True)
class Group:
    """Filters that answer one question, and how many of their values are chosen."""

    code: str
    label: Text
    filters: tuple[Asked, ...]
    chosen: int


_GROUPS = (
    ("ou", Text("Où", "Where"), ("lieu", "rayon", "qpv", "operation", "zone")),
    ("activite", Text("Activité", "Activity"), ("naf", "naf2025", "perimetre", "domaine")),
    ("effectif", Text("Effectif", "Staff"), ("effectif",)),
    ("forme", Text("Statut", "Status"), ("forme", "ess", "insertion", "siege", "offres")),
    ("vie", Text("Vie", "Life"), ("etat", "creee", "fermee", "demenage", "procedure")),
)


def panel(house: House, asking: Asking) -> tuple[tuple[Group, ...], Facets]:
    """The groups of filters of a page, and the counts that they come from."""
    counted = facets(house, asking.selection, officer=asking.officer)
    groups = []
    for code, label, params in _GROUPS:
        made = [_MAKE.get(param, _counted)(param, house, asking, counted) for param in params]
        kept = tuple(each for each in made if each is not None)
        number = sum(
            option.chosen for each in kept for option in (*each.options, *each.more)
        ) - int(code == "vie" and asking.selection.state is None and not asking.selection.closed)
        groups.append(Group(code, label, kept, number))
    return tuple(groups), counted


def _label(param: str) -> Text:
    return next(each.label for each in FILTERS if each.param == param)


def _counted(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    """A filter whose values the facets count."""
    facet = next((each for each in counted.facets if each.param == param), None)
    if facet is None:
        return None
    options = [Option(v.code, v.label, v.count, v.chosen, _depth(param, v.code))
               for v in facet.values]  # fmt: skip
    kind = "one" if param in ("ess", "siege", "demenage", "etat") else "many"
    if param == "qpv" and not any(each.count for each in options if each.value != "non"):
        return None
    if kind == "many" and not options:
        return None
    first, more = (
        _cut(options) if param not in ("naf", "naf2025", "forme", "procedure") else (options, [])
    )
    return Asked(param, facet.label, kind, tuple(first), tuple(more))


def _cut(options: Sequence[Option]) -> tuple[list[Option], list[Option]]:
    if len(options) <= SHOWN + 2:
        return list(options), []
    chosen = [each for each in options if each.chosen]
    rest = [each for each in options if not each.chosen]
    room = max(SHOWN - len(chosen), 3)
    return chosen + rest[:room], rest[room:]


def _depth(param: str, code: str) -> int:
    if param in ("naf", "naf2025"):
        return 0 if code.isalpha() else len(code.replace(".", "")) - 1
    return len(code) - 1 if param == "forme" else 0


def _long(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    """A filter whose values are too many to be listed: words look into them."""
    made = _counted(param, house, asking, counted)
    field = f"cherche_{param}"
    typed = asking.sought[field]
    options, more = (made.options, made.more) if made else ((), ())
    known = {each.value for each in (*options, *more)}
    chosen = tuple(
        Option(value, _said(house, param, value), None, chosen=True)
        for name, value in asking.selection.parameters()
        if name == param and value not in known
    )
    if typed:
        found = tuple(
            Option(hit.code, hit.label, hit.count, chosen=False)
            for hit in look(house, asking.selection, param, typed)
        )
        kept = tuple(each for each in (*options, *more) if each.chosen)
        taken = {each.value for each in (*chosen, *kept)}
        options = kept + tuple(each for each in found if each.value not in taken)
        more = ()
    return Asked(
        param, _label(param), "many", chosen + options, more, None, field, typed, _HELP[field]
    )


def _said(house: House, param: str, value: str) -> Text:
    from bassin.observe.companies.filters.base import Asked as Where

    said_again = Where(house, today(), officer=True)
    one = next(each for each in FILTERS if each.param == param).read([value], said_again)
    return one.said() if one is not None else Text(value, value)


def _interval(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    """A filter that takes an interval: usual ones, and two ends of one's own."""
    chosen = next((v for name, v in asking.selection.parameters() if name == param), "")
    if param == "effectif":
        usual = [Option(v.code, v.label, v.count, v.code == chosen)
                 for v in counted.of(param).values] if counted.facets else []  # fmt: skip
    else:
        ages = AGES if param == "creee" else {}
        usual = [Option(code, label, None, code == chosen) for code, label in ages.items()]
    if chosen and chosen not in {each.value for each in usual}:
        usual.insert(0, Option(chosen, _said(house, param, chosen), None, chosen=True))
    return Asked(param, _label(param), "one", tuple(usual), (), (f"{param}_de", f"{param}_a"))


def _around(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    """Around a station, or what was already chosen."""
    circle = asking.selection.circle
    now = (Option(circle.text, circle.said(), None, chosen=True),) if circle else ()
    return Asked(param, _label(param), "around", now, _stations(house))


def _stations(house: House) -> tuple[Option, ...]:
    if not house.reader.has("stations"):
        return ()
    rows = house.reader.rows(
        "SELECT min(station_id), stop_area_name FROM stations JOIN (SELECT min(longitude) AS west, "
        "max(longitude) AS east, min(latitude) AS south, max(latitude) AS north "
        f"FROM {TABLE}) ON longitude BETWEEN west AND east AND latitude BETWEEN south AND north "
        "GROUP BY stop_area_name ORDER BY 2"
    )
    anywhere = Option("gares", Text("n'importe quelle gare", "any station"), None, chosen=False)
    return (anywhere, *(Option(f"gare:{key}", Text(name, name), None, chosen=False)
                        for key, name in rows))  # fmt: skip


def _zone(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    zone = asking.selection.zone
    if zone is None:
        return None
    return Asked(param, _label(param), "many",
                 (Option(zone.written()[0], zone.said(), None, chosen=True),))  # fmt: skip


def _operations(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    """The public operations whose outline is known today."""
    held = Q(valid_to=None) | Q(valid_to__gte=today())
    outlined = Perimeter.objects.filter(held, valid_from__lte=today()).values("operation")
    known = Operation.objects.filter(
        visibility=Visibility.PUBLIC, archived_at=None, pk__in=outlined
    )
    chosen = asking.selection.operations.slugs if asking.selection.operations else ()
    options = [Option(each.slug, Text(each.name, each.name), None, each.slug in chosen)
               for each in known]  # fmt: skip
    first, more = _cut(options)
    return Asked(param, _label(param), "many", tuple(first), tuple(more)) if options else None


def _offers(param: str, house: House, asking: Asking, counted: Facets) -> Asked | None:
    """Firms with open offers, where a system tells them."""
    firms = firm_set("open_offers")
    if firms is None:
        return None
    where, values = asking.selection.where(besides=param)
    sql = f"SELECT count(*) FROM {TABLE} WHERE {where} AND siret IN (SELECT unnest(?))"
    count = house.reader.rows(sql, [*values, sorted(firms)])[0][0] if counted.facets else 0
    label = Text("avec des offres ouvertes", "with open offers")
    option = Option("oui", label, int(count), asking.selection.offers is not None)
    return Asked(param, _label(param), "many", (option,))


_MAKE: dict[str, Callable[[str, House, Asking, Facets], Asked | None]] = {
    "lieu": _long, "naf": _long, "forme": _long, "effectif": _interval, "creee": _interval,
    "fermee": _interval, "rayon": _around, "zone": _zone, "operation": _operations,
    "offres": _offers,
}  # fmt: skip


def has(selection: Selection) -> int:
    """How many values are chosen, the words of the search left aside."""
    return sum(name != "q" for name, _value in selection.parameters())
