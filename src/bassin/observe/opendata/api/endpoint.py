"""One endpoint: its address, what may be asked, what is answered; and the view made of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from bassin.indicators.house import House
from bassin.observe.opendata.api import paging
from bassin.observe.opendata.api.fields import Field, chosen, cut
from bassin.observe.opendata.api.parameters import Asked, Parameter, read
from bassin.observe.opendata.api.serving import CSV, JSON, Content, Wanted, serve, written
from bassin.types import Origin, Text
from bassin.ui.data import as_csv
from bassin.ui.opened import house

PREFIX = "/api/v1/"
USUAL, MOST = 100, 1000
View = Callable[..., HttpResponse]

LANGUAGE = Parameter(
    "language", "text",
    Text("langue des textes ; sinon, celle que demande l'en-tête Accept-Language",
         "language of texts; else that of the header Accept-Language"),
    "fr", choices=lambda: ("fr", "en"),
)  # fmt: skip
FORMAT = Parameter(
    "format", "text",
    Text("json ou csv ; sinon, ce que demande l'en-tête Accept",
         "json or csv; else what the header Accept asks for"),
    "csv", choices=lambda: ("json", "csv"),
)  # fmt: skip
LIMIT = Parameter(
    "limit", "integer", Text("lignes d'une page", "rows of a page"), 20, minimum=1, maximum=MOST,
    default=USUAL,
)  # fmt: skip
CURSOR = Parameter(
    "cursor", "text",
    Text("où reprendre la liste : le « next » de la page précédente le contient",
         "where the list goes on: the “next” of the previous page holds it"),
    pattern=r"[A-Za-z0-9_-]{22,800}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """What an endpoint has to answer.

    `after` is what the last row of the page before was sorted by; `names` the fields wanted.
    """

    house: House
    asked: Asked
    language: str
    site: str
    names: tuple[str, ...]
    after: list[Any] | None = None

    @property
    def limit(self) -> int:
        """Rows of a page."""
        return int(self.asked["limit"])


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list: `after` says where the next page begins, None when there is none."""

    rows: Sequence[dict[str, Any]]
    after: list[Any] | None = None
    total: int | None = None


@dataclass(frozen=True)
class Endpoint:
    """One line of the table of endpoints.

    Args:
        path: after `/api/v1/`, its variables in braces.
        name: of the operation, and of the file that it gives as CSV.
        item: makes one record; lists are made by `page` instead.
        sorts: orders of a list, the usual one first; "-" before one goes downwards.
        example: parameters of the address shown as an example.
        read: told of each answer given, with the request and the variables of its path.
    """

    path: str
    name: str
    title: Text
    text: Text
    fields: tuple[Field, ...]
    own: tuple[Parameter, ...] = ()
    item: Callable[[Query], dict[str, Any]] | None = None
    page: Callable[[Query], Page] | None = None
    sorts: tuple[str, ...] = ()
    example: dict[str, str] = field(default_factory=dict)
    read: Callable[[HttpRequest, dict[str, str]], None] | None = None

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its own, then those that all have."""
        named = tuple(each.name for each in self.fields)
        wanted = Parameter(
            "fields", "words", Text("champs à donner", "fields to give"), list(named[:2]),
            choices=lambda: named,
        )  # fmt: skip
        if self.page is None:
            return (*self.own, wanted, LANGUAGE)
        sort = Parameter(
            "sort", "text", Text("ordre des lignes", "order of the rows"), self.sorts[0],
            choices=lambda: self.sorts, default=self.sorts[0],
        )  # fmt: skip
        return (*self.own, wanted, sort, LIMIT, CURSOR, FORMAT, LANGUAGE)

    def view(self) -> View:
        """What answers at its address. It writes nothing, so that a form's token means nothing."""

        @csrf_exempt
        def inner(request: HttpRequest, **path: str) -> HttpResponse:
            forms = (JSON,) if self.page is None else (JSON, CSV)
            made = serve(request, lambda w: self._answer(request, w, path), forms, keep=True)
            if self.read is not None and made.status_code in (200, 304):
                self.read(request, path)
            return made

        return inner

    def _answer(self, request: HttpRequest, wanted: Wanted, path: dict[str, str]) -> Content:
        asked = read(self.parameters, request.GET, path)
        names = chosen(self.fields, asked.get("fields", ()))
        query = Query(house(), asked, wanted.language, wanted.site, names)
        if self.page is None:
            assert self.item is not None
            return Content(written(cut(self.item(query), names)), JSON)
        bound = paging.query(self.name, {**asked, **path})
        after = paging.read(asked["cursor"], bound) if "cursor" in asked else None
        found = self.page(Query(house(), asked, wanted.language, wanted.site, names, after))
        return self._listed(request, wanted, found, bound, names)

    def _listed(
        self, request: HttpRequest, wanted: Wanted, page: Page, bound: bytes,
        names: tuple[str, ...],
    ) -> Content:  # fmt: skip
        address = f"{wanted.site}{request.path}"
        following = None
        if page.after is not None:
            given = {k: v for k, v in request.GET.lists() if k != "cursor"}
            again = urlencode({**given, "cursor": paging.write(bound, page.after)}, doseq=True)
            following = f"{address}?{again}"
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        if wanted.form == CSV:
            return _csv(page.rows, names, self.name, headers)
        rows = [cut(row, names) for row in page.rows]
        total = {} if page.total is None else {"total": page.total}
        body = {"release": house().reader.name, **total, "items": rows, "next": following}
        return Content(written(body), JSON, headers)


def _csv(
    rows: Sequence[dict[str, Any]], names: tuple[str, ...], name: str, headers: dict[str, str]
) -> Content:
    """The rows as CSV; those of a sample say so in their first column, and in the file's name."""
    sample = any(row.get("origin") == Origin.INVENTED for row in rows)
    made = [
        (_mark(row) if sample else {}) | {key: _flat(row[key]) for key in names} for row in rows
    ]
    response = as_csv(made, f"{'EXEMPLE-' if sample else ''}{name}", sample=False)
    empty = f"\ufeff{','.join(names)}\r\n".encode()
    given = response.headers["Content-Disposition"]
    return Content(
        response.content if made else empty, response.headers["Content-Type"],
        {**headers, "Content-Disposition": given},
    )  # fmt: skip


def _mark(row: dict[str, Any]) -> dict[str, Any]:
    return {"EXEMPLE": "EXEMPLE" if row.get("origin") == Origin.INVENTED else ""}


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value
