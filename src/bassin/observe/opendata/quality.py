"""What a dataset is worth, by nine criteria that are computed, dated and explained.

They are those on which ISO/IEC 25012 (quality of data) and the score of data.gouv.fr agree for
open tables. Each is a share from 0 to 1 of facts that anybody can count again; none is set by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.observe.opendata.coverage import Coverage, coverage
from bassin.observe.opendata.datasets import Dataset, Kind
from bassin.observe.opendata.files import forms
from bassin.observe.opendata.measures import Measure, measure
from bassin.observe.opendata.periods import ends_on
from bassin.types import LANGUAGES, Text

WHOLE, HALF = 0.95, 0.5
"""From which share a criterion is met, and met in part."""

LONG_ENOUGH = 40
"""Letters of a description that says something."""

MOST_REFUSED = 0.05
"""Share of refused rows from which a table is worth nothing to this criterion."""

MOST_FORMATS = 3


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the nine: what is asked, and where the question comes from."""

    code: str
    title: Text
    asks: Text
    frame: Text


@dataclass(frozen=True, slots=True)
class Mark:
    """What a dataset is worth for one criterion, and the facts that it was computed from."""

    criterion: Criterion
    share: float
    facts: Text

    @property
    def state(self) -> str:
        """ "yes", "part" or "no"."""
        return "yes" if self.share >= WHOLE else "part" if self.share >= HALF else "no"


@dataclass(frozen=True, slots=True)
class Quality:
    """The nine marks of a dataset on a day."""

    on: date
    marks: tuple[Mark, ...]

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(mark.state == "yes" for mark in self.marks)

    @property
    def score(self) -> float:
        """The sum of the shares, out of nine."""
        return sum(mark.share for mark in self.marks)


@dataclass(frozen=True, slots=True)
class _Case:
    """What the criteria look at."""

    dataset: Dataset
    counted: Measure
    covered: Coverage
    today: date


Judged = tuple[float, Text]


def quality(opened: House, dataset: Dataset, today: date) -> Quality:
    """Measure a dataset of the release in service."""
    table = dataset.key if dataset.kind == Kind.TABLE else dataset.inputs[0]
    case = _Case(dataset, measure(opened.reader, table), coverage(opened, table), today)
    return Quality(today, tuple(Mark(each, *judge(case)) for each, judge in CRITERIA))


def _both(make: Callable[[str], str]) -> Text:
    """A sentence made for each of the two languages."""
    return Text(*(make(each) for each in LANGUAGES))


def _share(share: float, language: str) -> str:
    shown = 100 * share
    # « 100 % » would say that nothing is missing.
    shown = min(shown, 99.9) if share < 1 else shown
    return f"{number(shown, 1, language, trim=True)}{'%' if language == 'en' else ' %'}"


def _description(case: _Case) -> Judged:
    said, other = len(case.dataset.definition.fr), len(case.dataset.definition.en)
    share = (min(said, LONG_ENOUGH) + min(other, LONG_ENOUGH)) / (2 * LONG_ENOUGH)
    return share, Text(
        f"{said} signes en français, {other} en anglais ; {LONG_ENOUGH} suffisent.",
        f"{said} signs in French, {other} in English; {LONG_ENOUGH} are enough.",
    )


def _licence(case: _Case) -> Judged:
    found = case.dataset.licence
    if found.is_known:
        return 1.0, Text(
            f"{found.said} : une licence ouverte connue ({found.code}).",
            f"{found.text.en}: a known open licence ({found.code}).",
        )
    return 0.0, Text(
        f"« {found.said} » : rien ne dit laquelle s'applique.",
        f"“{found.text.en}”: nothing says which one applies.",
    )


def _schema(case: _Case) -> Judged:
    columns = case.dataset.columns.values()
    told = sum(bool(each.label.fr) for each in columns)
    return told / len(columns), Text(
        f"{told} colonnes sur {len(columns)} ont un type et un libellé.",
        f"{told} of {len(columns)} columns have a type and a label.",
    )


def _freshness(case: _Case) -> Judged:
    dataset, limit = case.dataset, case.dataset.stale_after
    if limit is None:
        return 1.0, Text(
            f"Révisée sans rythme : {dataset.cadence.fr}.",
            f"Revised without a rhythm: {dataset.cadence.say('en')}.",
        )
    vintage = dataset.version.vintage
    until = ends_on(vintage) or dataset.received_on
    age, most = max((case.today - until).days, 0), limit.days
    share = min(max(1.5 - age / most / 2, 0.0), 1.0)

    def told(language: str) -> str:
        days, limits = (number(each, 0, language) for each in (age, most))
        when = in_words(vintage or dataset.received_on.isoformat(), language)
        if language == "en":
            return (
                f"Data of {when}: {days} days old. Its publisher's rhythm: "
                f"{dataset.cadence.say('en')}; beyond {limits} days they are old."
            )
        return (
            f"Données : {when}, il y a {days} jours. Rythme du producteur : {dataset.cadence.fr} ; "
            f"au-delà de {limits} jours, elles datent."
        )

    return share, _both(told)


def _completeness(case: _Case) -> Judged:
    names = _read(case.dataset)
    share = case.counted.completeness(names)
    masked = sum(case.counted.masked.get(name, 0) for name in names or case.counted.masked)

    def told(language: str) -> str:
        shown = _share(share, language)
        beside = number(masked, 0, language)
        if language == "en":
            return f"{shown} of the cells are filled" + (
                f"; {beside} that the publisher masks are left out." if masked else "."
            )
        return f"{shown} des cases sont remplies" + (
            f" ; {beside} que le producteur masque sont mises à part." if masked else "."
        )

    return share, _both(told)


