"""How the map of a selection, and its charts, are shown on another site.

A selection that officers alone may make is shown nowhere else: there are no lines for it.
"""

from django.http import HttpRequest
from django.urls import reverse

from bassin.observe.companies.selection import Selection
from bassin.ui.embedding import Line, Shown


def map_lines(selection: Selection, title: str, request: HttpRequest) -> tuple[Line, ...]:
    """The line of HTML of the map of a selection."""
    if selection.procedures is not None:
        return ()
    query = selection.query()
    frame, page = address("companies:embed_map", query), address("companies:home", query)
    return Shown("map", title, frame, page, height=820).lines(request.build_absolute_uri)


def chart_lines(
    code: str, title: str, selection: Selection, request: HttpRequest
) -> tuple[Line, ...]:
    """The lines of HTML of a chart of a selection."""
    if selection.procedures is not None:
        return ()
    query = selection.query()
    frame, drawn = (
        address(f"companies:embed_{what}", query, code=code) for what in ("chart", "picture")
    )
    page = address("companies:figures", query)
    return Shown(code, title, frame, page, drawn, height=600).lines(request.build_absolute_uri)


def address(name: str, query: str, **keys: str) -> str:
    """An address that asks for a selection."""
    return f"{reverse(name, kwargs=keys)}{'?' if query else ''}{query}"
