"""Reads LHÉO 2.2 (XML), the language in which CARIF-OREF exchange their catalogues.

Written from the published description of the format (its elements, their order, their tables of
codes), and tried on files of our own: no live catalogue was at hand. What concerns a person (names
of contacts) is not read. Documents that declare entities are refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from html import unescape
from io import BytesIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from bassin.commons import brought
from bassin.commons.brought import MEGABYTE, Problem
from bassin.errors import Refused
from bassin.match.skills.imports.records import Fields, Reading, Record, contradiction

LARGEST = 120 * MEGABYTE
MOST_COURSES = 100_000
_LONGEST_TEXT = 4000
_DEAREST = 1_000_000
_LEVELS = {"4": 3, "5": 4, "6": 5, "7": 6, "8": 7}
"""From the former French levels (V to I), which LHÉO keeps, to those of 2019."""
_MODALITIES = {"0": "onsite", "1": "mixed", "2": "remote"}
_FUNDERS = {
    "98005": "region", "98013": "france_travail", "98018": "opco", "98017": "opco",
}  # fmt: skip
_OPEN = {"1": True, "2": False, "3": False}


@dataclass(slots=True)
class Node:
    """An element: its name without prefix, its text, its children, and its line in the file."""

    name: str
    line: int
    number: str = ""
    text: list[str] = field(default_factory=list)
    inside: list["Node"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its own text, on one line."""
        return " ".join("".join(self.text).split())

    def all(self, name: str) -> Iterator["Node"]:
        """Its children of that name."""
        return (each for each in self.inside if each.name == name)

    def one(self, *names: str) -> "Node":
        """The first child at the end of a path; an empty one when there is none."""
        found = self
        for name in names:
            found = next(found.all(name), Node(name, self.line))
        return found

    def say(self, *names: str) -> str:
        """The text at the end of a path; a dash is how LHÉO writes that nothing is said."""
        said = self.one(*names).words
        return "" if said == "-" else said


class _Courses(ContentHandler):
    """Gives each `formation` as it ends, so that a catalogue is never held whole."""

    def __init__(self, take: Callable[[Node], None]) -> None:
        super().__init__()
        self._take = take
        self._open: list[Node] = []
        self._where: Locator | None = None
        self.root = ""

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802  SAX says so
        super().setDocumentLocator(locator)
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  SAX says so
        bare = name.rpartition(":")[2]
        self.root = self.root or bare
        if not self._open and bare != "formation":
            return
        line = self._where.getLineNumber() if self._where else 0
        node = Node(bare, line or 0, attrs.get("numero", ""))
        if self._open:
            self._open[-1].inside.append(node)
        self._open.append(node)

    def characters(self, content: str) -> None:
        if self._open:
            self._open[-1].text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802  SAX says so
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._take(node)


def read(content: bytes) -> Reading:
    """The courses of a catalogue, one for each `action`, and what was not taken, with why.

    Raises:
        Refused: it is no LHÉO, or a document that cannot be read safely.
    """
    brought.refuse_heavy(len(content), LARGEST)
    reading = Reading()
    seen: dict[str, int] = {}
    handler = _Courses(lambda node: _formation(reading, node, seen))
    parser = make_parser()
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException as error:
        raise Refused(
            _("This file declares entities, which a catalogue has no use for: it is not read.")
        ) from error
    except SAXParseException as error:
        raise Refused(
            _("Line {line}: this is no XML ({why}). Nothing was changed.").format(
                line=error.getLineNumber(), why=error.getMessage()
            )
        ) from error
    if handler.root != "lheo":
        raise Refused(
            _("This file begins with <{name}>: a LHÉO catalogue begins with <lheo>.").format(
                name=handler.root[:60]
            )
        )
    return reading


def _formation(reading: Reading, node: Node, seen: dict[str, int]) -> None:
    body, course = _body(node.one("organisme-formation-responsable")), _course(node)
    actions = list(node.all("action"))
    if not actions:
        words = _("no <action>: nothing says where and when.")
        brought.note(reading.problems, Problem(node.line, node.number, words, whole=True))
    for action in actions:
        _action(reading, node, action, (body, course), seen)


