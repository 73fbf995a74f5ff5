"""Pages on personal data: what is held about me, erasing it, the register, the audit."""

import csv
import io
from typing import Any

from auditlog.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_tasks_db.models import DBTaskResult

from bassin.errors import Refused
from bassin.parties.access import is_officer
from bassin.parties.models import Person
from bassin.parties.privacy import actions, audit, held, register
from bassin.parties.privacy.forms import AuditFilter, Confirmation
from bassin.parties.tasks import forget_what_is_over

SHOWN_ROWS = 20
BY_PAGE = 50


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def _crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "url": url} for label, url in steps]


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that is held about the person who is signed in."""
    person = _me(request)
    tables = [
        {
            "name": _name(each.model),
            "held": each,
            "rows": each.rows[:SHOWN_ROWS],
            "more": len(each.rows) > SHOWN_ROWS,
        }
        for each in held.held(person, most=SHOWN_ROWS + 1)
    ]
    context = {
        "crumbs": _crumbs((_("My data"), "")),
        "tables": tables,
        "shown": SHOWN_ROWS,
        "reads_audit": is_officer(person),
    }
    return render(request, "privacy/mine.html", context)


@never_cache
@require_safe
def mine_data(request: HttpRequest) -> HttpResponse:
    """The same, whole, as a file."""
    data = held.export(_me(request), language=_language(), now=timezone.now())
    written = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(data, json_dumps_params=written)
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Ask to be forgotten: what goes, what stays and why, then the address typed again."""
    person = _me(request)
    form = Confirmation(request.POST or None, address=person.email or "")
    if form.is_valid():
        try:
            actions.erase(person, by=person, today=timezone.localdate())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session.flush()
            request.user = AnonymousUser()
            return redirect("privacy:erased")
    listed = actions.fates(person)
    context = {
        "crumbs": _crumbs((_("My data"), reverse("privacy:mine")), (_("Erase everything"), "")),
        "form": form,
        "deleted": [(_name(each.model), each) for each in listed if not each.kept],
        "kept": [(_name(each.model), each) for each in listed if each.kept],
    }
    return render(request, "privacy/erase.html", context, status=400 if form.errors else 200)


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Nothing is held any more."""
    return render(request, "privacy/erased.html", {"crumbs": _crumbs((_("Erased"), ""))})


@login_not_required
@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """The register of processing, made from the declarations."""
    context = {
        "crumbs": _crumbs((_("Register of processing"), "")),
        "processings": [
            (each, [(_name(model), personal.what(hold), hold) for model, personal, hold in lines])
            for each, lines in register.processings().items()
        ],
        "nothing": [(_name(model), declared.because) for model, declared in register.without()],
    }
    return render(request, "privacy/register.html", context)


def _name(model: register.Model) -> str:
    return register.name(model, _language())


def _register_rows(language: str) -> list[dict[str, str]]:
    return [
        {
            "processing": processing.title.say(language),
            "purpose": processing.purpose.say(language),
            "legal_basis": processing.basis.words.say(language),
            "people": processing.people.say(language),
            "recipients": processing.recipients.say(language),
            "table": model._meta.label,
            "data": personal.what(hold).say(language),
            "kept": hold.kept.say(language),
            "then": hold.fate.say(language),
            "why_kept": hold.why.say(language),
        }
        for processing, lines in register.processings().items()
        for model, personal, hold in lines
    ]


@login_not_required
@require_safe
def register_data(request: HttpRequest, extension: str) -> HttpResponse:
    """The same as JSON or CSV."""
    rows = _register_rows(_language())
    if extension == "json":
        return JsonResponse({"register": rows}, json_dumps_params={"ensure_ascii": False})
    if extension != "csv":
        raise Http404(f"The register is given as .json or .csv, not as .{extension}.")
    out = io.StringIO()
    out.write("\ufeff")  # spreadsheets then read the accents
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="registre.csv"'
    return response


@never_cache
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Who saw and who changed what, for officers; asking for one person's is written too."""
    if not is_officer(request.user):
        raise PermissionDenied(_("Only the officers of the authority read the audit."))
    form = AuditFilter(request.GET)
    entries = LogEntry.objects.select_related("actor", "content_type").order_by("-timestamp", "-pk")
    if form.is_valid():
        entries = form.narrowed(entries)
    page = Paginator(entries, BY_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    person = form.cleaned_data.get("person") if form.is_valid() else None
    if person:
        audit.seen(person, by=request.user, now=timezone.now())
    context = {
        "crumbs": _crumbs((pgettext("privacy", "Audit"), "")),
        "form": form,
        "page": page,
        "lines": [_line(each) for each in page],
        "query": query.urlencode(),
        "last_night": _last_night(),
    }
    return render(request, "privacy/journal.html", context)


def _line(entry: Any) -> dict[str, Any]:
    model = entry.content_type.model_class()
    changes = sorted((entry.changes or {}).items())
    return {
        "entry": entry,
        "how": (entry.additional_data or {}).get("how", ""),
        "kind": _name(model) if model else entry.content_type.model,
        "changes": [(_label(model, name), *_moved(values)) for name, values in changes],
    }


def _moved(values: Any) -> tuple[str, str]:
    """What a field was and became; links added or taken away are one side each."""
    if isinstance(values, dict):
        listed = ", ".join(values.get("objects", ()))
        return ("", listed) if values.get("operation") == "add" else (listed, "")
    was, now = ("" if each in (None, "None") else str(each) for each in values)
    return was, now


def _label(model: register.Model | None, name: str) -> str:
    known = {each.name: each for each in model._meta.get_fields()} if model else {}
    return str(getattr(known.get(name), "verbose_name", name))


def _last_night() -> dict[str, Any] | None:
    """What the nightly deletion did the last time it ran, or that it failed."""
    path = forget_what_is_over.module_path
    ended = DBTaskResult.objects.filter(task_path=path, finished_at__isnull=False)
    result = ended.order_by("-finished_at").first()
    if result is None:
        return None
    done = result.return_value if result.status == "SUCCESSFUL" else None
    return {"at": result.finished_at, "rows": None if done is None else sum(done.values())}
