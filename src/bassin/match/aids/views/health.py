"""The health of the catalogue, for those who keep sheets."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bassin.match.aids import health, linking, permissions, tasks
from bassin.match.aids.views.common import crumbs, here, language, require, today
from bassin.parties.access import signed_in
from bassin.ui.data import as_csv, private


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything that is to be mended, by kind and by keeper; as a file too."""
    person = signed_in(request)
    require(permissions.can_keep_sheets(person))
    guide, words = here(), health.kinds()
    every = health.seen(guide.catalogue, person, today(), language())
    kind, keeper = request.GET.get("quoi", ""), request.GET.get("qui", "")
    kept = [each for each in every if kind in ("", each.kind) and keeper in ("", each.keeper)]
    if request.GET.get("format") == "csv":
        rows = [
            {"what": words[each.kind], "sheet": each.slug, "title": each.title, "said": each.said,
             "address": each.address, "kept_by": each.keeper}
            for each in kept
        ]  # fmt: skip
        return private(as_csv(rows, "sante-du-catalogue", sample=False))
    counts = Counter(each.kind for each in every)
    asked = [each.asked_at for each in linking.kept().values()]
    context = {
        "faults": [(each, words[each.kind]) for each in kept],
        "kinds": [(key, word, counts[key]) for key, word in words.items() if counts[key]],
        "keepers": sorted({each.keeper for each in every if each.keeper}),
        "kind": kind, "keeper": keeper, "asked": max(asked, default=None), "links": len(asked),
        "asks": permissions.can_ask_links(person), "total": len(guide.catalogue.aids),
        "crumbs": crumbs((_("Sheets that you keep"), reverse("aids:sheets")),
                         (_("Health of the catalogue"), "")),
    }  # fmt: skip
    return private(render(request, "aids/health.html", context))


@require_POST
def ask_links(request: HttpRequest) -> HttpResponse:
    """Have every address asked, after this answer."""
    require(permissions.can_ask_links(signed_in(request)))
    tasks.ask_links.enqueue()
    messages.success(request, _("The addresses are being asked: look again in some minutes."))
    return redirect("aids:health")
