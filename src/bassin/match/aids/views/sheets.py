"""Sheets that people keep: those of one's organisation, a form for one, its versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.match.aids import actions, permissions
from bassin.match.aids.editing.changes import changes, counted
from bassin.match.aids.editing.editor import LINES, Editor
from bassin.match.aids.editing.keeping import KeepForm, kept_sheets
from bassin.match.aids.models import SheetVersion
from bassin.match.aids.prospects import search
from bassin.match.aids.rules.aid import Aid, aid
from bassin.match.aids.rules.facts import codes, facts
from bassin.match.aids.rules.toml import written
from bassin.match.aids.rules.unread import raw
from bassin.match.aids.rules.zones import zones
from bassin.match.aids.shown import kinds
from bassin.match.aids.views.common import crumbs, here, house, language, require, today
from bassin.match.aids.views.guide import demands
from bassin.parties.access import bodies_of, signed_in
from bassin.parties.models import Person
from bassin.ui.data import as_file, private

FORM = require_http_methods(["GET", "HEAD", "POST"])
TOML = "application/toml; charset=utf-8"


def _steps(*after: tuple[str, str]) -> Any:
    return crumbs((_("Sheets that you keep"), reverse("aids:sheets")), *after)


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is being written, what waits, and the sheets of one's organisations."""
    person = signed_in(request)
    require(permissions.can_keep_sheets(person))
    context = {
        "crumbs": crumbs((_("Sheets that you keep"), "")),
        "open": [each for each in SheetVersion.objects.filter(state__in=SheetVersion.OPEN)
                 .select_related("organisation", "written_by")
                 if permissions.can_see_version(person, each)],
        "sheets": kept_sheets(here().catalogue.aids, person, language()),
        "person": person,
    }  # fmt: skip
    return private(render(request, "aids/sheets.html", context))


@never_cache
@FORM
def edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A sheet in a form, new or as it stands; what is kept is a draft."""
    person, draft = signed_in(request), actions.being_written(slug) if slug else None
    before = _before(person, slug, draft)
    editor = Editor(
        house(), before, {each.slug for each in here().catalogue.aids},
        sent=request.POST if request.method == "POST" else None, fixed=slug,
    )  # fmt: skip
    keeping = KeepForm(
        request.POST or None, person=person, quiet=bool(editor.adds),
        initial={"organisation": _keeper(person, slug, draft), "why": draft.why if draft else ""},
    )  # fmt: skip
    told, base = "", actions.digest(draft.content) if draft else ""
    judged = request.method == "POST" and not editor.adds
    # Both are judged, so that every mistake is told at once.
    if judged and editor.is_valid() & keeping.is_valid():
        made, told = _save(request, editor, keeping)
        if made is not None:
            messages.success(request, _("The draft is kept: look at it, then propose it."))
            return redirect("aids:version", made.pk)
    context = {
        "crumbs": _steps((_title(before), "")),
        "editor": editor, "keeping": keeping, "told": told, "slug": slug, "draft": draft,
        "base": base, "lines": [(name, _line_title(name), editor.lines[name]) for name in LINES],
        "codes": _codes(), "status": editor.errors and not editor.adds,
    }  # fmt: skip
    status = 400 if told or (editor.sent is not None and not editor.adds) else 200
    return private(render(request, "aids/edit.html", context, status=status))


def _title(before: dict[str, Any]) -> str:
    return aid(before).title.say(language()) if before else _("New sheet")


def _before(person: Person, slug: str, draft: SheetVersion | None) -> dict[str, Any]:
    """What the form is filled with: the draft, else the sheet in service, else nothing."""
    if not slug:
        require(permissions.can_keep_sheets(person))
        return {}
    found = here().catalogue.get(slug)
    if draft is None and found is None:
        raise Http404
    if draft is not None:
        if not permissions.can_see_version(person, draft):
            raise Http404
        return draft.raw
    require(permissions.can_edit(person, actions.keeper(slug)))
    return raw(found) if found is not None else {}


def _keeper(person: Person, slug: str, draft: SheetVersion | None) -> Any:
    if draft is not None:
        return draft.organisation_id
    if slug:
        return actions.keeper(slug).pk
    return min(bodies_of(person), default=None)


def _save(
    request: HttpRequest, editor: Editor, keeping: KeepForm
) -> tuple[SheetVersion | None, str]:
    """The draft, or why it was not kept."""
    try:
        made = editor.said()
        if not made["slug"]:
            raise Refused(_("Give the sheet a name with letters."))
        if not editor.fixed and made["slug"] in editor.known:
            raise Refused(_("Another sheet bears this name already: open it, or choose another "
                            "name."))  # fmt: skip
        return actions.write(
            house(), made, organisation=keeping.cleaned_data["organisation"],
            why=keeping.cleaned_data["why"], base=request.POST.get("base", ""),
            by=signed_in(request), today=today(),
        ), ""  # fmt: skip
    except Refused as refusal:
        return None, refusal.text.say(language())


def _line_title(name: str) -> str:
    return {
        "documents": _("Papers to prepare"), "steps": _("Steps"), "legal": _("Legal references"),
        "notes": _("Warnings"),
    }[name]  # fmt: skip


def _codes() -> list[tuple[str, list[tuple[str, str]]]]:
    """The codes that values may be written with, by fact."""
    found = [
        (each.label.say(language()),
         [(code, said.say(language())) for code, said in codes(key).items()])
        for key, each in facts().items() if codes(key)
    ]  # fmt: skip
    places = [
        ("commune:94054", _("a commune, or its name when it is one of here")),
        ("epci:…, ept:…, departement:94, region:11", _("a wider place, or its name")),
        ("qpv:any", _("any priority neighbourhood")),
        *((f"zone:{key}", each.label.say(language())) for key, each in zones().items()),
    ]
    return [(_("Place"), places), *found]


def _seen(request: HttpRequest, pk: int) -> SheetVersion:
    found = get_object_or_404(
        SheetVersion.objects.select_related("organisation", "written_by", "accepted_by"), pk=pk
    )
    if not permissions.can_see_version(signed_in(request), found):
        raise Http404
    return found


@never_cache
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what changes, whom it would concern, what was checked, what can be done."""
    found, person = _seen(request, pk), signed_in(request)
    made = aid(found.raw)
    lines = changes(found.before, found.content)
    edits = permissions.can_edit(person, found.organisation or actions.keeper(found.slug))
    context = {
        "version": found, "aid": made, "kind": kinds(made, language()),
        "changes": lines, "counts": counted(lines),
        "points": demands(made, here().wording(language()), today(), language()),
        "checkable": actions.checkable(house(), found, language()),
        "would": _would(person, found, made), "edits": edits and found.is_open,
        "accepts": permissions.can_accept(person, found),
        "mine": found.written_by_id == person.pk,
        "versions": SheetVersion.objects.filter(slug=found.slug)
        .select_related("organisation", "written_by", "accepted_by"),
        "in_service": here().catalogue.get(found.slug) is not None,
        "crumbs": _steps((made.title.say(language()), "")),
    }  # fmt: skip
    return private(render(request, "aids/version.html", context))


