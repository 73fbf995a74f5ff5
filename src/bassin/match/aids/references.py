"""What the guide says to the rest of the house: search, references, cards of a firm and a place."""

from collections.abc import Collection, Sequence

from django.urls import reverse

from bassin.errors import Refused
from bassin.match.aids import asking
from bassin.match.aids.guide import guide
from bassin.match.aids.rules import firms
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.decide import decide
from bassin.match.aids.rules.profile import values
from bassin.match.aids.shown import kinds
from bassin.pairing.conditions import State, flat
from bassin.systems import Card, Found, keys
from bassin.territory.search import folded
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import today

KIND = Text("aide", "aid")
_TITLE = Text("Aides", "Aids")
_GUIDE = Text("Guide des aides", "Guide to aids")
_PAGE = Text("page", "page")
_SHOWN = 3
_FEWEST_LETTERS = 3


def search(query: str, language: str, limit: int) -> list[Found]:
    """Aids whose title, holder or promise hold every word; an open one before a closed one."""
    words = [each for each in folded(query).split() if len(each) >= _FEWEST_LETTERS]
    if not words:
        return []
    found = [
        each for each in guide(house(), today()).catalogue.aids
        if all(word in _text(each) for word in words)
    ]  # fmt: skip
    found.sort(key=lambda each: (each.shut(today()), words[0] not in folded(each.title.fr)))
    listed = [_found(each, language, 2.0 if each.shut(today()) else 4.0) for each in found]
    return [*_itself(words, language), *listed][:limit]


def _itself(words: Sequence[str], language: str) -> list[Found]:
    """The guide, for who asks for it by its name rather than for one aid."""
    if not all(word in folded(f"{_GUIDE.fr} {_GUIDE.en}") for word in words):
        return []
    return [Found(_GUIDE.say(language), reverse("aids:home"), _PAGE, weight=6.0)]


def _text(aid: Aid) -> str:
    return folded(f"{aid.title.fr} {aid.title.en} {aid.holder} {aid.promise.fr}")


def _found(aid: Aid, language: str, weight: float = 0.0) -> Found:
    address = reverse("aids:sheet", args=[aid.slug])
    detail = f"{kinds(aid, language)} · {aid.holder}"
    return Found(aid.title.say(language), address, KIND, detail, weight)


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The aids behind references `aids:aid:<name>`."""
    wanted = keys(references, "aids:aid")
    if not wanted:
        return {}
    known = guide(house(), today()).catalogue
    listed = {slug: known.get(slug) for slug in wanted}
    return {f"aids:aid:{slug}": _found(each, language) for slug, each in listed.items() if each}


def firm(siret: str, language: str) -> Card | None:
    """How many aids are open to a firm or may be, from what the register tells of it alone."""
    opened = house()
    known = firms.known(opened, siret)
    if known is None:
        return None
    here = guide(opened, today())
    decided = decide(here.catalogue.aids, values(known, today(), here.places), today())
    states = [each.state for each in decided]
    yes = [each.aid for each in decided if each.state is State.YES]
    context = {
        "yes": states.count(State.YES), "ask": states.count(State.ASK),
        "first": [_found(each, language) for each in yes[:_SHOWN]],
        "url": f"{reverse('aids:answers')}?{asking.address(known).urlencode()}",
    }  # fmt: skip
    return Card("aids", _TITLE, "aids/_firm_card.html", context, order=20)


def place(key: str, language: str) -> Card | None:
    """The open aids that are kept for a place by name: its neighbourhood, its territory."""
    opened = house()
    try:
        where = opened.territory.place(key)
    except Refused:
        return None
    held = {where.key, *where.parents} - {"france:FR"}
    found = [
        each for each in guide(opened, today()).catalogue.aids
        if not each.shut(today()) and _kept_for(each, held)
    ]  # fmt: skip
    if not found:
        return None
    context = {
        "count": len(found), "first": [_found(each, language) for each in found[:_SHOWN]],
        "url": reverse("aids:home"),
    }  # fmt: skip
    return Card("aids", _TITLE, "aids/_place_card.html", context, order=45)


def _kept_for(aid: Aid, held: Collection[str]) -> bool:
    return any(
        each.fact == "place" and each.op == "in" and not {*held}.isdisjoint(each.value)
        and len(each.value) == 1
        for each in flat(aid.conditions)
    )  # fmt: skip
