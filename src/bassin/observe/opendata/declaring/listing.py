"""What pages list: figures with their state, tables to choose from, conditions and values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.errors import Refused
from bassin.indicators import catalogue, checks
from bassin.indicators.catalogue import everything
from bassin.indicators.declaration import Indicator
from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.observe.opendata import permissions_declaring as permissions
from bassin.observe.opendata.declaring.forms import VISIBILITIES, MeasureForm, WordsForm, ticks
from bassin.observe.opendata.declaring.models import DeclaredFigure
from bassin.observe.opendata.declaring.offered import Offered, Values
from bassin.observe.opendata.models import Departure
from bassin.parties.models import Person
from bassin.types import Text
from bassin.ui.parts import Cell, Column, Row

State = DeclaredFigure.State
RESERVED = "reserved:"
"""How the journal names figures that are not everyone's: the public page leaves them out."""

Table = tuple[list[Column], list[Row]]


@dataclass(frozen=True, slots=True)
class Line:
    """A table to choose: what it is, how long, how far it goes."""

    key: str
    title: str
    publisher: str
    definition: str
    rows: str
    figures: int
    level: Any
    is_public: bool


def line(offered: Offered, language: str) -> Line:
    """A table as it is chosen."""
    made = sum(each.dataset == offered.key for each in everything().values())
    return Line(
        offered.key, offered.title.say(language), offered.publisher,
        offered.definition.say(language), number(offered.rows, 0, language), made,
        VISIBILITIES[offered.level], offered.level == "public",
    )  # fmt: skip


def drafts(person: Person) -> list[DeclaredFigure]:
    """The drafts that they may see."""
    found = DeclaredFigure.objects.filter(state=State.DRAFT).select_related("author")
    return [each for each in found if permissions.can_see_declared(person, each)]


def own() -> dict[str, Indicator]:
    """What the authority declares: by the form, or by hand."""
    folder = catalogue.own_folder()
    names = {path.stem for path in folder.glob("*.toml")} if folder else set()
    return {name: each for name, each in everything().items() if name in names}


def figures(house: House, language: str) -> Table:
    """Every figure of the authority: its state, who wrote and published it, when, its checks."""
    latest = {
        each.name: each
        for each in DeclaredFigure.objects.exclude(state=State.DRAFT)
        .exclude(state=State.REPLACED)
        .select_related("author", "published_by", "ended_by")
    }
    columns = [
        Column(_("Figure")), Column(pgettext("version", "Version"), number=True),
        Column(pgettext("figure", "State")), Column(_("Who reads it")), Column(_("Written by")),
        Column(_("Published by")), Column(_("Since")), Column(_("Checks")),
    ]  # fmt: skip
    return columns, [_row(house, made, latest.get(name), language) for name, made in own().items()]


def _row(house: House, made: Indicator, kept: DeclaredFigure | None, language: str) -> Row:
    url = reverse("opendata:declared_one", args=[kept.pk]) if kept else _public(made)
    by_hand = pgettext("figure", "by hand")
    cells = [
        Cell(text=str(made.version), sort=made.version),
        Cell(text=_state(made)),
        Cell(text=str(VISIBILITIES[made.visibility])),
        Cell(text=_name(kept.author) if kept else by_hand),
        Cell(text=_name(kept.published_by) if kept else by_hand,
             note=_alone() if kept and kept.author_id == kept.published_by_id else ""),
        Cell(text=_day(kept, language)),
        _checked(house, made, language),
    ]  # fmt: skip
    return Row(Cell(text=made.label.say(language), url=url, note=made.id), cells)


def _state(made: Indicator) -> str:
    known = {each.value: str(each.label) for each in State}
    return known[made.status]


def _day(kept: DeclaredFigure | None, language: str) -> str:
    published = kept.published_on if kept else None
    return in_words(published.isoformat(), language) if published else "—"


def _alone() -> str:
    return _("nobody else read it first")


def _name(person: Person | None) -> str:
    return str(person) if person else _("somebody who left")


def _checked(house: House, made: Indicator, language: str) -> Cell:
    """What its checks find on the release in service."""
    if made.status == "withdrawn":
        return Cell(text="—")
    if not house.reader.has(made.dataset):
        return Cell(why=_("its table is not loaded"))
    found = checks.run_one(house, made)
    if not found:
        return Cell(text=_("all pass"))
    return Cell(why=found[0].why.say(language))


