"""A framework: its tree, its table, its timeline, its lineage, and the page that everyone sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.parties.access import User
from bassin.steer.programmes import permissions, tree, words
from bassin.steer.programmes.filters import Filters
from bassin.steer.programmes.models import Action, Framework
from bassin.steer.programmes.models.querysets import ActionQuerySet
from bassin.steer.programmes.shown import Line, line, table
from bassin.steer.programmes.standing import (
    Counted,
    Sought,
    Standing,
    by_euro,
    counted,
    sought,
    standings,
    summary,
)
from bassin.steer.programmes.views.common import (
    PartRequest,
    crumbs,
    framework_of,
    framework_url,
    or_sign_in,
    others_cards,
    seen_lines,
    today,
    viewer,
)
from bassin.types import Text
from bassin.ui.parts import Crumb, Download, Tab

MANY = 200
"""Above this number of actions a branch shows its first few; the table has them all."""

FEW = 4
PER_PAGE = 30
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A branch as the page shows it."""

    branch: tree.Branch[Counted]
    level: int
    title: str
    heading: str
    text: str
    kind: str
    said: str
    euros: str
    lines: list[Line]
    more: int
    more_url: str


def tabs(framework: Framework, current: str, *, insider: bool) -> list[Tab]:
    """The views of one framework; its balance sheet is for insiders."""
    named = {
        "framework": _("Tree"), "table": _("Table"), "timeline": _("Timeline"),
        "lineage": _("Lineage"), "promises": _("Commitments"),
        **({"balance": _("Balance sheet")} if insider else {}),
    }  # fmt: skip
    if framework.kind == Framework.Kind.MANIFESTO:
        named["signatories"] = _("Signatories")
    return [
        Tab(word, framework_url(framework, name), name == current) for name, word in named.items()
    ]


def head(request: HttpRequest, framework: Framework, current: str) -> dict[str, Any]:
    """What every view of a framework begins with."""
    user = viewer(request)
    language = words.language()
    title = Text(framework.title, framework.title_en).say(language)
    here = Crumb(title, framework_url(framework) if current != "framework" else "")
    after = () if current == "framework" else (Crumb(dict(_named())[current]),)
    return {
        "framework": framework,
        "title": title,
        "crumbs": crumbs(here, *after),
        "tabs": tabs(framework, current, insider=permissions.is_insider(user)),
        "period": words.span(framework.starts_on, framework.ends_on),
        "state": words.state(framework, today()),
        "editable": permissions.can_edit_framework(user, framework),
        "insider": permissions.is_insider(user),
        "files": _files(framework),
    }


def _named() -> list[tuple[str, str]]:
    return [
        ("table", _("Table")), ("timeline", _("Timeline")), ("lineage", _("Lineage")),
        ("promises", _("Commitments")), ("public", _("As everyone sees it")),
        ("balance", _("Balance sheet")), ("signatories", _("Signatories")),
    ]  # fmt: skip


def _files(framework: Framework) -> list[Download]:
    return [
        Download(
            extension.upper(),
            reverse("programmes:export", kwargs={"slug": framework.slug, "extension": extension}),
        )
        for extension in ("xlsx", "csv", "json")
    ]


def actions_of(framework: Framework, user: User) -> ActionQuerySet:
    """The actions of a framework that someone may see."""
    return Action.objects.visible_to(user).kept().within(framework)


def lines_of(framework: Framework, user: User, *, whole: bool = True) -> list[Standing]:
    """The same as lists show them."""
    return standings(actions_of(framework, user), today(), whole=whole)


@require_safe
@or_sign_in
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree, with what each branch adds up to."""
    framework = framework_of(request, slug)
    return _tree(request, framework, viewer(request), "framework")


@require_safe
@or_sign_in
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree as everyone sees it, for those who check what is shown."""
    framework = framework_of(request, slug)
    if not framework.public:
        raise Http404
    return _tree(request, framework, AnonymousUser(), "public")


def _tree(request: HttpRequest, framework: Framework, user: User, current: str) -> HttpResponse:
    counts = counted(actions_of(framework, user), today())
    built = tree.build(framework, counts)
    made = built.summary
    context = head(request, framework, current)
    if current == "public":
        context |= {"editable": False, "insider": False, "tabs": []}
    parts = (branch.node.ref for branch in built.walk())
    context |= {
        "cards": others_cards("nodes", " ".join(parts)),
        "as_everyone": current == "public",
        "summary": made,
        "said": words.rollup(made.rollup),
        "by_euro": words.rollup(by_euro(built.counted)) if made.money.planned.total else "",
        "money": words.three(made.money) if made.money else [],
        "announced": _announced(framework, len(counts)),
        "stated": words.stated(framework),
        "text": Text(framework.summary, framework.summary_en).say(words.language()),
        "branches": _branches(
            request, built, many=len(counts) > MANY, internal=permissions.is_insider(user)
        ),
        "linked": _linked(framework, user),
        "table_url": framework_url(framework, "table"),
    }
    return render(request, "programmes/framework.html", context)


