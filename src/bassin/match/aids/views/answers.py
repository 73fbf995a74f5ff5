"""What a firm may get: asked by an address, or sent with what tells something of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bassin.match.aids import asking
from bassin.match.aids.advisers import HOURS, adviser
from bassin.match.aids.changes import changed, suggested
from bassin.match.aids.forms import FactsForm
from bassin.match.aids.permissions import can_keep_sheets
from bassin.match.aids.rules.decide import Decided, Question, decide, questions
from bassin.match.aids.rules.facts import codes
from bassin.match.aids.rules.profile import Profile, values
from bassin.match.aids.rules.told import shown
from bassin.match.aids.rules.wording import Wording, question
from bassin.match.aids.shown import address, groups
from bassin.match.aids.views.common import crumbs, here, house, language, today
from bassin.pairing.conditions import State, Values
from bassin.systems import Taking, takings
from bassin.ui.opened import communes

MOST_QUESTIONS, MOST_DAYS = 4, 8
SHARED = "partage"
"""Name of what says that somebody chose to put what is said of a person in an address."""
FIRST = ("etape", "commune", "naf", "forme", "effectif", "projet")
"""What is asked of who has said nothing yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the page: a field of the form, or a demand in words."""

    why: str
    aids: int
    field: Any = None
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known, and every aid for it."""

    profile: Profile
    known: Values
    decided: list[Decided]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The three groups, the next questions, whom to call."""
    sent = request.POST if request.method == "POST" else request.GET
    query = asking.cleaned(sent)
    form = asking.form(query)
    told = request.method == "POST" or sent.get(SHARED) == "oui"
    publics = _publics(sent) if told else None
    if request.method == "POST" and sent.get(SHARED) == "oui" and publics:
        return HttpResponseRedirect(_shared(query, publics))
    profile = asking.profile(form, query, publics)
    if not query and publics is None:
        return _begin(request, asking.form(None))
    found = answered(profile)
    context = _context(found, form, query, publics)
    context["shared"] = request.method != "POST" and publics is not None
    context["cases"] = _cases(request)
    return render(request, "aids/answers.html", context)


def _cases(request: HttpRequest) -> list[Taking]:
    """Where an adviser opens a case for who asks: told by the system that follows firms."""
    if not can_keep_sheets(request.user):
        return []
    return takings("case", "aids:answers", _("Aids that a firm may get"), language())


def _shared(query: QueryDict, publics: frozenset[str]) -> str:
    """The address that also holds what was said of a person: made only when that is chosen."""
    held = query.copy()
    held.setlist(asking.PUBLICS, sorted(publics))
    held[SHARED] = "oui"
    return f"{reverse('aids:answers')}?{held.urlencode()}"


def _calendar(decided: Sequence[Decided]) -> list[tuple[str, str, str]]:
    """The days to come of the aids that are open or may be, the nearest first."""
    days = [
        (day, said, each.aid)
        for each in decided if each.state is not State.NO or each.aid.shut(today())
        for day, said in ((each.aid.opens_on, _("opens")), (each.aid.closes_on, _("closes")))
        if day is not None and day >= today() and each.firm_state is not State.NO
    ]  # fmt: skip
    days.sort(key=lambda each: each[0])
    return [
        (shown(day, language()), f"{aid.title.say(language())} ({said})", address(aid.slug))
        for day, said, aid in days[:MOST_DAYS]
    ]


def _publics(sent: QueryDict) -> frozenset[str] | None:
    """What was sent of a person; a plain "nothing of this" is an answer too."""
    listed = sent.getlist(asking.PUBLICS)
    found = frozenset(each for each in listed if each in codes("public"))
    return found if listed else None


def _begin(request: HttpRequest, form: FactsForm) -> HttpResponse:
    context = {
        "form": form,
        "first": [form[name] for name in FIRST],
        "crumbs": crumbs((_("Questions"), "")),
    }
    return render(request, "aids/begin.html", context)


def answered(profile: Profile) -> Answered:
    """Every aid for what is known, on this day."""
    guide = here()
    known = values(profile, today(), guide.places)
    return Answered(profile, known, decide(guide.catalogue.aids, known, today()))


def _context(
    found: Answered, form: FactsForm, query: QueryDict, publics: frozenset[str] | None
) -> dict[str, Any]:
    wording = here().wording(language())
    cost = found.profile.investment
    listed = groups(found.decided, found.known, wording, today(), cost.low if cost else None)
    asked = questions(found.decided)
    return {
        "yes": listed[State.YES], "ask": listed[State.ASK], "no": listed[State.NO],
        "asked": _asked(asked, asking.form(query, "next_%s"), publics is not None),
        "hidden": _hidden(query, asked), "all_known": _all(query), "yes_no": _yes_no(),
        "form": form, "errors": form.errors,
        "query": query.urlencode(), "facts": known_facts(found.known, wording),
        "person": _person(asked, publics), "fields": _rest(form),
        "adviser": adviser(house().var / "authority", found.profile.commune), "hours": HOURS,
        "changes": [
            (said, f"{reverse('aids:changes')}?{changed(query, more).urlencode()}")
            for said, more in suggested(found.profile, communes())
        ],
        "crumbs": crumbs((_("Your answers"), "")), "day": today(),
        "calendar": _calendar(found.decided),
        "invented": found.profile.origin != "real",
    }  # fmt: skip


def _asked(asked: Sequence[Question], form: FactsForm, told: bool) -> list[Asked]:
    """The next questions, each field once; those on a person are asked apart."""
    found: dict[str, Asked] = {}
    for each in asked:
        words, why = question(each.condition, language())
        if each.fact.startswith("said:"):
            name = asking.FREE + each.fact.removeprefix("said:")
            found[name] = Asked(why, each.aids, name=name, words=words)
        for name in _left(form, asking.FIELDS.get(each.fact, ())):
            found.setdefault(name, Asked(why, each.aids, field=form[name]))
        if len(found) >= MOST_QUESTIONS:
            break
    return list(found.values())[:MOST_QUESTIONS]


def _left(form: FactsForm, names: Sequence[str]) -> list[str]:
    """The fields of a fact that are not answered yet; a firm on its own has no group to tell."""
    alone = form["seule"].value() == "oui"
    left = [name for name in names if not form[name].value() and not (alone and name == "groupe")]
    return left or list(names)


def _hidden(query: QueryDict, asked: Sequence[Question]) -> list[tuple[str, str]]:
    """What is known already, sent again with the next answers; what is asked is not."""
    names = {each.field.name for each in _asked(asked, asking.form(query), False) if each.field}
    return [(name, value) for name in query if name not in names for value in query.getlist(name)]


def _all(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name in query for value in query.getlist(name)]


def _yes_no() -> list[tuple[str, str]]:
    return [("oui", _("yes")), ("non", _("no")), ("", _("I do not know"))]


def _person(asked: Sequence[Question], publics: frozenset[str] | None) -> dict[str, Any] | None:
    """The question on a person, when some aid asks for it."""
    missing = next((each for each in asked if each.fact == "public"), None)
    if missing is None and publics is None:
        return None
    listed = [
        (key, said.say(language()), publics is not None and key in publics)
        for key, said in codes("public").items()
    ]
    return {"aids": missing.aids if missing else 0, "choices": listed, "told": publics is not None}


def known_facts(known: Values, wording: Wording) -> list[tuple[str, str]]:
    """What is known, in words."""
    return [
        (wording.label(fact), told)
        for fact in KNOWN
        if (told := wording.value(fact, known.get(fact)))
    ]


KNOWN = ("stage", "place", "activity", "staff", "size", "legal_form", "age_months", "project",
         "event", "hires", "investment_eur", "turnover_eur", "balance_eur", "begun", "difficulty",
         "minimis_left_eur")  # fmt: skip


def _rest(form: FactsForm) -> list[Any]:
    return list(form.visible_fields())