def _public(made: Indicator) -> str:
    return reverse("observatory:indicator", kwargs={"name": made.id}) if made.is_public else ""


def page(figure: DeclaredFigure) -> str:
    """Where a figure is read; "" for a draft, and for one that is withdrawn."""
    made = everything().get(figure.name)
    if made is None or figure.state not in (State.PUBLISHED, State.DEPRECATED):
        return ""
    return _public(made) or reverse("opendata:reserved", kwargs={"name": made.id})


def in_service(figure: DeclaredFigure) -> Indicator:
    """The declaration of a figure that was published.

    Raises:
        Refused: its file is no longer there.
    """
    made = everything().get(figure.name)
    if made is None or made.version != figure.version:
        raise Refused(Text(
            "La déclaration de cette version n'est plus en service.",
            "The declaration of this version is no longer in service.",
        ))  # fmt: skip
    return made


def versions(figure: DeclaredFigure) -> list[DeclaredFigure]:
    """The other versions of a figure, the latest first."""
    if not figure.name or (figure.is_draft and figure.version == 1):
        return []
    found = DeclaredFigure.objects.filter(name=figure.name).exclude(pk=figure.pk)
    return list(found.select_related("published_by").order_by("-version"))


def reserved(person: Person, language: str) -> list[tuple[str, str, Any]]:
    """Figures that are not everyone's and that they may read: label, address, who reads it."""
    return [
        (each.label.say(language), reverse("opendata:reserved", kwargs={"name": name}),
         VISIBILITIES[each.visibility])
        for name, each in everything().items()
        if each.visibility != "public" and each.status in ("published", "deprecated")
        and permissions.can_read_indicator(person, each)
    ]  # fmt: skip


def trouble(language: str) -> str:
    """Why the authority's own files are not read as they are now."""
    return catalogue.trouble().say(language)


def left(language: str) -> Table | None:
    """Files of reserved figures that left, by day."""
    found = Departure.objects.filter(dataset__startswith=RESERVED).values("day", "dataset")
    listed = found.annotate(times=Sum("times"), masked=Sum("masked")).order_by("-day", "dataset")
    columns = [
        Column(_("Day")), Column(_("Figure")), Column(pgettext("journal", "Times"), number=True),
        Column(pgettext("journal", "Masked cells"), number=True),
    ]  # fmt: skip
    rows = [
        Row(Cell(text=each["day"].isoformat()), [
            Cell(text=each["dataset"].removeprefix(RESERVED)),
            Cell(text=number(each["times"], 0, language)),
            Cell(text=number(each["masked"], 0, language)),
        ])
        for each in listed[:100]
    ]  # fmt: skip
    return (columns, rows) if rows else None


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of conditions: its three questions, and what its column holds."""

    at: int
    fields: tuple[Any, ...]
    known: Values | None
    ticked: frozenset[str]


def conditions(
    form: MeasureForm, prefix: str, proposed: Mapping[tuple[str, int], Values | None]
) -> list[Asked]:
    """The lines of one term with the values that are proposed."""
    found = []
    for at, column, operator, values in form.parts[prefix]:
        written = str(values.value() or "").split(";")
        chosen = frozenset(each.strip() for each in (*ticks(form, f"{prefix}_{at}"), *written))
        known = proposed.get((prefix, at))
        found.append(Asked(at, (column, operator, values), known, chosen))
    return found


_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    ("name", ("label_fr", "label_en", "definition_fr", "definition_en", "universe_fr",
              "universe_en", "noun_fr", "noun_en", "caveat_fr", "caveat_en", "name")),
    ("number", ("unit", "decimals", "difference", "polarity", "chapter", "sampled",
                "fragile_below", "break_at", "break_fr", "break_en")),
    ("reading", ("visibility", "regime", "units", "waiver_fr", "waiver_en")),
)  # fmt: skip


def groups(form: WordsForm) -> list[tuple[str, str, list[Any]]]:
    """The questions of the second page, by what they are about."""
    titles = {"name": _("What is it?"), "number": _("How is the number read?"),
              "reading": _("Who reads it, and what is hidden?")}  # fmt: skip
    return [
        (code, titles[code], [form[name] for name in names if name in form.fields])
        for code, names in _GROUPS
    ]