def _would(person: Person, found: SheetVersion, made: Aid) -> list[tuple[str, Any]]:
    """How many local firms it would concern, beside the version that it replaces."""
    officer = permissions.can_prospect(person)
    told = [(_("This version"), search(house(), made, today(), procedures=officer))]
    other = here().catalogue.get(found.slug)
    if other is not None and found.is_open:
        told.append((_("The sheet in service"),
                     search(house(), other, today(), procedures=officer)))  # fmt: skip
    return told


@never_cache
@require_safe
def version_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as its file."""
    found = _seen(request, pk)
    return private(as_file(found.content, TOML, f"{found.slug}.toml", sample=False))


@require_safe
def sheet_file(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet in service as its file."""
    found = here().catalogue.get(slug)
    if found is None:
        raise Http404
    return as_file(written(raw(found)), TOML, f"{slug}.toml", sample=False)


@never_cache
@require_http_methods(["POST"])
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Check, propose, take back, send back, accept, throw away."""
    found, sent = _seen(request, pk), request.POST
    person, opened, day = signed_in(request), house(), today()
    doing = {
        "check": lambda: actions.check(opened, found, sent.get("at", ""), by=person, today=day),
        "propose": lambda: actions.propose(found, why=sent.get("why", ""), by=person, today=day),
        "take_back": lambda: actions.take_back(found, by=person),
        "send_back": lambda: actions.send_back(found, answer=sent.get("answer", ""), by=person),
        "accept": lambda: actions.accept(opened, found, by=person, today=day),
        "throw_away": lambda: actions.throw_away(found, by=person),
    }  # fmt: skip
    name = sent.get("do", "")
    if name not in doing:
        raise Http404
    try:
        doing[name]()
    except Refused as refusal:
        messages.error(request, refusal.text.say(language()))
        return redirect("aids:version", pk)
    messages.success(request, _done(name))
    return redirect("aids:sheets") if name == "throw_away" else redirect("aids:version", pk)


def _done(name: str) -> str:
    return {
        "check": _("Written: you checked it today."),
        "propose": _("It waits for the yes of somebody else."),
        "take_back": _("It is a draft again."),
        "send_back": _("It was sent back with your reason."),
        "accept": _("It is in service: every page reads it."),
        "throw_away": _("The draft is gone; what is in service stays."),
    }[name]
