"""The texts of a workshop side by side, French on one hand, another language on the other."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from bassin.commons import edition
from bassin.commons.edition import Conflict
from bassin.debate.workshops import translating
from bassin.debate.workshops.models import Workshop
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import trail, url
from bassin.errors import Refused
from bassin.ui.twice import Told


def translate(request: HttpRequest, code: str, spoken: str) -> HttpResponse:
    """Write the texts in a language of the workshop."""
    workshop, user = common.preparing(request, code)
    if spoken == "fr" or spoken not in workshop.languages:
        raise Http404
    refused, differences = "", []
    if request.method == "POST":
        try:
            changed = translating.translate(
                workshop,
                spoken,
                {name: common.text(request.POST, name) for name in request.POST},
                by=user,
                base=edition.unseal(request.POST.get("base", "")),
            )
        except Conflict as conflict:
            differences = [
                Told(each.label, each.before, each.now, each.typed, each.both)
                for each in conflict.differences
            ]
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = ngettext("{count} text was saved.", "{count} texts were saved.", changed)
            messages.success(request, said.format(count=changed))
            return redirect(url("translate", workshop, spoken))
    info = get_language_info(spoken)
    rows, base = _rows(request, workshop, spoken, shown_again=bool(differences))
    name = info["name_local"].capitalize()
    title = _("Translate: {language}").format(language=name)
    context = {
        "crumbs": trail(workshop, "prepare", title), "title": title, "workshop": workshop,
        "spoken": spoken, "direction": "rtl" if info["bidi"] else "ltr", "name": name,
        "rows": rows, "missing": sum(not text for _piece, text in rows), "refused": refused,
        "back": url("prepare", workshop), "base": base, "differences": differences,
    }  # fmt: skip
    status = 409 if differences else 400 if refused else 200
    return render(request, "workshops/translate.html", context, status=status)


def _rows(
    request: HttpRequest, workshop: Workshop, spoken: str, *, shown_again: bool
) -> tuple[list[tuple[translating.Piece, str]], str]:
    """Each text with what its field shows, and what the page is opened on."""
    pieces = translating.pieces(workshop)
    now = {piece.key: piece.texts.get(spoken, "") for piece in pieces}
    if request.method != "POST":
        return [(piece, now[piece.key]) for piece in pieces], edition.seal_values(now)
    base = request.POST.get("base", "")
    kept = edition.unseal(base)
    rows = [
        (piece, _shown(request, piece.key, kept.get(piece.key), now[piece.key])) for piece in pieces
    ]
    return rows, edition.seal_values(now) if shown_again else base


def _shown(request: HttpRequest, key: str, before: str | None, now: str) -> str:
    """What was typed; what somebody else wrote meanwhile where it was left as it was."""
    typed = common.text(request.POST, key) if key in request.POST else now
    return now if typed == before else typed
