"""How each claim is judged: by published data at its own date, by counting, or by arithmetic.

Order: a contradiction between the documents' own figures is said first (`inconsistent`); then
what published data give; else what to load, with the nearest vintages. Nothing invented is read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.indicators.numbers import NARROW, number, percent, points, quantity, signed
from bassin.indicators.numbers import period as in_words
from bassin.observe.observatory.claims import published, words
from bassin.observe.observatory.claims.arithmetic import Interval, decimals, evaluate, within
from bassin.observe.observatory.claims.declared import Also, Book, Claim, path_of, read
from bassin.observe.observatory.claims.verdict import Outcome, Verdict
from bassin.observe.observatory.claims.words import amount, fill, join, stated, with_sign
from bassin.territory import commitments
from bassin.territory.lists import read_lists
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """What one way of judging gives, before the documents' contradictions are looked at."""

    outcome: Outcome
    why: Text
    computed: float | None = None
    source: Text | None = None


def judge_all(house: House) -> list[Verdict]:
    """All claims of the installation, in the order of their file.

    Raises:
        Refused: the authority has no claims file; the sentence says where to put one.
    """
    book = read(house.var)
    if book is None:
        raise Refused(
            f"This installation has no stated figures to check. Write them in "
            f"{path_of(house.var)} as docs/claims.md shows, then ask again."
        )
    return [judge(house, book, claim) for claim in book.claims]


def judge(house: House, book: Book, claim: Claim) -> Verdict:
    """One claim."""
    found = _WAYS[claim.kind](house, book, claim)
    against = contradictions(book, claim)
    if against:
        first = against[0]
        found = Finding(
            Outcome.INCONSISTENT,
            join(*(each.why for each in against), found.why),
            first.computed,
            first.source,
        )
    why = join(found.why, _drafts(book, claim), _implied(book, claim), *_remarks(book, claim))
    return Verdict(
        claim, found.outcome, words.typeset(why), book.document(claim), perimeter(house, claim),
        found.computed, found.source,
    )  # fmt: skip


def perimeter(house: House, claim: Claim) -> Text:
    """Where the figure is about: a place, or a place within a larger one."""
    if claim.perimeter is not None or not claim.place:
        return claim.perimeter or Text("")
    place, against = published.places(house, claim)
    name = f"{place.name} / {against.name}" if against else place.name
    return Text(name, name)


def _values(book: Book) -> dict[str, tuple[float, int]]:
    return {each.id: (each.amount, decimals(each.stated)) for each in book.claims}


def contradictions(book: Book, claim: Claim) -> list[Finding]:
    """What the documents' own figures say against a claim, once rounding is allowed for."""
    found = []
    for check in claim.checks:
        implied = evaluate(check.expression, book.intervals)
        if implied.meets(claim.interval):
            continue
        values = _values(book) | {"computed": (implied.value, 0)}
        values |= _computed(check.compute, book.intervals)
        why = words.sentence(check.says, values)
        found.append(Finding(Outcome.INCONSISTENT, why, implied.value, words.ARITHMETIC))
    others = (each for each in claim.also if not each.draft)
    found += [
        _stated_elsewhere(book, claim, other)
        for other in others
        if Decimal(other.stated) != Decimal(claim.stated)
    ]
    return found


def _computed(
    named: Mapping[str, str], known: Mapping[str, Interval]
) -> dict[str, tuple[float, int]]:
    return {name: (evaluate(text, known).value, 0) for name, text in named.items()}


def _stated_elsewhere(book: Book, claim: Claim, other: Also) -> Finding:
    why = _elsewhere(book, claim, other)
    step = Decimal(1).scaleb(int(Decimal(other.stated).as_tuple().exponent))
    if Decimal(claim.stated).quantize(step, ROUND_HALF_UP) == Decimal(other.stated):
        value = amount(claim, float(other.stated), digits=decimals(other.stated))
        why = join(why, fill(words.ROUNDING, stated=stated(claim), value=value))
    return Finding(Outcome.INCONSISTENT, why, float(other.stated), _where(book, other))


def _where(book: Book, other: Also) -> Text:
    return other.where or book.documents[other.document]


def _elsewhere(book: Book, claim: Claim, other: Also) -> Text:
    value = amount(claim, float(other.stated), digits=decimals(other.stated))
    return fill(words.ALSO, other=_where(book, other), value=value, note=other.note)


def _drafts(book: Book, claim: Claim) -> Text | None:
    said = [_elsewhere(book, claim, other) for other in claim.also if other.draft]
    return join(*said) if said else None


def _implied(book: Book, claim: Claim) -> Text | None:
    if claim.implies is None:
        return None
    found, digits = evaluate(claim.implies.expression, book.intervals), claim.implies.decimals
    return fill(
        words.IMPLIED, what=claim.implies.what,
        value=lambda language: number(found.value, digits, language),
        low=lambda language: number(found.low, digits, language),
        high=lambda language: number(found.high, digits, language),
    )  # fmt: skip


