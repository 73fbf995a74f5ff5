"""The coverage page: what the authority promised, and the tool that serves each promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.observe.observatory import coverage
from bassin.observe.observatory.claims.words import typeset
from bassin.observe.observatory.views.common import as_csv, as_json, house, language
from bassin.systems import System
from bassin.territory import commitments
from bassin.territory.commitments import Commitment, Programme
from bassin.types import Text
from bassin.ui.parts import Crumb


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as the page shows it; `url` is empty while its first page does not exist."""

    title: str
    summary: str
    url: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment and its tools."""

    id: str
    number: int
    text: str
    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together in a document: an axis with its priorities, or a list."""

    heading: str
    number: int
    title: str
    priorities: tuple[str, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One programme: its blocks, and how many of its commitments have a tool."""

    id: str
    title: str
    document: str
    served: int
    total: int
    blocks: tuple[Block, ...]


def _text(text: Text, said: str) -> str:
    """The document's words, with the spaces of printed French."""
    return typeset(text).say(said)


def _tool(system: System, ref: str, said: str) -> Tool:
    try:
        url = reverse(system.home)
    except NoReverseMatch:
        url = ""
    how = system.how.get(ref)
    return Tool(
        system.title.say(said), system.summary.say(said), url, _text(how, said) if how else ""
    )


def _promise(item: Commitment, said: str) -> Promise:
    tools = coverage.serve(item).tools
    anchor = item.ref.replace(":", "-")
    return Promise(
        anchor, item.number, _text(item.text, said), tuple(_tool(t, item.ref, said) for t in tools)
    )


def _promises(items: Sequence[Commitment], said: str) -> tuple[Promise, ...]:
    return tuple(_promise(item, said) for item in items)


def _blocks(programme: Programme, said: str) -> tuple[Block, ...]:
    """Axes that hold actions make one block each; other lists, one block per heading."""
    holders = list(dict.fromkeys(item.under for item in programme.expected if item.under))
    if holders:
        return tuple(
            _axis(programme, item, said) for item in programme.items if item.ref in holders
        )
    headings = dict.fromkeys(item.heading for item in programme.expected)
    return tuple(
        Block(
            _text(heading, said) if heading else "", 0, "", (),
            _promises([i for i in programme.expected if i.heading == heading], said),
        )
        for heading in headings
    )  # fmt: skip


def _axis(programme: Programme, axis: Commitment, said: str) -> Block:
    inside = [item for item in programme.items if item.under == axis.ref]
    expected = [item for item in inside if item.kind in programme.counted]
    others = tuple(_text(item.text, said) for item in inside if item.kind not in programme.counted)
    heading = _text(axis.heading, said) if axis.heading else ""
    return Block(heading, axis.number, _text(axis.text, said), others, _promises(expected, said))


def _document(programme: Programme, said: str) -> Document:
    blocks = _blocks(programme, said)
    promises = [each for block in blocks for each in block.promises]
    return Document(
        programme.id, _text(programme.title, said), _text(programme.document, said),
        sum(bool(each.tools) for each in promises), len(promises), blocks,
    )  # fmt: skip


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Document by document, each commitment with its tool or « pas encore outillé »."""
    said = language()
    documents = [_document(each, said) for each in commitments.programmes(house().var)]
    context: dict[str, Any] = {
        "crumbs": [Crumb(_("Home"), reverse("observatory:home")), Crumb(_("Coverage"))],
        "documents": documents,
        "served": sum(each.served for each in documents),
        "total": sum(each.total for each in documents),
    }
    return render(request, "observatory/coverage.html", context)


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The same as JSON or CSV."""
    rows = coverage.rows(house().var, language())
    if extension == "csv":
        flat = [
            {**row, "tools": " ".join(row["tools"]), "how": " ".join(row["how"].values())}
            for row in rows
        ]
        return as_csv(flat, "couverture", sample=False)
    if extension != "json":
        raise Http404(f"Coverage is given as .json or .csv, not as .{extension}.")
    served = sum(row["served"] for row in rows)
    return as_json({"total": len(rows), "served": served, "commitments": rows})
