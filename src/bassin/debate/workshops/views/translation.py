"""The texts of a workshop side by side, French on one hand, another language on the other."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from bassin.debate.workshops import translating
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import trail, url
from bassin.errors import Refused


def translate(request: HttpRequest, code: str, spoken: str) -> HttpResponse:
    """Write the texts in a language of the workshop."""
    workshop, user = common.preparing(request, code)
    if spoken == "fr" or spoken not in workshop.languages:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            changed = translating.translate(
                workshop,
                spoken,
                {name: common.text(request.POST, name) for name in request.POST},
                by=user,
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = ngettext("{count} text was saved.", "{count} texts were saved.", changed)
            messages.success(request, said.format(count=changed))
            return redirect(url("translate", workshop, spoken))
    info = get_language_info(spoken)
    rows = [
        (piece, request.POST.get(piece.key, piece.texts.get(spoken, "")))
        for piece in translating.pieces(workshop)
    ]
    name = info["name_local"].capitalize()
    title = _("Translate: {language}").format(language=name)
    context = {
        "crumbs": trail(workshop, "prepare", title), "title": title, "workshop": workshop,
        "spoken": spoken, "direction": "rtl" if info["bidi"] else "ltr", "name": name,
        "rows": rows, "missing": sum(not text for _piece, text in rows), "refused": refused,
        "back": url("prepare", workshop),
    }  # fmt: skip
    status = 400 if refused else 200
    return render(request, "workshops/translate.html", context, status=status)