def _remarks(book: Book, claim: Claim) -> list[Text]:
    values = _values(book)
    return [
        words.sentence(each.says, values | _computed(each.compute, book.intervals))
        for each in claim.remarks
    ]


def _by_indicator(house: House, book: Book, claim: Claim) -> Finding:
    """Against published data of the claim's own date; nothing else can confirm it."""
    if claim.reads == "change":
        refused = _too_close(house, claim)
        if refused is not None:
            return refused
    reading = published.at(house, claim, claim.period) if claim.period else None
    if reading is None:
        return _not_provable(house, claim)
    said: dict[str, words.Part] = {
        "stated": stated(claim),
        "computed": amount(claim, reading.value, more=1),
        "period": lambda language: in_words(reading.period, language),
    }
    if within(claim.stated, reading.value, approximate=claim.approximate):
        why = fill(words.CONFIRMED, **said)
        return Finding(Outcome.CONFIRMED, why, reading.value, reading.source)
    why = fill(words.DIFFERS, gap=_gap(claim, reading.value), **said)
    return Finding(Outcome.DIFFERS, why, reading.value, reading.source)


def _gap(claim: Claim, computed: float) -> Text:
    """By how much a document is away from what is published; points for rates."""
    gap = claim.amount - computed
    rate = claim.unit.fr.startswith("%")
    digits = max(1, decimals(claim.stated))

    def write(language: str) -> str:
        if rate:
            return with_sign(points(gap, digits, language), gap)
        if claim.reads == "rank":
            return signed(gap, 0, language)
        return with_sign(amount(claim, gap)(language), gap)

    def share(language: str) -> str:
        if rate or claim.reads != "value" or not computed:
            return ""
        relative = 100 * gap / computed
        return f" ({with_sign(percent(relative, 1, language, trim=True), relative)})"

    return fill(words.GAP, gap=write, share=share)


def _not_provable(house: House, claim: Claim) -> Finding:
    declared = indicators().get(claim.indicator)
    what = claim.to_load or (declared.to_load if declared else None) or Text("…")
    when: words.Part = (
        (lambda language: f" ({in_words(claim.period, language)})") if claim.period else ""
    )
    why = fill(words.NOT_PROVABLE, stated=stated(claim), when=when, what=what)
    found = published.around(house, claim)
    beside = published.nearest(house, claim)
    why = join(why, _around(claim, found), _beside(beside))
    source = found[-1].source if found else None
    return Finding(Outcome.NOT_PROVABLE, why, None, source)


def _around(claim: Claim, found: list[published.Reading]) -> Text | None:
    """The nearest vintages; they bracket a figure of another year and do not prove it."""
    if not found:
        return None
    if len(found) == 1:
        one = found[0]
        return fill(
            words.NEAREST_VINTAGE, value=amount(claim, one.value, more=1),
            period=lambda language: in_words(one.period, language),
        )  # fmt: skip
    before, after = found
    low, high = sorted((before.value, after.value))
    where = "between" if low <= claim.amount <= high else "above"
    where = "below" if claim.amount < low else where
    where = "same" if low == high == claim.amount else where
    return fill(
        words.BETWEEN, where=words.POSITIONS[where],
        before=amount(claim, before.value, more=1), after=amount(claim, after.value, more=1),
        from_=lambda language: in_words(before.period, language),
        to=lambda language: in_words(after.period, language),
        period=lambda language: in_words(claim.period, language),
    )  # fmt: skip


def _beside(figures: Sequence[Figure]) -> Text | None:
    """The figures that come closest: only one may be called the nearest."""
    if len(figures) < 2:
        return _near(words.NEAREST, figures[0]) if figures else None
    told = [_near(words.NEAR, figure) for figure in figures]
    return fill(
        words.NEAREST_ONES,
        figures=lambda language: ("; " if language == "en" else f"{NARROW}; ").join(
            each.say(language) for each in told
        ),
    )


def _near(template: Text, figure: Figure) -> Text:
    observed = figure.observation
    value = observed.value or 0.0
    return fill(
        template, label=figure.label,
        value=lambda language: quantity(value, figure.symbol, figure.decimals, language),
        period=lambda language: in_words(observed.period, language),
    )  # fmt: skip