def _read(dataset: Dataset) -> tuple[str, ...]:
    """The columns that a figure reads; none for a table: all of them count."""
    made = dataset.indicator
    if made is None:
        return ()
    terms = (made.numerator, made.denominator, made.upper)
    return tuple(each.column for each in terms if each is not None and each.column)


def _validity(case: _Case) -> Judged:
    version = case.dataset.version
    read = version.rows + version.refused
    refused = version.refused / read if read else 0.0

    def told(language: str) -> str:
        left, of = number(version.refused, 0, language), number(read, 0, language)
        if language == "en":
            return f"{left} of {of} rows read were refused ({_share(refused, language)})."
        return f"{left} lignes refusées sur {of} lues ({_share(refused, language)})."

    return max(1 - refused / MOST_REFUSED, 0.0), _both(told)


def _uniqueness(case: _Case) -> Judged:
    dataset, counted = case.dataset, case.counted
    if dataset.kind == Kind.FIGURE:
        return 1.0, Text(
            "Une ligne par lieu et par période, par construction.",
            "One row for each place and period, by construction.",
        )
    if not dataset.unique:
        return 0.0, Text("Aucune clé n'est déclarée.", "No key is declared.")
    keys = ", ".join(dataset.unique)
    share = counted.distinct / counted.rows if counted.rows else 1.0

    def told(language: str) -> str:
        found, rows = number(counted.distinct, 0, language), number(counted.rows, 0, language)
        if language == "en":
            return f"Key: {keys}. {found} distinct keys for {rows} rows."
        return f"Clé : {keys}. {found} clés distinctes pour {rows} lignes."

    return (share if share == 1 else 0.0), _both(told)


def _coverage(case: _Case) -> Judged:
    return case.covered.share, case.covered.facts


def _formats(case: _Case) -> Judged:
    names = [each.label for each in forms(case.dataset)]
    if not names:
        return 0.0, Text("La table n'est pas donnée.", "The table is not given.")
    told = ", ".join(names)
    return min(len(names) / MOST_FORMATS, 1.0), Text(
        f"{told} : des formats ouverts, lus par des machines.",
        f"{told}: open formats that machines read.",
    )


CRITERIA: tuple[tuple[Criterion, Callable[[_Case], Judged]], ...] = (
    (
        Criterion(
            "description",
            Text("Description", "Description"),
            Text("Dit-on ce qu'est une ligne ?", "Is it said what a row is?"),
            Text("data.gouv.fr : description ; ISO 25012 : compréhensibilité",
                 "data.gouv.fr: description; ISO 25012: understandability"),
        ),
        _description,
    ),
    (
        Criterion(
            "licence",
            Text("Licence", "Licence"),
            Text("Sait-on ce qu'on a le droit d'en faire ?", "Is it known what one may do?"),
            Text("data.gouv.fr : licence ; ISO 25012 : conformité",
                 "data.gouv.fr: licence; ISO 25012: compliance"),
        ),
        _licence,
    ),
    (
        Criterion(
            "schema",
            Text("Schéma", "Schema"),
            Text("Chaque colonne est-elle expliquée ?", "Is each column explained?"),
            Text("data.gouv.fr : documentation ; ISO 25012 : compréhensibilité",
                 "data.gouv.fr: documentation; ISO 25012: understandability"),
        ),
        _schema,
    ),
    (
        Criterion(
            "freshness",
            Text("Fraîcheur", "Freshness"),
            Text("Les données suivent-elles le rythme de leur producteur ?",
                 "Do the data keep their publisher's rhythm?"),
            Text("data.gouv.fr : mise à jour dans les délais ; ISO 25012 : actualité",
                 "data.gouv.fr: updated in time; ISO 25012: currentness"),
        ),
        _freshness,
    ),
    (
        Criterion(
            "completeness",
            Text("Complétude", "Completeness"),
            Text("Les cases sont-elles remplies ?", "Are the cells filled?"),
            Text("ISO 25012 : complétude", "ISO 25012: completeness"),
        ),
        _completeness,
    ),
    (
        Criterion(
            "validity",
            Text("Validité", "Validity"),
            Text("Combien de lignes reçues ont été refusées ?", "How many rows were refused?"),
            Text("ISO 25012 : exactitude de la syntaxe", "ISO 25012: syntactic accuracy"),
        ),
        _validity,
    ),
    (
        Criterion(
            "uniqueness",
            Text("Unicité", "Uniqueness"),
            Text("Chaque ligne a-t-elle sa clé ?", "Does each row have its key?"),
            Text("ISO 25012 : cohérence", "ISO 25012: consistency"),
        ),
        _uniqueness,
    ),
    (
        Criterion(
            "coverage",
            Text("Couverture", "Coverage"),
            Text("Tout le territoire y est-il ?", "Is the whole territory in it?"),
            Text("data.gouv.fr : couverture spatiale ; ISO 25012 : complétude",
                 "data.gouv.fr: spatial coverage; ISO 25012: completeness"),
        ),
        _coverage,
    ),
    (
        Criterion(
            "formats",
            Text("Formats", "Formats"),
            Text("Une machine peut-elle la lire ?", "Can a machine read it?"),
            Text("data.gouv.fr : formats ouverts ; ISO 25012 : portabilité",
                 "data.gouv.fr: open formats; ISO 25012: portability"),
        ),
        _formats,
    ),
)  # fmt: skip
"""The nine criteria, and how each is computed."""
