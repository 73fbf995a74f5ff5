"""A profile in three minutes: past jobs in one's own words, trades, skills to tick, a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.match.jobs import searching
from bassin.match.jobs.forms_profile import CardForm, DoneForm, SkillsForm
from bassin.match.jobs.forms_search import USUAL_MINUTES
from bassin.match.jobs.knowledge import Knowledge, knowledge
from bassin.match.jobs.shown import guess_words
from bassin.match.jobs.views.search import communes
from bassin.taxonomies.rome import Rome
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import today

GUESSES = 4
FIRST_SKILLS = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A job in somebody's words, and the trades it may be: code, words, whether it is ticked."""

    words: str
    trades: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade chosen, and its skills: those that every holder has first."""

    label: str
    first: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]]


def _crumbs(*after: Crumb) -> list[Crumb]:
    url = reverse("jobs:profile") if after else ""
    return [Crumb(_("Jobs"), reverse("jobs:home")), Crumb(_("My profile"), url), *after]


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """The step that the address asks for."""
    known = knowledge(house())
    if request.GET.getlist("metier"):
        return _skills(request, known.rome)
    if "fait" in request.GET:
        form = DoneForm(request.GET)
        if form.is_valid():
            return _trades(request, form.cleaned_data["fait"], known)
        return render(request, "jobs/profile_done.html", {"form": form, "crumbs": _crumbs()})
    return render(request, "jobs/profile_done.html", {"form": DoneForm(), "crumbs": _crumbs()})


def _trades(request: HttpRequest, jobs: Sequence[str], known: Knowledge) -> HttpResponse:
    """Step 2: for each job, the trades it may be. The likeliest is ticked when it is sure."""
    seen: set[str] = set()
    said = []
    for words in jobs:
        guesses = [each for each in known.guesses(words, GUESSES) if each.rome_code not in seen]
        seen |= {each.rome_code for each in guesses}
        ticked = guesses[:1] if guesses and guesses[0].is_sure else []
        said.append(
            Said(words, [(g.rome_code, guess_words(g), g in ticked) for g in guesses])
        )  # fmt: skip
    return render(request, "jobs/profile_trades.html", {"said": said, "crumbs": _crumbs()})


def _skills(request: HttpRequest, rome: Rome) -> HttpResponse:
    """Step 3: the skills of these trades to tick, and what helps to answer well."""
    chosen = [code for code in dict.fromkeys(request.GET.getlist("metier")) if code in rome.labels]
    seen: set[str] = set()
    context = {
        "trades": [_trade(code, rome, seen) for code in chosen[:5]], "codes": chosen,
        "form": SkillsForm(initial={"minutes": USUAL_MINUTES}),
        "communes": list(communes().values()), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "jobs/profile_skills.html", context)


def _trade(code: str, rome: Rome, seen: set[str]) -> Trade:
    items = [each for each in rome.items_of(code) if rome.item_kinds[each] != "environment"]
    lines = [(each, rome.item_label(each)) for each in items if each not in seen]
    seen |= {item for item, _label in lines}
    return Trade(rome.label(code), lines[:FIRST_SKILLS], lines[FIRST_SKILLS:])


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """A profile on one printed page, for an adviser."""
    known = knowledge(house())
    trades, skills = CardForm(request.GET).known(known.rome)
    asked = searching.read(request.GET, house(), known)
    kept = [(key, value) for key, values in request.GET.lists() for value in values]
    context = {
        "trades": trades, "skills": skills, "asked": asked, "day": today(),
        "search": f"{reverse('jobs:home')}?{urlencode(kept)}",
        "crumbs": _crumbs(Crumb(_("My card"))),
    }  # fmt: skip
    return render(request, "jobs/profile_card.html", context)