def _too_close(house: House, claim: Claim) -> Finding | None:
    """A yearly change of a survey that rolls over several years compares with nothing."""
    declared = indicators().get(claim.indicator)
    if declared is None or not claim.since:
        return None
    years = int(claim.period[:4]) - int(claim.since[:4])
    if years >= declared.min_gap_years:
        return None
    why = fill(
        words.TOO_CLOSE, since=claim.since, until=claim.period,
        years=str(declared.min_gap_years), stated=stated(claim),
    )  # fmt: skip
    place, _ = published.places(house, claim)
    periods = published.known_periods(house, declared, place)
    figure = house.engine.figure(declared, place, period=periods[-1]) if periods else None
    if figure is None or figure.change is None:
        return Finding(Outcome.NOT_COMPARABLE, why)
    change = figure.change
    unit = claim.unit if change.unit == "points" else Text("%", "%")

    def write(language: str) -> str:
        return with_sign(words.in_unit(change.amount, unit, 1, language), change.amount)

    longer = fill(words.LONG_CHANGE, since=change.since, until=change.until, change=write)
    return Finding(Outcome.NOT_COMPARABLE, join(why, longer), None, figure.source)


def _by_count(house: House, book: Book, claim: Claim) -> Finding:
    """Against our own transcription of what the document lists."""
    counted = _count(house, book, claim.counts)
    if not counted:
        what = claim.to_load or words.NO_TRANSCRIPT
        why = fill(words.NOT_PROVABLE, stated=stated(claim), when="", what=what)
        return Finding(Outcome.NOT_PROVABLE, why)
    same = within(claim.stated, counted)
    template = words.COUNTED if same else words.MISCOUNTED
    why = fill(template, stated=stated(claim), computed=amount(claim, counted))
    outcome = Outcome.CONFIRMED if same else Outcome.DIFFERS
    return Finding(outcome, why, float(counted), words.TRANSCRIPTION)


def _count(house: House, book: Book, name: str) -> int:
    """How many items "transcript:…", "commitment:programme:kind" or "list:…" holds; 0 if none."""
    kind, _, rest = name.partition(":")
    if kind == "transcript":
        return len(book.transcripts.get(rest, ()))
    if kind == "commitment":
        refs = [each.ref for each in commitments.commitments(house.var)]
        return sum(ref.startswith(f"{rest}:") for ref in refs)
    lists = read_lists(house.var / "authority" / "lists.toml")
    return max((len(one.items) for one in lists if one.id == rest), default=0)


def _by_places(house: House, book: Book, claim: Claim) -> Finding:
    """Against the official geography: how many communes, and in which départements."""
    place, _ = published.places(house, claim)
    communes = house.territory.communes(place)
    names: dict[str, int] = {}
    for commune in communes:
        key = next((p for p in commune.parents if p.startswith("departement:")), "")
        name = house.territory.place(key).name if key else "?"
        names[name] = names.get(name, 0) + 1
    parts = ", ".join(f"{n} ({name})" for name, n in sorted(names.items(), key=lambda p: -p[1]))
    cog = str(house.territory.gazetteer().cog)
    said: dict[str, words.Part] = {
        "cog": cog, "place": place.name, "parts": parts, "computed": amount(claim, len(communes)),
    }  # fmt: skip
    why = fill(words.PLACES, **said)
    source = Text(f"Insee, code officiel géographique {cog}", f"Insee, official geography {cog}")
    same = within(claim.stated, len(communes))
    if not same:
        why = join(why, _gap(claim, len(communes)))
    outcome = Outcome.CONFIRMED if same else Outcome.DIFFERS
    return Finding(outcome, why, float(len(communes)), source)


def _by_statement(house: House, book: Book, claim: Claim) -> Finding:
    """Against a figure that someone published, transcribed with its source."""
    value = float(claim.published)
    source = claim.source or Text("")
    said: dict[str, words.Part] = {
        "stated": stated(claim), "published": amount(claim, value),
        "source": source, "gap": _gap(claim, value),
    }  # fmt: skip
    same = within(claim.stated, value, approximate=claim.approximate)
    outcome = Outcome.CONFIRMED if same else Outcome.DIFFERS
    return Finding(outcome, fill(words.STATEMENT, **said), value, source)


def _other_measure(house: House, book: Book, claim: Claim) -> Finding:
    beside = published.nearest(house, claim)
    why = join(claim.why, _beside(beside))
    return Finding(Outcome.NOT_COMPARABLE, why, None, beside[0].source if beside else None)


def _by_nothing(house: House, book: Book, claim: Claim) -> Finding:
    """No indicator proves it: what to load, unless a real figure stands near it."""
    found = _not_provable(house, claim)
    beside = published.nearest(house, claim)
    if not beside:
        return found
    return Finding(Outcome.NOT_COMPARABLE, found.why, None, beside[0].source)


_WAYS: dict[str, Callable[[House, Book, Claim], Finding]] = {
    "indicator": _by_indicator,
    "count": _by_count,
    "places": _by_places,
    "statement": _by_statement,
    "other_measure": _other_measure,
    "none": _by_nothing,
}