def _action(
    reading: Reading, node: Node, action: Node, common: tuple[Fields, Fields], seen: dict[str, int]
) -> None:
    number = _number(node, action)
    body, course = common[0], {**common[1], **_details(action)}
    site = _site(action.one("lieu-de-formation", "coordonnees"))
    kinds = (("body", body), ("site", site), ("course", course))
    for kind, fields in kinds:
        _leave_wrong(reading, action.line, number, kind, fields)
    problem = _unusable(number, body, course, seen)
    if problem:
        brought.note(reading.problems, Problem(action.line, number, problem, whole=True))
        return
    if len(reading.records) >= MOST_COURSES:
        raise Refused(
            _("This file has more than {count} courses: cut it in two.").format(count=MOST_COURSES)
        )
    seen[number] = action.line
    sessions = tuple(_sessions(reading, action, number))
    reading.records.append(Record(number, body, site, course, sessions, action.line))


def _number(node: Node, action: Node) -> str:
    parts = [part for part in (node.number, action.number) if part]
    return ":".join(dict.fromkeys(parts))[:120]


def _unusable(number: str, body: Fields, course: Fields, seen: dict[str, int]) -> str:
    if not number:
        return _("no attribute `numero`: the next file could not say that it is the same.")
    if number in seen:
        return _("its number is already on line {line}.").format(line=seen[number])
    if not body.get("name"):
        return _("no name of a training body.")
    return "" if course.get("title") else _("no title.")


def _leave_wrong(reading: Reading, line: int, number: str, kind: str, fields: Fields) -> None:
    """Values that our own rules refuse are left, each told: a catalogue is not lost for one."""
    for name in list(fields):
        if name == "cost_per":
            continue
        alone = {name: fields[name]}
        if name == "cost_eur":
            alone["cost_per"] = fields["cost_per"]
        if name in ("latitude", "longitude"):
            alone = {each: fields[each] for each in ("latitude", "longitude") if each in fields}
        if why := contradiction(kind, alone):
            brought.note(reading.problems, Problem(line, number, why))
            del fields[name]