def _branches(
    request: HttpRequest, built: tree.Tree[Counted], *, many: bool, internal: bool
) -> list[Shown]:
    """Every branch with its actions, of which the words are read only where they are shown."""
    branches = list(built.walk())
    places = [
        [(each.pk, False) for each in (branch.lines[:FEW] if many else branch.lines)]
        + [(each.pk, True) for each in (() if many else branch.secondary)]
        for branch in branches
    ]
    shown = Action.objects.filter(pk__in={pk for some in places for pk, _second in some})
    said = {each.pk: each for each in standings(shown, today(), money=False, whole=False)}
    seen_lines(request, said.values())
    return [
        _shown(
            branch,
            built.framework,
            [line(said[pk], secondary=second, internal=internal) for pk, second in some],
            more=max(len(branch.lines) - FEW, 0) if many else 0,
        )
        for branch, some in zip(branches, places, strict=True)
    ]


def _place(branch: tree.Branch) -> str:
    return f"{branch.node.number} {branch.title.say(words.language())}".strip()[:LONGEST]


def _announced(framework: Framework, entered: int) -> str:
    """« environ 60 annoncées, 11 saisies »: what a document announced, and what is written here."""
    if framework.announced_count is None:
        return ""
    told = Text(framework.announced_note, framework.announced_note_en).say(words.language())
    note = f" ({told})" if told else ""
    written = ngettext("{count} entered here", "{count} entered here", entered)
    return _("About {announced} announced{note}, {entered}").format(
        announced=framework.announced_count, note=note, entered=written.format(count=entered)
    )


def _shown(
    branch: tree.Branch[Counted], framework: Framework, lines: list[Line], *, more: int
) -> Shown:
    language = words.language()
    made = branch.summary or summary([])
    planned = made.money.planned
    return Shown(
        branch=branch,
        level=min(branch.depth + 2, 4),
        title=branch.title.say(language),
        heading=branch.heading.say(language) if branch.heading else "",
        text=Text(branch.node.text, branch.node.text_en).say(language),
        kind=_level(framework, branch),
        said=words.rollup(made.rollup),
        euros=_("{amount} planned").format(amount=words.amount(planned)) if planned.known else "",
        lines=lines,
        more=more,
        more_url=f"{framework_url(framework, 'table')}?axe={branch.node.code}",
    )


def _level(framework: Framework, branch: tree.Branch) -> str:
    """The name of a level in this framework ("axe", "priorité"), else its kind."""
    for each in framework.level_names or []:
        if isinstance(each, dict) and each.get("kind") == branch.node.kind:
            return Text(each.get("fr", ""), each.get("en", "")).say(words.language())
    return branch.node.kind


def _linked(framework: Framework, user: User) -> list[tuple[str, str]]:
    language = words.language()
    return [
        (Text(each.title, each.title_en).say(language), framework_url(each))
        for each in framework.linked.visible_to(user)
    ]


@require_safe
@or_sign_in
def listing(request: PartRequest, slug: str) -> HttpResponse:
    """The table, filtered by the address: axis, commune, holder, stage, health, late, silent."""
    framework = framework_of(request, slug)
    lines = sought(actions_of(framework, viewer(request)), today())
    built = tree.build(framework, lines, sums=False)
    filters = Filters.read(request.GET, lines, built)
    found = filters.keep(lines, built)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = _in_full(page.object_list)
    seen_lines(request, shown)
    axes = {e.pk: _place(b) for b in built.walk() for e in b.lines}
    made = summary(found)
    query = request.GET.copy()
    query.pop("page", None)
    context = head(request, framework, "table") | {
        "filters": filters,
        "page": page,
        "table": table(shown, axes),
        "found": len(found),
        "all": len(lines),
        "said": words.rollup(made.rollup),
        "money": words.three(made.money) if made.money else [],
        "query": query.urlencode(),
    }
    # The script that changes the filters in place asks as htmx does, for the results alone.
    part = "programmes/_table_results.html" if request.htmx else "programmes/table.html"
    response = render(request, part, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _in_full(page: Iterable[Sought]) -> list[Standing]:
    """The actions of a page with all that its table shows, in the same order."""
    order = [each.pk for each in page]
    found = standings(Action.objects.filter(pk__in=order), today(), whole=False)
    by_pk = {each.pk: each for each in found}
    return [by_pk[pk] for pk in order]
