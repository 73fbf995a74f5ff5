"""What the page of a dataset shows beyond its facts: rows, columns, files, lineage, changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.indicators.catalogue import indicators
from bassin.indicators.house import House
from bassin.indicators.numbers import number, signed
from bassin.indicators.numbers import period as in_words
from bassin.observe.opendata import files, pictures
from bassin.observe.opendata.changes import history
from bassin.observe.opendata.datasets import Dataset, Kind, tables
from bassin.observe.opendata.exports import figures as exported
from bassin.observe.opendata.exports import rows
from bassin.observe.opendata.services import of
from bassin.observe.opendata.units import unit_of
from bassin.store.history import Change
from bassin.ui.parts import Cell, Column, Row

PREVIEW = 8
LONGEST = 80
"""Rows of a preview, and letters of one of its cells."""

MOST_CHANGES = 12

Table = tuple[list[Column], list[Row]]


@dataclass(frozen=True, slots=True)
class Offered:
    """A file or an address: what it is called, where it is, what to know before taking it."""

    label: str
    url: str
    note: str = ""


def downloads(dataset: Dataset, language: str) -> list[Offered]:
    """The files of a dataset."""
    notes = {
        "csv": _("for a spreadsheet or any program; UTF-8, commas"),
        "parquet": _("typed and compressed, as it lies in the store"),
        "json": _("for a web page"),
        "geojson": _("for a map"),
    }
    made = []
    for form in files.forms(dataset):
        note = notes[form.ending]
        if form == files.PARQUET and dataset.kind == Kind.TABLE:
            note = f"{_weight(dataset.version.bytes, language)}, {note}"
        made.append(Offered(form.label, files.address(dataset, form.ending), note))
    return made


def _weight(size: int, language: str) -> str:
    """The weight of a file as people read it."""
    octet = "B" if language == "en" else "o"
    if size < 1_000_000:
        return f"{number(size / 1000, 0, language)} k{octet}"
    return f"{number(size / 1_000_000, 1, language)} M{octet}"


def here(dataset: Dataset) -> str:
    """Address of the rows of the territory alone, of an open table that has communes."""
    alone = dataset.kind == Kind.TABLE and dataset.is_open and rows.place_column(dataset)
    return f"{files.address(dataset, 'csv')}?lieu=ici" if alone else ""


def machines(dataset: Dataset, language: str) -> list[Offered]:
    """Addresses for programs: what describes it, and the interface where one serves it."""
    made = [
        Offered(label, files.address(dataset, ending), note)
        for label, ending, note in (
            ("Table Schema", "schema.json", _("the columns, for programs")),
            ("Data Package", "package.json", _("files and schema together")),
            ("Turtle", "ttl", "DCAT-AP 3"),
            ("JSON-LD", "jsonld", "DCAT-AP 3"),
            ("RDF/XML", "rdf", "DCAT-AP 3"),
        )
    ]  # fmt: skip
    made[:0] = [Offered(each.label, each.url, each.title.say(language)) for each in of(dataset)]
    return made


def context(
    opened: House, dataset: Dataset, absolute: Callable[[str], str], language: str, today: date
) -> dict[str, Any]:
    """Everything else of the page."""
    changes = () if dataset.kind == Kind.FIGURE else history(opened).get(dataset.key, ())
    return {
        "vintage": in_words(dataset.version.vintage, language),
        "preview": preview(opened, dataset, language),
        "schema": _schema(dataset),
        "made_from": _linked(opened, dataset.inputs, language),
        "made_into": _linked(opened, _users(opened, dataset), language),
        "makes_figures": _figures(dataset, language),
        "changes": _changes(changes, dataset, language),
        "instead": _linked(opened, filter(None, (dataset.declared.instead,)), language),
        "refused": reverse("opendata:refused", kwargs={"key": dataset.key})
        if dataset.kind == Kind.TABLE and dataset.version.refused and dataset.is_open
        else "",
        "citation": _citation(opened, dataset, absolute, language, today),
        "embed": pictures.embed(opened, dataset, language).lines(absolute),
        "picture": pictures.picture(opened, dataset, language),
        "origin": dataset.version.origin,
    }  # fmt: skip


def _linked(opened: House, names: Any, language: str) -> list[Offered]:
    known = tables(opened)
    return [
        Offered(known[name].title.say(language), files.page(known[name]))
        for name in names
        if name in known
    ]


def _users(opened: House, dataset: Dataset) -> list[str]:
    """Tables that are computed from this one."""
    if dataset.kind == Kind.FIGURE:
        return []
    return [name for name, each in tables(opened).items() if dataset.key in each.inputs]


def _figures(dataset: Dataset, language: str) -> list[Offered]:
    if dataset.kind == Kind.FIGURE:
        return []
    return [
        Offered(each.label.say(language), reverse("opendata:figure", kwargs={"key": each.id}))
        for each in indicators().values()
        if each.dataset == dataset.key and each.status != "draft"
    ]


def preview(opened: House, dataset: Dataset, language: str) -> Table | None:
    """The first rows, those of the territory where there are communes; none of a closed table."""
    if not dataset.is_open:
        return None
    if dataset.kind == Kind.FIGURE:
        assert dataset.indicator is not None
        observed = exported.observations(opened, dataset.indicator)
        shown = exported.table(dataset.indicator, observed, language).slice(0, PREVIEW)
        return _rows(shown, dataset, language)
    codes = sorted(opened.territory.codes(opened.home)) if rows.place_column(dataset) else None
    path = rows.parquet(opened, dataset)
    first = rows.first(path, dataset, codes) or rows.first(path, dataset)
    if first is None:
        return None
    plain = rows.flat(first.slice(0, PREVIEW), example=False, formulas=True)
    return _rows(pa.Table.from_batches([plain]), dataset, language)


def _rows(shown: pa.Table, dataset: Dataset, language: str) -> Table:
    columns = [
        Column(name, number=_is_number(shown.schema.field(name).type),
               help=dataset.columns[name].label.say(language))
        for name in shown.column_names
    ]  # fmt: skip
    made = []
    for row in shown.to_pylist():
        first, *others = (_cell(value, language) for value in row.values())
        made.append(Row(first, others))
    return columns, made


def _is_number(kind: pa.DataType) -> bool:
    return pa.types.is_floating(kind) or pa.types.is_integer(kind)


def _cell(value: Any, language: str) -> Cell:
    if value is None:
        return Cell(why=pgettext("cell", "empty"))
    if isinstance(value, bool):
        return Cell(text=pgettext("cell", "yes") if value else pgettext("cell", "no"))
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return Cell(text=text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _schema(dataset: Dataset) -> list[tuple[str, str, Any, str, bool, bool]]:
    """Of each column: name, type, label, unit, whether it is in the key, whether it is required."""
    return [
        (name, each.type, each.label, unit_of(name), name in dataset.unique, each.required)
        for name, each in dataset.columns.items()
    ]


def _changes(changes: tuple[Change, ...], dataset: Dataset, language: str) -> Table | None:
    """The versions, newest first, and what each changed."""
    if not changes:
        return None
    columns = [
        Column(pgettext("version", "In service since")), Column(pgettext("version", "Version")),
        Column(_("Date of the data")), Column(pgettext("sources", "Rows"), number=True),
        Column(pgettext("version", "More or less"), number=True),
        Column(pgettext("version", "Columns")), Column(_("Mark")),
    ]  # fmt: skip
    made = []
    for each in changes[:MOST_CHANGES]:
        version = each.version
        url = (
            reverse("opendata:version", kwargs={"key": dataset.key, "version": version.version})
            if each.is_kept and dataset.is_open
            else ""
        )
        cells = [
            Cell(text=version.version, url=url),
            Cell(text=in_words(version.vintage, language) or "—"),
            Cell(text=number(version.rows, 0, language)),
            Cell(text=_moved(each, language)),
            Cell(text=_columns(each)),
            Cell(text=version.origin.label.say(language)),
        ]  # fmt: skip
        made.append(Row(Cell(text=in_words(each.on.isoformat(), language)), cells))
    return columns, made


def _moved(change: Change, language: str) -> str:
    """Rows more or less."""
    return signed(change.rows, 0, language) if change.before else pgettext("version", "first")


def _columns(change: Change) -> str:
    """Columns that came and went."""
    told = [f"+ {', '.join(change.added)}"] if change.added else []
    told += [f"− {', '.join(change.removed)}"] if change.removed else []
    return " ; ".join(told) or _("the same")


def _citation(
    opened: House, dataset: Dataset, absolute: Callable[[str], str], language: str, today: date
) -> str:
    """The words to cite it: who, what, which version, where, when."""
    mark = _("invented example, ") if dataset.is_invented else ""
    return _(
        "{publisher}, {title}, {mark}data of {vintage}, version {version}, given by {name}, "
        "read on {day}. {licence}. {url}"
    ).format(
        publisher=dataset.publisher, title=dataset.title.say(language), mark=mark,
        vintage=in_words(dataset.version.vintage or dataset.received_on.isoformat(), language),
        version=dataset.release, name=opened.installation.name or "bassin",
        day=in_words(today.isoformat(), language), licence=dataset.licence.text.say(language),
        url=absolute(files.page(dataset)),
    )  # fmt: skip
