"""What published data and documents say of a figure that a quiz option states.

Only real values are read from the store: an invented one is as absent as one not loaded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bassin import systems
from bassin.errors import Refused, SourceError
from bassin.indicators import constant
from bassin.indicators.catalogue import indicators
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Observation
from bassin.indicators.house import House
from bassin.indicators.numbers import number, percent, signed
from bassin.indicators.numbers import period as in_words
from bassin.territory import Place
from bassin.types import LANGUAGES, Origin, Text
from bassin.ui.opened import house

Spec = Mapping[str, Any]

_NO_LIMIT = 1e6
"""How many times faster than a place that does not grow: more than any number asked."""

NOTHING_SAID = Text("")

OTHERS = "others"
"""The other places of the same scale, added up: « les dix autres EPT »."""


@dataclass(slots=True)
class Reading:
    """One thing that was read: a sentence, where it comes from, whether it is real or stated.

    `value` is what is judged: a share in per cent, or how many times faster.
    """

    said: Text
    source: Text
    mark: str
    value: float | None = None
    period: str = ""
    outcome: str = ""
    url: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as results keep them."""
        return {
            "said": plain(self.said), "source": plain(self.source), "mark": str(self.mark),
            "value": None if self.value is None else round(self.value, 6),
            "period": self.period, "outcome": self.outcome, "url": self.url,
        }  # fmt: skip


def plain(text: Text) -> dict[str, str]:
    """A text by language, as the models keep them."""
    return {language: text.say(language) for language in LANGUAGES}


def said(*texts: Text) -> Text:
    """Sentences after one another."""
    return Text(*(" ".join(each.say(language) for each in texts) for language in LANGUAGES))


def _written(template: Text, **parts: Any) -> Text:
    """A sentence; a part that is a function is written in the sentence's language."""
    made = []
    for language in LANGUAGES:
        values = {
            name: part.say(language) if isinstance(part, Text) else part(language)
            for name, part in parts.items()
        }
        made.append(template.say(language).format(**values))
    return Text(*made)


def _name(place: Place) -> Text:
    return Text(place.name, place.name)


def _place(opened: House, key: str) -> Place | None:
    try:
        return opened.place(key)
    except (Refused, SourceError):
        return None


def _real(observed: Observation) -> bool:
    return observed.value is not None and observed.origin == Origin.REAL


def _declared(figure: Spec) -> Indicator | None:
    return indicators().get(str(figure.get("indicator", "")))


def _address(declared: Indicator) -> str:
    return reverse("observatory:indicator", kwargs={"name": declared.id})


def shares(spec: Spec) -> Iterator[Reading]:
    """Our share of a larger place, for each figure that published data give."""
    opened = house()
    ours, of = _place(opened, spec.get("place", "")), _place(opened, spec.get("of", ""))
    if ours is None or of is None:
        return
    for figure in spec.get("figures", ()):
        declared = _declared(figure)
        if declared is None:
            continue
        found = _shared(opened, declared, ours, of, figure)
        if found is not None:
            yield found


def _shared(
    opened: House, declared: Indicator, ours: Place, of: Place, figure: Spec
) -> Reading | None:
    period, undated = str(figure.get("period", "")), bool(figure.get("undated"))
    found = opened.engine.figure(declared, ours, period=period, against=[of])
    observed = found.observation
    if not _real(observed) or (period and observed.period != period):
        return None
    beside = next((each for each in found.comparisons if each.place.key == of.key), None)
    if beside is None or beside.share_pct is None or not _real(beside.observation):
        return None
    share = beside.share_pct
    template = Text("{label} : {share} ({of}), {period}.", "{label}: {share} ({of}), {period}.")
    if undated:
        template = Text("{label} : {share} ({of}).", "{label}: {share} ({of}).")
    return Reading(
        said=_written(
            template,
            label=found.label,
            share=lambda language: percent(share, 1, language),
            of=_name(of),
            period=lambda language: in_words(observed.period, language),
        ),
        source=found.source, mark=Origin.REAL.value, value=share,
        period="" if undated else observed.period, url=_address(declared),
    )  # fmt: skip


def claims(spec: Spec) -> Iterator[Reading]:
    """What documents state. What they contradict is told and decides nothing; what published data
    give at the same date decides in its place."""
    for reference in spec.get("claims", ()):
        found = systems.stated(str(reference))
        if found is None:
            continue
        judged = found.published is not None
        mark = Origin.REAL if judged else Origin.CITED
        yield Reading(
            said=_written(
                _CLAIM, label=found.label, value=_stated(found.value, found.unit),
                period=lambda language, when=found.period: in_words(when, language),
                verdict=found.verdict,
            ),
            source=found.source if judged and found.source else found.document,
            mark="" if found.doubted else mark.value,
            value=found.published if judged else found.value,
            period=found.period, url=found.url,
        )  # fmt: skip


_CLAIM = Text(
    "{label} : {value} ({period}) selon le document ; vérification : {verdict}.",
    "{label}: {value} ({period}) in the document; checked: {verdict}.",
)


def _stated(value: float, unit: Text) -> Any:
    if unit.fr.startswith("%"):
        return lambda language: percent(value, 1, language, trim=True)
    return lambda language: f"{number(value, 1, language, trim=True)} {unit.say(language)}"


