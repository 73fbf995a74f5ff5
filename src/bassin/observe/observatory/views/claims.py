"""« Chiffres cités, chiffres vérifiés »: every stated figure with its verdict and the proof."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.observe.observatory import claims
from bassin.observe.observatory.claims import Book, Outcome, Verdict, words
from bassin.observe.observatory.views.common import as_csv, as_json, house, language
from bassin.types import Text
from bassin.ui.parts import Crumb

SHAPES = {
    Outcome.INCONSISTENT: ("octagon-x", "blocked"),
    Outcome.DIFFERS: ("triangle-alert", "late"),
    Outcome.NOT_COMPARABLE: ("scale", "plain"),
    Outcome.NOT_PROVABLE: ("circle-question-mark", "plain"),
    Outcome.CONFIRMED: ("circle-check", "done"),
}
"""Pictogram and kind of tag of each verdict, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the table: its word, its count, its address."""

    label: str
    count: int
    url: str
    icon: str = ""
    kind: str = "plain"
    current: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The claims of one verdict, in the order of their file."""

    verdict: str
    meaning: str
    icon: str
    kind: str
    lines: list["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as the table shows it; every number is already written."""

    id: str
    label: str
    perimeter: str
    date: str
    stated: str
    document: str
    quote: str
    computed: str
    source: str
    why: str


def _line(verdict: Verdict, said: str) -> Line:
    claim = verdict.claim
    computed = _("to be loaded") if verdict.outcome == Outcome.NOT_PROVABLE else ""
    if verdict.computed is not None:
        whole = 0 if verdict.computed.is_integer() else None
        computed = words.amount(claim, verdict.computed, more=1, digits=whole)(said)
    return Line(
        id=claim.id,
        label=words.typeset(claim.label).say(said),
        perimeter=verdict.perimeter.say(said),
        date=period(claim.period, said) if claim.period else _("undated"),
        stated=words.stated(claim)(said),
        document=words.typeset(verdict.document).say(said),
        quote=words.typeset(Text(claim.quote)).fr,
        computed=computed,
        source=words.typeset(verdict.source).say(said) if verdict.source else "",
        why=verdict.why.say(said),
    )


def _sections(verdicts: list[Verdict], said: str) -> list[Section]:
    """What is wrong first, what is right last."""
    made = []
    for outcome, (icon, kind) in SHAPES.items():
        lines = [_line(each, said) for each in verdicts if each.outcome == outcome]
        if lines:
            word, meaning = outcome.label.say(said), outcome.meaning.say(said)
            made.append(Section(word, meaning, icon, kind, lines))
    return made


def _filters(verdicts: list[Verdict], chosen: str, document: str, said: str) -> list[Filter]:
    counts = Counter(each.outcome for each in verdicts)
    kept = {"document": document} if document else {}
    made = [Filter(_("all"), len(verdicts), _address(kept), current=not chosen)]
    for outcome, (icon, kind) in SHAPES.items():
        made.append(
            Filter(
                outcome.label.say(said), counts[outcome],
                _address({"verdict": outcome.value, **kept}), icon, kind,
                current=chosen == outcome,
            )
        )  # fmt: skip
    return made


def _documents(verdicts: list[Verdict], book: Book, document: str, said: str) -> list[Filter]:
    counts = Counter(name for each in verdicts for name in each.claim.documents)
    made = [Filter(_("all the documents"), len(verdicts), _address({}), current=not document)]
    made += [
        Filter(words.typeset(title).say(said), counts[name], _address({"document": name}),
               current=document == name)
        for name, title in book.documents.items()
        if counts[name]
    ]  # fmt: skip
    return made


def _address(query: dict[str, str]) -> str:
    address = reverse("observatory:claims")
    return f"{address}?{urlencode(query)}" if query else address


def _asked(request: HttpRequest, book: Book) -> tuple[str, str]:
    """The verdict and the document asked for.

    Raises:
        Refused: there is none of that name; the sentence gives those there are.
    """
    verdict = request.GET.get("verdict", "").strip()
    document = request.GET.get("document", "").strip()
    for asked, known in ((verdict, list(Outcome)), (document, list(book.documents))):
        if asked and asked not in known:
            raise Refused(
                _("“{asked}” is not one of {known}.").format(asked=asked, known=", ".join(known))
            )
    return verdict, document


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The page; `?verdict=` and `?document=` narrow it."""
    opened, said = house(), language()
    book = claims.read(opened.var)
    crumbs = [Crumb(_("Home"), reverse("observatory:home")), Crumb(_("Stated figures"))]
    if book is None:
        return render(request, "observatory/claims.html", {"crumbs": crumbs, "sections": None})
    chosen, document = _asked(request, book)
    everything = claims.judge_all(opened)
    about = [v for v in everything if not document or document in v.claim.documents]
    shown = [v for v in about if not chosen or v.outcome == chosen]
    counts = Counter(each.outcome.value for each in everything)
    context: dict[str, Any] = {
        "crumbs": crumbs,
        "sections": _sections(shown, said),
        "filters": _filters(about, chosen, document, said),
        "documents": _documents(everything, book, document, said),
        "total": len(everything),
        "counts": counts,
        "documents_count": len(book.documents),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return render(request, "observatory/claims.html", context)


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The verdicts as JSON or CSV, narrowed like the page."""
    opened, said = house(), language()
    rows = _rows(request, opened, said)
    if extension == "csv":
        return as_csv(rows, "chiffres-cites", sample=False)
    if extension != "json":
        raise Http404(f"Stated figures are given as .json or .csv, not as .{extension}.")
    counts = Counter(row["verdict"] for row in rows)
    return as_json({"counts": {each.value: counts[each.value] for each in Outcome}, "claims": rows})


def _rows(request: HttpRequest, opened: House, said: str) -> list[dict[str, Any]]:
    book = claims.read(opened.var)
    if book is None:
        return []
    chosen, document = _asked(request, book)
    return [
        each.as_dict(said)
        for each in claims.judge_all(opened)
        if (not chosen or each.outcome == chosen)
        and (not document or document in each.claim.documents)
    ]
