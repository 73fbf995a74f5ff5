"""The balance sheet of a framework, and the form that drafts the next one from it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.steer.programmes import actions_succession, balance, tree, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.balance import Balance, Outcome
from bassin.steer.programmes.forms_governance import NextForm
from bassin.steer.programmes.models import Framework
from bassin.steer.programmes.packs import balancing
from bassin.steer.programmes.packs.writing import origin, titled
from bassin.steer.programmes.rules import OVER
from bassin.steer.programmes.views.common import (
    author,
    framework_of,
    framework_url,
    today,
    viewer,
)
from bassin.steer.programmes.views.editing import Editing, page
from bassin.steer.programmes.views.frameworks import head, lines_of
from bassin.steer.programmes.views.papers import answer, house_name
from bassin.types import Origin
from bassin.ui import spreadsheets
from bassin.ui.data import as_csv, as_file, private
from bassin.ui.parts import Cell, Column, Crumb, Download, Row

Typed = dict[str, Any]
Base = Mapping[str, Any]


def _sheet(request: HttpRequest, framework: Framework) -> Balance:
    user = viewer(request)
    if not rights.can_see_balance(user, framework):
        raise PermissionDenied
    built = tree.build(framework, lines_of(framework, user))
    return balance.sheet(built, balance.heirs(framework), words.communes(), _title)


def _title(branch: tree.Branch) -> str:
    return words.join((branch.node.number, branch.title.say(words.language())))


def _table(
    found: tuple[list[str], list[list[str]]], *, last: bool = False
) -> tuple[list[Column], list[Row]]:
    """The table of a page; `last` says that its last column holds numbers too."""
    names, listed = found
    end = len(names) if last else len(names) - 1
    columns = [Column(name, number=0 < at < end) for at, name in enumerate(names)]
    rows = [Row(Cell(text=row[0]), [Cell(text=text) for text in row[1:]]) for row in listed]
    return columns, rows


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The balance sheet as a page."""
    framework = framework_of(request, slug)
    made = _sheet(request, framework)
    lines = [each.line for each in made.whole.entries]
    context = {
        **head(request, framework, "balance"),
        "said": balancing.headline(made),
        "announced": balancing.announced(made),
        "secondary": made.secondary,
        "done_over": balancing.done_over(made.whole),
        "axes": _table(balancing.table(made.axes, _("Axis"))),
        "communes": _table(balancing.table(balancing.parts_of_communes(made), _("Commune"))),
        "unnamed": balancing.unnamed(made),
        "euros": _table(balancing.euros(made), last=True),
        "abandoned": [
            (titled(e.line), balancing.why(e)) for e in made.with_outcome(Outcome.ABANDONED)
        ],
        "moved": [
            (titled(e.line), ", ".join(e.moved_to), words.progress(e.line.progress))
            for e in made.with_outcome(Outcome.MOVED)
        ],
        "silent": [titled(e.line) for e in made.with_outcome(Outcome.NOT_REPORTED)],
        "method": balancing.method(),
        "mark": origin(lines).value,
        "asof": words.day(today()),
        "downloads": [
            Download(form.upper(), reverse("programmes:balance_file", args=[slug, form]))
            for form in ("pdf", "odt", "xlsx", "csv")
        ],
        "drafts": rights.can_draft_next(viewer(request), framework),
        "next_url": framework_url(framework, "next"),
        "empty": not lines,
    }
    return render(request, "programmes/balance.html", context)


@require_safe
def download(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The balance sheet as a file: a paper, or rows."""
    framework = framework_of(request, slug)
    made = _sheet(request, framework)
    name = f"{slug}-bilan"
    sample = origin(each.line for each in made.whole.entries) == Origin.INVENTED
    if extension == "csv":
        return private(as_csv(balancing.rows(made), name, sample=sample))
    if extension != "xlsx":
        return answer(balancing.paper(made, today(), house_name()), extension, name)
    sheets = {
        _("Actions"): spreadsheets.table(balancing.rows(made)),
        _("By axis"): spreadsheets.table(balancing.counts(made.axes)),
        _("By commune"): spreadsheets.table(balancing.counts(balancing.parts_of_communes(made))),
    }
    content = spreadsheets.workbook("xlsx", sheets)
    media = spreadsheets.MEDIA["xlsx"]
    return private(as_file(content, media, f"{name}.xlsx", sample=sample))


def _choices(built: tree.Tree) -> Callable[..., NextForm]:
    """The form that offers the parts and the actions of a framework.

    Raises:
        Http404: it has none.
    """
    branches = list(built.walk())
    if not branches:
        raise Http404
    lines = {line.pk: line for root in built.roots for line in root.below}
    going = [pk for pk, line in lines.items() if line.lifecycle not in OVER]
    parts = [(str(b.node.pk), f"{'— ' * b.depth}{_title(b)}") for b in branches]
    actions = [
        (str(pk), words.join((titled(line), words.stage(line.lifecycle))))
        for pk, line in lines.items()
    ]
    first = {"nodes": [key for key, _word in parts], "carried": [str(pk) for pk in going]}

    def form(data: Any = None) -> NextForm:
        return NextForm(data, parts=parts, actions=actions, initial=first)

    return form


def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft the framework that comes after."""
    framework, user = framework_of(request, slug), author(request)
    if not rights.can_draft_next(user, framework):
        raise PermissionDenied
    form = _choices(tree.build(framework, lines_of(framework, user)))

    def save(typed: Typed, base: Base) -> None:
        chosen = {name: [int(key) for key in typed[name]] for name in ("nodes", "carried")}
        actions_succession.draft_next(
            framework, by=user, today=today(), title=typed["title"], ends_on=typed["ends_on"],
            **chosen,
        )  # fmt: skip

    home = framework_url(framework, "balance")
    return page(
        request,
        Editing(
            title=_("Draft the next framework"), submit=_("Draft it"), form=form, save=save,
            done=reverse("programmes:home"), back=home,
            said=_("The draft is there, linked to this framework: change it, then adopt it."),
            trail=(Crumb(framework.title, framework_url(framework)),
                   Crumb(_("Balance sheet"), home)),
            lede=_("What is not kept is noted as dropped. Actions carried on keep their history."),
        ),
    )  # fmt: skip
