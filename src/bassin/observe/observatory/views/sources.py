"""Sources and their health: what is loaded, how old it is, what failed, what was refused."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.house import House
from bassin.indicators.numbers import number, period
from bassin.observe.observatory import provenance
from bassin.observe.observatory.views.common import as_csv, as_json, house, language, today
from bassin.sources.health import refused_rows
from bassin.sources.reasons import said
from bassin.sources.registry import sources
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Crumb, Row

SHOWN_REFUSALS = 50


def word(state: dict[str, Any], empty: frozenset[str]) -> str:
    """The state of a source in a few words; `empty` are those without a row for the territory."""
    if state["failing_since"]:
        return pgettext("source", "update failing")
    if not state["covered"]:
        return pgettext("source", "loaded, without coverage here; the sample is served")
    if state["origin"] == Origin.INVENTED:
        return pgettext("source", "invented sample")
    if state["age_days"] is None:
        return pgettext("source", "to be loaded")
    if state["key"] in empty:
        return pgettext("source", "loaded, without coverage here")
    if state["stale"]:
        return pgettext("source", "older than its publisher's rhythm")
    return pgettext("source", "up to date")


def age(days: int | None) -> str:
    """How long ago the data were received."""
    if days is None:
        return ""
    if days < 1:
        return pgettext("age", "today")
    return ngettext("{days} day ago", "{days} days ago", days).format(days=days)


def _row(state: dict[str, Any], empty: frozenset[str], words: str) -> Row:
    source = sources()[state["key"]]
    refused = Cell(text="0" if state["age_days"] is not None else "", sort=0)
    if state["refused"] and not source.regime:
        refused = Cell(
            text=number(state["refused"], 0, words), sort=state["refused"],
            url=reverse("observatory:refused", kwargs={"key": source.key}),
        )  # fmt: skip
    loaded = state["age_days"] is not None
    return Row(
        Cell(
            text=source.title.say(words),
            url=reverse("observatory:source", kwargs={"key": source.key}),
        ),
        [
            Cell(text=source.publisher),
            Cell(text=word(state, empty)),
            Cell(text=period(state["vintage"], words), sort=state["vintage"]),
            Cell(text=age(state["age_days"]), sort=state["age_days"] if loaded else ""),
            Cell(text=number(state["rows"], 0, words) if loaded else "", sort=state["rows"]),
            refused,
            Cell(text=source.licence),
        ],
    )


def _table(states: list[dict[str, Any]], words: str) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(pgettext("sources", "Source")),
        Column(_("Publisher")),
        Column(pgettext("sources", "State")),
        Column(_("Date of the data")),
        Column(pgettext("sources", "Received"), number=True),
        Column(pgettext("sources", "Rows"), number=True),
        Column(pgettext("sources", "Refused"), number=True),
        Column(_("Licence")),
    ]
    empty = provenance.without_rows(house())
    return columns, [_row(state, empty, words) for state in states]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every source, those in trouble first, then those that are loaded."""
    words = language()
    states = list(provenance.states(house(), today()).values())
    troubled = [s for s in states if provenance.trouble(s, today(), words)]
    loaded = [s for s in states if s["age_days"] is not None]
    waiting = [s for s in states if s["age_days"] is None]
    context = {
        "troubles": [provenance.trouble(state, today(), words) for state in troubled],
        "loaded": _table(loaded, words),
        "waiting": [
            (sources()[s["key"]], reverse("observatory:source", kwargs={"key": s["key"]}))
            for s in waiting
        ],
        "rows_count": sum(state["rows"] for state in loaded),
        "crumbs": [_home(), Crumb(_("Sources and their health"))],
    }
    return render(request, "observatory/sources.html", context)


def _home() -> Crumb:
    return Crumb(_("Home"), reverse("observatory:home"))


def _state(opened: House, key: str) -> dict[str, Any]:
    states = provenance.states(opened, today())
    if key not in states:
        raise Http404(f"There is no source named {key}.")
    return states[key]


@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One source: its publisher, its columns, its state, what was refused, who uses it."""
    opened, words = house(), language()
    state = _state(opened, key)
    source = sources()[key]
    loaded = state["age_days"] is not None
    # A refused row of a table under secrecy would tell what no figure may.
    told = loaded and not source.regime
    rows = refused_rows(opened.store, key).slice(0, SHOWN_REFUSALS).to_pylist() if told else []
    french = state["error_fr"] if words == "fr" else ""
    users = [each for each in indicators().values() if key in provenance.roots(each.dataset)]
    context = {
        "source": source,
        "state": state,
        "word": word(state, provenance.without_rows(opened)),
        "age": age(state["age_days"]),
        "vintage": period(state["vintage"], words),
        "last_run": period(state["last_run"][:10], words) if state["last_run"] else "",
        "trouble": provenance.trouble(state, today(), words),
        "error": french or state["error"],
        "error_in_english": words == "fr" and not french,
        "columns": _columns(key, words),
        "refused": _refusals(rows, words),
        "users": [
            (each.label.say(words), reverse("observatory:indicator", kwargs={"name": each.id}))
            for each in users
        ],
        "crumbs": [
            _home(),
            Crumb(_("Sources and their health"), reverse("observatory:sources")),
            Crumb(source.title.say(words)),
        ],
    }
    return render(request, "observatory/source.html", context)


def _columns(key: str, words: str) -> tuple[list[Column], list[Row]]:
    columns = [Column(_("Column")), Column(_("Type")), Column(_("Meaning"))]
    rows = [
        Row(Cell(text=name), [Cell(text=each.type), Cell(text=each.label.say(words))])
        for name, each in sources()[key].columns.items()
    ]
    return columns, rows


def _refusals(rows: list[dict[str, Any]], words: str) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(_("File")), Column(_("Line"), number=True), Column(_("Column")),
        Column(_("Value")), Column(_("Why it was refused")),
    ]  # fmt: skip
    made = [
        Row(
            Cell(text=row["file"] or ""),
            [
                Cell(text=number(row["line"], 0, words) if row["line"] else ""),
                Cell(text=row["file_column"] or row["column_name"] or ""),
                Cell(text=row["value"] or ""),
                Cell(text=said(row["reason"] or "", words)),
            ],
        )
        for row in rows
    ]
    return columns, made


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The health of every source, as JSON or CSV."""
    states = list(provenance.states(house(), today()).values())
    if extension == "csv":
        return as_csv(states, "sources", sample=False)
    if extension != "json":
        raise Http404(f"Sources are given as .json or .csv, not as .{extension}.")
    return as_json(states)


@require_safe
def refused(request: HttpRequest, key: str) -> HttpResponse:
    """Every row of a source that was left out: file, line, column, value, reason."""
    opened = house()
    _state(opened, key)
    if sources()[key].regime:
        raise Http404(f"{key} is under secrecy: its refused rows are not told.")
    try:
        rows = refused_rows(opened.store, key).to_pylist()
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return as_csv(rows, f"{key}-refus", sample=False)
