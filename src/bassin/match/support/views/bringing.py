"""A table brought in, and cases taken away."""

from collections import Counter
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.match.support import actions_bringing, exports, permissions, themes
from bassin.match.support.forms import FilterForm
from bassin.match.support.imports.columns import FIELDS, KEEP, LEAVE
from bassin.match.support.imports.planning import Fate, Row
from bassin.match.support.models import Case, Import
from bassin.match.support.views.common import (
    adviser,
    communes,
    crumbs,
    house,
    language,
    say,
    today,
)
from bassin.match.support.views.portfolio import chosen
from bassin.parties.access import bodies_of
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy import audit
from bassin.ui.data import as_file, private, safe

PER_PAGE = 50
WORDS = {
    Fate.NEW: gettext_lazy("new case"),
    Fate.JOINED: gettext_lazy("joined"),
    Fate.DOUBTFUL: gettext_lazy("to decide"),
    Fate.REFUSED: gettext_lazy("refused"),
    Fate.LEFT: gettext_lazy("left out"),
}


class BringForm(forms.Form):
    """A file, and for whom."""

    file = forms.FileField(label=gettext_lazy("your table (.xlsx, .ods, .xls, .csv)"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("in the name of")
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(
            bodies, label=_("in the name of"), initial=bodies.first()
        )


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a table in; the tables under review."""
    person = adviser(request)
    mine = bodies_of(person)
    bodies = Organisation.objects.filter(pk__in=mine)
    form = BringForm(request.POST or None, request.FILES or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions_bringing.begin(
                by=person, organisation=form.cleaned_data["organisation"], name=file.name,
                content=file.read(), today=today(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            return redirect("support:import", made.pk)
    brought = Import.objects.filter(organisation__in=mine)[:20]
    context = {"form": form, "brought": brought, "crumbs": crumbs((_("Bring a table in"), ""))}
    return render(request, "support/bring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means, and what would become of each row; then what was written."""
    person = adviser(request)
    brought = get_object_or_404(Import.objects.select_related("organisation"), pk=pk)
    if not permissions.can_open(person, brought.organisation):
        raise Http404
    if request.method == "POST":
        _do(request, brought, person)
        return redirect(request.get_full_path())
    context: dict[str, Any] = {"brought": brought, "crumbs": crumbs((brought.document, ""))}
    if brought.state == Import.State.OPEN:
        context |= _planned(request, brought)
    return render(request, "support/review.html", context)


def _do(request: HttpRequest, brought: Import, person: Person) -> None:
    asked, refused, done = request.POST.get("do", ""), None, _("It is kept.")
    try:
        if asked == "undo":
            actions_bringing.undo(brought, by=person)
            done = _("It is undone.")
        elif asked == "drop":
            actions_bringing.drop(brought, by=person)
            done = _("It is dropped: nothing of it was written.")
        else:
            said = request.POST
            actions_bringing.decide(
                brought, by=person,
                mapping={key[4:]: said[key] for key in said if key.startswith("col-")}
                or brought.mapping,
                choices={key[4:]: said[key] for key in said if key.startswith("row-")},
            )  # fmt: skip
            if asked == "write":
                actions_bringing.write(
                    brought, by=person, now=timezone.localtime(), communes=communes()
                )
                done = _("It is written.")
    except Refused as refusal:
        refused = refusal
    say(request, done, refused)


def _planned(request: HttpRequest, brought: Import) -> dict[str, Any]:
    rows = actions_bringing.planned(brought, today())
    counts = Counter(row.fate for row in rows)
    only = request.GET.get("sort", "")
    listed = [row for row in rows if not only or row.fate == only]
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "columns": _columns(brought),
        "meanings": [*FIELDS.items(), (KEEP, _("kept in the words of the case")),
                     (LEAVE, _("left out"))],
        "page": page,
        "items": [(row, WORDS[row.fate], _told(row)) for row in page],
        "counts": [(fate.value, WORDS[fate], counts[fate]) for fate in Fate if counts[fate]],
        "only": only,
        "writes": counts[Fate.NEW] + counts[Fate.JOINED],
        "waits": counts[Fate.DOUBTFUL],
    }  # fmt: skip


def _columns(brought: Import) -> list[tuple[int, str, str, list[str]]]:
    """Each column with what it means and its first words."""
    found = []
    for place, header in enumerate(brought.headers):
        cells = [row[place] for row in brought.rows if place < len(row) and row[place]]
        found.append((place, header, brought.mapping.get(str(place), KEEP), cells[:3]))
    return found


def _told(row: Row) -> str:
    said = row.said
    return " · ".join(filter(None, (said.get("siret") or said.get("siren"), said.get("title"))))


@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not written, to be corrected and brought again."""
    person = adviser(request)
    brought = get_object_or_404(Import, pk=pk)
    if not permissions.can_open(person, brought.organisation):
        raise Http404
    lines = [brought.headers, *brought.rows]
    content = "\r\n".join(";".join(_quoted(cell) for cell in line) for line in lines)
    answer = as_file(f"\ufeff{content}\r\n", exports.FORMS["csv"], "lignes.csv", sample=False)
    return private(answer)


def _quoted(cell: str) -> str:
    quoted = str(safe({"": cell})[""])
    return '"' + quoted.replace('"', '""') + '"'


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The cases of one's organisations as a file, with the columns one chooses."""
    person = adviser(request)
    columns = [name for name in exports.COLUMNS if name in request.GET.getlist("colonne")]
    form = request.GET.get("format", "")
    if form not in exports.FORMS or not columns:
        names = list(exports.COLUMNS.items())
        context = {"columns": names, "query": request.GET, "forms": list(exports.FORMS),
                   "crumbs": crumbs((_("Take the cases away"), ""))}  # fmt: skip
        return render(request, "support/export.html", context)
    choice = FilterForm(request.GET, communes=communes(), themes=_themes())
    cases = list(
        chosen(permissions.kept(person), choice, person)
        .select_related("adviser").prefetch_related("contacts")
    )  # fmt: skip
    titles = {case.pk: str(case) for case in cases}
    audit.listed(Case, titles, how="file", by=person, now=timezone.now())
    listed = exports.rows(cases, columns, communes())
    content = exports.written(form, listed, columns)
    return private(as_file(content, exports.FORMS[form], f"dossiers.{form}", sample=False))


def _themes() -> list[tuple[str, str]]:
    _used, known = themes.themes(house(), today())
    return [(each.code, each.label.say(language())) for each in known]
