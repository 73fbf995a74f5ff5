"""Bringing offers in: the sources, a file or a reading under review, records judged the same."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.commons.brought import refuse_heavy
from bassin.errors import Refused
from bassin.match.jobs import actions_imports, permissions
from bassin.match.jobs.imports import table, writing
from bassin.match.jobs.imports.records import Reading
from bassin.match.jobs.imports.writing import Fate, Step
from bassin.match.jobs.models import Feed, OfferImport, OfferSource
from bassin.match.jobs.views.common import communes, crumbs, language, require, signed_in, today
from bassin.match.jobs.views.feeds import asked
from bassin.parties.models import Organisation
from bassin.ui.data import empty_table

PER_PAGE = 50
FATES = {
    Fate.NEW: gettext_lazy("to be added"),
    Fate.CHANGED: gettext_lazy("to be changed"),
    Fate.SAME: gettext_lazy("the same as before"),
    Fate.JOINED: gettext_lazy("the same offer as one that is here"),
}


class FeedForm(forms.Form):
    """A new source."""

    title = forms.CharField(label=gettext_lazy("Name of the source"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Feed.Kind.choices)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Partner who brings it"), required=False,
        queryset=Organisation.objects.exclude(kind__in=("authority", "firm")),
    )  # fmt: skip
    trusted = forms.BooleanField(
        label=gettext_lazy("Published without review, unless the words are forbidden"),
        required=False,
    )


class FileForm(forms.Form):
    """A file of a source."""

    file = forms.FileField(
        label=gettext_lazy("The file (CSV)"),
        help_text=gettext_lazy("5 MB at most; the first line names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    whole = forms.BooleanField(
        label=gettext_lazy("All the offers of the source are in it"), required=False, initial=True,
        help_text=gettext_lazy("Those that are missing three times running are then over."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuse what is too heavy before a byte of it is read."""
        brought = self.cleaned_data["file"]
        try:
            refuse_heavy(brought.size, table.LARGEST)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return brought


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The sources that one may bring offers from; officers add one."""
    person = signed_in(request)
    manages = permissions.can_manage_feeds(person)
    listed = [each for each in Feed.objects.all() if permissions.can_import(person, each)]
    require(manages or bool(listed))
    form = FeedForm(request.POST or None) if manages else None
    if request.method == "POST":
        require(manages)
        if form is not None and form.is_valid():
            made = actions_imports.add_feed(by=person, **form.cleaned_data)
            return redirect("jobs:feed", made.slug)
    context = {"feeds": listed, "form": form, "crumbs": crumbs((_("Sources of offers"), ""))}
    return render(request, "jobs/feeds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One source: its file to bring, or the service to read, and the records judged the same."""
    person = signed_in(request)
    found = get_object_or_404(Feed, slug=slug)
    if not permissions.can_import(person, found):
        raise Http404
    is_file = found.kind == Feed.Kind.CSV
    form = FileForm(request.POST or None, request.FILES or None) if is_file else None
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                draft = actions_imports.ask(
                    found, by=person, communes=list(communes()), today=today()
                )
            else:
                brought = form.cleaned_data["file"]
                draft = actions_imports.bring(
                    found, brought.read(), by=person, today=today(), document=brought.name,
                    whole=form.cleaned_data["whole"],
                )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("jobs:import", draft.pk)
    joined = found.offers.exclude(judged={}).select_related("offer")
    context = {
        "feed": found,
        "form": form,
        "refusal": refusal,
        "columns": [column.name for column in table.COLUMNS],
        "drafts": found.imports.filter(state=OfferImport.State.OPEN),
        "joined": [(each, reasons(each.judged)) for each in joined[:PER_PAGE]],
        "can_split": permissions.can_manage_feeds(person),
        "asked": [] if is_file else asked(found),
        "crumbs": crumbs((_("Sources of offers"), "jobs:feeds"), (found.title, "")),
    }
    return render(request, "jobs/feed.html", context)


def reasons(judged: dict[str, Any]) -> list[str]:
    """Why two records were judged the same, in the reader's language."""
    said = language()
    return [each.get(said) or each["fr"] for each in judged.get("reasons", [])]


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be written, line by line; written or dropped on one's word."""
    person = signed_in(request)
    draft = get_object_or_404(OfferImport.objects.select_related("feed"), pk=pk)
    if not permissions.can_import(person, draft.feed):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "drop":
                actions_imports.drop(draft, by=person)
                return redirect("jobs:feed", draft.feed.slug)
            actions_imports.write(draft, by=person, today=today())
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("jobs:import", draft.pk)
    context = {
        "draft": draft,
        "refusal": refusal,
        "crumbs": crumbs((_("Sources of offers"), "jobs:feeds"), (draft.feed.title, "")),
        **(_planned(request, draft) if draft.state == OfferImport.State.OPEN else {}),
    }
    is_open = draft.state == OfferImport.State.OPEN
    page = "jobs/import_review.html" if is_open else "jobs/import_done.html"
    return render(request, page, context)


def _planned(request: HttpRequest, draft: OfferImport) -> dict[str, Any]:
    reading = Reading.of(draft.findings)
    todo = writing.plan(reading, draft.feed, today())
    page = Paginator(todo.steps, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "reading": reading,
        "counts": [(FATES[fate], todo.count(fate)) for fate in Fate],
        "absent": len(todo.absent),
        "gone": todo.gone,
        "page": page,
        "items": [_item(step) for step in page],
    }


def _item(step: Step) -> dict[str, Any]:
    judged = step.judgement.as_json() if step.judgement else {}
    return {"step": step, "fate": FATES[step.fate], "reasons": reasons(judged)}


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """These two are two offers."""
    person = signed_in(request)
    source = get_object_or_404(OfferSource.objects.select_related("feed", "offer"), pk=pk)
    require(permissions.can_split(person, source.offer))
    try:
        writing.split(source, by=person, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They are two offers from now on."))
    return redirect("jobs:feed", source.feed.slug)


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """An empty file with the columns, to begin with."""
    require(permissions.can_post(signed_in(request)))
    return empty_table((column.name for column in table.COLUMNS), "offres")
