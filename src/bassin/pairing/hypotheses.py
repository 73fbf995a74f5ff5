"""What one change would do: a missing element gained, a condition accepted, a question answered.

Each is computed by ranking every offer again, and their number is bounded: nothing is guessed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bassin.pairing.declaration import Bounds, Membership, Nearness, Overlap, Primitive, Reach
from bassin.pairing.explain import called
from bassin.pairing.judge import Row, Verdict, items
from bassin.pairing.ranking import Counterfactual
from bassin.pairing.tables import Tables
from bassin.types import LANGUAGES, Text

SAID = {
    "gain": Text("Avec {label}", "With {label}"),
    "accept": Text("En acceptant {label}", "If you accept {label}"),
    "answer": Text("Si votre réponse est {label}", "If your answer is {label}"),
}
RISES = Text(
    "{start}, cette proposition serait au rang {after} au lieu du rang {before}.",
    "{start}, this proposal would move from rank {before} to rank {after}.",
)
OPENS = Text(
    "{start}, cette proposition ne serait plus bloquée : elle serait au rang {after}.",
    "{start}, this proposal would no longer be blocked: it would be at rank {after}.",
)

TRAVEL = Text("{minutes} minutes de trajet", "{minutes} minutes of travel")


@dataclass(frozen=True)
class Change:
    """One change of a need, thought of because of one offer."""

    kind: str
    criterion: str
    label: Text
    fields: Mapping[str, Any]
    spoken: str = ""
    """How it is said, where the kind does not: to hold a licence is said as to gain it."""

    @property
    def identity(self) -> tuple:
        """Two changes are one when the need becomes the same."""
        return tuple(sorted((name, repr(value)) for name, value in self.fields.items()))


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer that is shown, its verdicts and its rank now (None when blocked)."""

    position: int
    offer: Row
    verdicts: Sequence[Verdict]
    rank: int | None


Ranks = Callable[[Row, Sequence[int]], Sequence[int | None]]
"""The ranks that offers at these positions would have for a need; None when blocked."""


def told(
    shown: Sequence[Shown], need: Row, tables: Tables, ranks: Ranks, most: int
) -> dict[int, tuple[Counterfactual, ...]]:
    """What `most` changes at most would do to the offers shown, by position."""
    wanted: dict[tuple, list[tuple[Change, Shown]]] = {}
    for each in shown:
        for change in changes(each, need, tables):
            if change.identity in wanted or len(wanted) < most:
                wanted.setdefault(change.identity, []).append((change, each))
    found: dict[int, list[Counterfactual]] = {}
    for pairs in wanted.values():
        after = ranks({**need, **pairs[0][0].fields}, [each.position for _, each in pairs])
        for (change, each), rank in zip(pairs, after, strict=True):
            if rank is not None and (each.rank is None or rank < each.rank):
                found.setdefault(each.position, []).append(_counterfactual(change, each, rank))
    return {
        position: tuple(sorted(each, key=lambda one: one.after)) for position, each in found.items()
    }


def _counterfactual(change: Change, shown: Shown, after: int) -> Counterfactual:
    said = OPENS if shown.rank is None else RISES

    def filled(language: str) -> str:
        start = (
            SAID[change.spoken or change.kind]
            .only(language)
            .format(label=called(change.label, language))
        )
        return said.only(language).format(start=start, before=shown.rank, after=after)

    return Counterfactual(
        change.kind, change.criterion, change.label, change.fields, shown.rank, after,
        Text.made(filled),
    )  # fmt: skip


def changes(shown: Shown, need: Row, tables: Tables) -> Iterator[Change]:
    """The single changes of a need that could serve one offer."""
    for verdict in shown.verdicts:
        yield from _of(verdict, need, shown.offer, tables)


def _of(verdict: Verdict, need: Row, offer: Row, tables: Tables) -> Iterator[Change]:
    each, primitive = verdict.criterion, verdict.criterion.primitive
    if verdict.state == "ask":
        if (answer := _answer(primitive, need, offer)) is not None:
            holds = isinstance(primitive, Membership) and primitive.every
            label = _label(answer, each.labels, tables)
            yield Change("answer", each.code, label, answer, "gain" if holds else "")
        return
    match primitive:
        case Overlap(need=name) | Membership(need=name, every=True):
            held = items(need.get(name)) or frozenset()
            for item in verdict.compared.missing:
                label = tables.label(each.labels, item)
                yield Change("gain", each.code, label, {name: sorted({*held, item})})
        case Membership(need=name) if verdict.state == "no":
            held = items(need.get(name)) or frozenset()
            for item in sorted(items(offer.get(primitive.offer)) or ()):
                label = tables.label(each.labels, item)
                yield Change("accept", each.code, label, {name: sorted({*held, item})})
        case Bounds() if verdict.state == "no":
            fields = _met(primitive, need, offer)
            yield Change("accept", each.code, _titled(verdict, fields), fields)
        case Reach(most=str(name)) if verdict.state == "no" and name:
            minutes = verdict.compared.words["minutes"]
            yield Change("accept", each.code, _lasting(minutes), {name: minutes})


def _lasting(minutes: int) -> Text:
    return Text.made(lambda language: TRAVEL.only(language).format(minutes=minutes))


def _answer(primitive: Primitive, need: Row, offer: Row) -> dict[str, Any] | None:
    """The favourable answer to a question about the need; None when the offer has to answer."""
    match primitive:
        case Membership(need=name, offer=asked, every=every) if need.get(name) is None:
            listed = sorted(items(offer.get(asked)) or ())
            return {name: listed if every else listed[:1]} if listed else None
        case Nearness(need=name, offer=asked) if not need.get(name):
            return {name: offer[asked]} if offer.get(asked) is not None else None
        case Bounds():
            return _met(primitive, need, offer) or None
    return None


def _met(primitive: Bounds, need: Row, offer: Row) -> dict[str, Any]:
    """The fields of a need, moved just enough to meet the offer's bounds."""
    (need_low, need_high), (offer_low, offer_high) = primitive.need, primitive.offer
    least, most = offer.get(offer_low), offer.get(offer_high)
    moved: dict[str, Any] = {}
    low, high = need.get(need_low), need.get(need_high)
    if need_high and offer_low and least is not None and (high is None or high < least):
        moved[need_high] = least
    elif need_low and offer_high and most is not None and (low is None or low > most):
        moved[need_low] = most
    return moved


def _titled(verdict: Verdict, fields: Mapping[str, Any]) -> Text:
    title, value = verdict.criterion.title, next(iter(fields.values()), "")

    def filled(language: str) -> str:
        said = title.say(language) if language in LANGUAGES else title.only(language)
        return said and f"{said}{' :' if language == 'fr' else ':'} {value}"

    return Text.made(filled)


def _label(answer: Mapping[str, Any], labels: str, tables: Tables) -> Text:
    values = next(iter(answer.values()))
    codes = [values] if isinstance(values, str) or not isinstance(values, list) else values
    named = [tables.label(labels, str(code)) for code in codes]
    return Text.made(lambda language: ", ".join(called(each, language) for each in named))