def _filled(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _body(node: Node) -> Fields:
    said = node.one("coordonnees-organisme", "coordonnees")
    commune, place = _address(said.one("adresse"))
    return _filled(
        {
            "name": (node.say("nom-organisme") or node.say("raison-sociale"))[:250],
            "siret": node.say("SIRET-organisme-formation", "SIRET").replace(" ", ""),
            "activity_number": node.say("numero-activite")[:11],
            "commune_code": commune,
            "place": place,
            "page": _web(said.say("web", "urlweb")),
            "body_telephone": said.say("telfixe", "numtel")[:30],
        }
    )


def _address(node: Node) -> tuple[str, str]:
    lines = [each.words for each in node.all("ligne") if each.words not in ("", "-")]
    town = " ".join(filter(None, (node.say("codepostal"), node.say("ville"))))
    return node.say("code-INSEE-commune"), ", ".join([*lines, town] if town else lines)[:250]


def _web(said: str) -> str:
    if not said:
        return ""
    return (said if re.match(r"https?://", said) else f"https://{said}")[:500]


def _site(node: Node) -> Fields:
    there = node.one("adresse")
    commune, place = _address(there)
    point = there.one("geolocalisation")
    named = " ".join(each.words for each in node.all("ligne"))
    return _filled(
        {
            "name": named[:250],
            "commune_code": commune,
            "place": place,
            "latitude": _float(point.say("latitude")),
            "longitude": _float(point.say("longitude")),
        }
    )


def _float(said: str) -> float | None:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return None


def _course(node: Node) -> Fields:
    """What all the actions of a course share."""
    domain = node.one("domaine-formation")
    cards = [each.say("code-RNCP") for each in node.all("certification")]
    digits = next((found[0] for said in cards if (found := re.search(r"\d{1,6}$", said))), "")
    romes = [each.words.upper() for each in domain.all("code-ROME")]
    return _filled(
        {
            "title": node.say("intitule-formation")[:250],
            "text": _text(node.say("contenu-formation") or node.say("objectif-formation")),
            "formacode": domain.say("code-FORMACODE"),
            "nsf": domain.say("code-NSF"),
            "rome_codes": [code for code in romes if re.fullmatch(r"[A-N]\d{4}", code)],
            "certification_code": f"RNCP{digits}" if digits else "",
            "level": _LEVELS.get(node.say("code-niveau-sortie")),
            "entry_level": _LEVELS.get(node.say("code-niveau-entree")),
            "page": _web(node.say("url-formation", "urlweb")),
        }
    )


def _text(said: str) -> str:
    """Without the marks of HTML that catalogues put in their texts."""
    bare = re.sub(r"<[^>]{0,200}>", " ", unescape(said))
    return " ".join(bare.split())[:_LONGEST_TEXT]


def _details(action: Node) -> Fields:
    """How one action of a course goes."""
    cost = _cost(action)
    funders = [each.say("code-financeur") for each in action.all("organisme-financeur")]
    funding = [_FUNDERS[code] for code in funders if code in _FUNDERS]
    permanent = {"0": False, "1": True}.get(action.say("modalites-entrees-sorties"))
    return _filled(
        {
            "modality": _MODALITIES.get(action.say("modalites-enseignement")),
            "rhythm": _rhythm(action),
            "hours": _hours(action),
            "funding": list(dict.fromkeys(funding)),
            **cost,
        }
    ) | ({} if permanent is None else {"permanent": permanent})


def _rhythm(action: Node) -> str:
    said = f"{action.say('rythme-formation')} {action.say('modalites-alternance')}".casefold()
    for words, code in (
        (("altern", "apprenti", "professionnalisation"), "alternating"), (("soir",), "evening"),
        (("partiel",), "part"), (("plein",), "full"),
    ):  # fmt: skip
        if any(word in said for word in words):
            return code
    return ""


def _hours(action: Node) -> int | None:
    whole = _float(action.say("nombre-heures-total"))
    if whole is None:
        parts = [_float(action.say(f"nombre-heures-{part}")) for part in ("centre", "entreprise")]
        known = [each for each in parts if each is not None]
        whole = sum(known) if known else None
    return round(whole) if whole else None


def _cost(action: Node) -> Fields:
    for name, per in (("prix-total-TTC", "course"), ("prix-horaire-TTC", "hour")):
        said = re.sub(r"[\s€]", "", action.say(name)).replace(",", ".")
        try:
            amount = Decimal(said)
        except InvalidOperation:
            continue
        if amount.is_finite() and 0 <= amount < _DEAREST:
            return {"cost_eur": round(amount, 2), "cost_per": per}
    return {}


def _sessions(reading: Reading, action: Node, number: str) -> Iterator[Fields]:
    for each in action.all("session"):
        begins, ends = (_day(each.say("periode", name)) for name in ("debut", "fin"))
        if begins is None:
            continue  # “00000000” is how LHÉO writes a day that is not known
        fields = {"starts_on": begins, "ends_on": ends, "external_id": each.number[:120],
                  "open": _OPEN.get(each.say("etat-recrutement"))}  # fmt: skip
        kept = {name: value for name, value in fields.items() if value not in (None, "")}
        if problem := contradiction("session", kept):
            brought.note(reading.problems, Problem(each.line, number, problem))
            continue
        yield kept


def _day(said: str) -> date | None:
    """AAAAMMJJ; a month or a year alone (AAAAMM00, AAAA0000) is its first day."""
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", said.replace("-", ""))
    if not found or found[1] in ("0000", "9999"):
        return None
    try:
        return date(int(found[1]), int(found[2]) or 1, int(found[3]) or 1)
    except ValueError:
        return None