def growths(spec: Spec, figure: Spec) -> list[Reading]:
    """Our growth between two dates set beside each comparator's; none when ours is not known."""
    opened, declared = house(), _declared(figure)
    ours = _place(opened, spec.get("place", ""))
    if ours is None or declared is None:
        return []
    since, until = str(figure.get("since", "")), str(figure.get("period", ""))
    here = _growth(opened, declared, [ours], since, until)
    if here is None or here.value is None:
        return []
    source = declared.cited(until)
    grown = _written(
        Text("{place} : {growth}, {since}-{until}{of}.", "{place}: {growth}, {since}-{until}{of}."),
        place=_name(ours), growth=lambda language: _grown(here.value or 0.0, language), of=here.of,
        since=Text(since, since), until=Text(until, until),
    )  # fmt: skip
    told = [Reading(grown, source, Origin.REAL.value, period=until, url=_address(declared))]
    for key in spec.get("against", ()):
        name, places = _against(opened, ours, str(key))
        theirs = _growth(opened, declared, places, since, until) if places else None
        if theirs is not None:
            told.append(_beside(name, here.value, theirs, source, until))
    return told if len(told) > 1 else []


def _grown(growth: float, language: str) -> str:
    space = "" if language == "en" else "\u202f"
    return f"{signed(growth, 1, language)}{space}%"


_FASTER = Text("{name} : {growth}, soit {times} fois{of}.", "{name}: {growth}, {times} times{of}.")
_ONLY_HERE = Text(
    "{name} : {growth}{of} ; ici cela croît, là-bas non.",
    "{name}: {growth}{of}; here it grows, there it does not.",
)
_NOT_HERE = Text(
    "{name} : {growth}{of} ; ici cela ne croît pas.", "{name}: {growth}{of}; here it does not."
)
_UNLIKE = Text(
    "{name} : à ne pas comparer, les données chargées ne connaissent aux deux dates que {share} de "
    "sa population.",
    "{name}: not to be compared, the loaded data know only {share} of its people at both dates.",
)


def _beside(name: Text, ours: float, grown: "Growth", source: Text, until: str) -> Reading:
    """How many times faster; no number of times is told where one of the two does not grow."""
    theirs = grown.value
    if theirs is None:
        said = _written(_UNLIKE, name=name, share=lambda lang: percent(100 * grown.share, 0, lang))
        return Reading(said, source, "", period=until)
    if ours <= 0:
        template, value = _NOT_HERE, 0.0
    elif theirs <= 0:
        template, value = _ONLY_HERE, _NO_LIMIT
    else:
        template, value = _FASTER, ours / theirs
    return Reading(
        said=_written(
            template, name=name, growth=lambda language: _grown(theirs, language), of=grown.of,
            times=lambda language: number(value, 1, language),
        ),
        source=source, mark=Origin.REAL.value, value=value, period=until,
    )  # fmt: skip


def _against(opened: House, ours: Place, key: str) -> tuple[Text, list[Place]]:
    """The comparator's name, and the places that make it."""
    if key != OTHERS:
        place = _place(opened, key)
        return (_name(place), [place]) if place else (Text(""), [])
    others = [p for p in opened.territory.peers(ours).places
              if p.scale == ours.scale and p.key != ours.key]  # fmt: skip
    scale = ours.kind or ours.scale.value.upper()
    count = len(others)
    return Text(f"Les {count} autres {scale}", f"The {count} other {scale}"), others


@dataclass(frozen=True, slots=True)
class Growth:
    """The growth of places taken together, in per cent, and the communes that it is of.

    `value` is None where the communes known at both dates hold too small a `share` of the people.
    """

    value: float | None
    of: Text = NOTHING_SAID
    share: float = 1.0


def _growth(
    opened: House, declared: Indicator, places: list[Place], since: str, until: str
) -> Growth | None:
    """The growth of places taken together, of the same communes at both dates; None unless all of
    it is published."""
    if not opened.reader.has(declared.dataset):
        return None
    of = NOTHING_SAID
    if constant.applies(declared):
        gazetteer, dates = opened.territory.gazetteer(), (since, until)
        held = [
            constant.kept(opened.reader, gazetteer, declared.dataset, each, dates)
            for each in places
        ]
        if not all(each.place.communes for each in held):
            return None
        if not all(each.enough for each in held):
            return Growth(None, share=min(each.share for each in held))
        of = _perimeter(places, [each.place for each in held])
        places = [each.place for each in held]
    before = after = 0.0
    for series in opened.engine.observe(declared, places).values():
        known = {each.period: each.value for each in series if _real(each)}
        one, other = known.get(since), known.get(until)
        if one is None or other is None:
            return None
        before, after = before + one, after + other
    return Growth(100 * (after / before - 1), of) if before else None


def _perimeter(whole: list[Place], kept: list[Place]) -> Text:
    """Which communes a growth is of, where they are not all."""
    every = sum(len(each.communes) for each in whole)
    same = sum(len(each.communes) for each in kept)
    if same == every:
        return NOTHING_SAID
    return Text(
        f" (les {number(same, 0, 'fr')} communes connues aux deux dates, sur "
        f"{number(every, 0, 'fr')})",
        f" (the {number(same, 0, 'en')} communes known at both dates, of {number(every, 0, 'en')})",
    )


def to_load(spec: Spec) -> Text:
    """What to load so that the option can be judged."""
    for figure in spec.get("figures", ()):
        declared = _declared(figure)
        if declared is not None and declared.to_load is not None:
            what = declared.to_load
            return Text(f"À charger : {what.fr}.", f"To be loaded: {what.say('en')}.")
    return Text("À charger.", "To be loaded.")
