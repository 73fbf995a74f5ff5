"""Where to begin: a number, or a few questions; and the way from a number to its answers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.match.aids import asking
from bassin.match.aids.rules import firms
from bassin.match.aids.shown import counted
from bassin.match.aids.views.common import here, house, language, today
from bassin.taxonomies.siret import siret


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Two doors and the guide."""
    return _home(request, "")


@never_cache
@require_safe
def by_number(request: HttpRequest) -> HttpResponse:
    """From a SIRET to what the register tells of it, in an address without the number."""
    typed = request.GET.get("siret", "")
    try:
        number = siret(typed)
    except Refused as refusal:
        return _home(request, refusal.text.say(language()), typed, 400)
    found = firms.known(house(), number)
    if found is None:
        said = _("This SIRET is not among the establishments loaded here. Answer the questions "
                 "instead: it takes two minutes.")  # fmt: skip
        return _home(request, said, typed, 404)
    address = asking.address(found).urlencode()
    return HttpResponseRedirect(f"{reverse('aids:answers')}?{address}")


def _home(request: HttpRequest, refused: str, typed: str = "", status: int = 200) -> HttpResponse:
    context = {
        "refused": refused,
        "typed": typed[:40],
        "counted": counted(here().catalogue, today()),
        "place": house().home,
    }
    return render(request, "aids/home.html", context, status=status)
