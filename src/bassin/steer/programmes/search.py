"""Piloter's answers to the search box, and to references `system:kind:id` of other systems.

Both give public records only: neither knows who asks.
"""

from django.urls import reverse

from bassin.steer.programmes.models import Action, Framework, Meeting, Node
from bassin.systems import Found
from bassin.territory.search import folded
from bassin.types import Text

_SHORTEST = 3


def search(query: str, language: str, limit: int) -> list[Found]:
    """Public frameworks and actions whose title holds every word."""
    wanted = [word.rstrip("s") for word in folded(query).split() if len(word) >= _SHORTEST]
    if not wanted:
        return []
    frameworks = Framework.objects.kept().filter(public=True).exclude(state="draft")
    found = [_framework(each, language, 6.0) for each in frameworks
             if _holds(f"{each.title} {each.title_en}", wanted)]  # fmt: skip
    titles = Action.objects.public().values_list("pk", "title", "title_en", "holder__name")
    for pk, title, english, holder in titles:
        if _holds(f"{title} {english}", wanted):
            url = reverse("programmes:action", kwargs={"pk": pk})
            shown = Text(title, english).say(language)
            found.append(Found(shown, url, Text("action", "action"), holder or "", 4.0))
        if len(found) >= limit:
            break
    return found


def _holds(title: str, wanted: list[str]) -> bool:
    text = folded(title)
    return all(word in text for word in wanted)


def _framework(each: Framework, language: str, weight: float = 0.0) -> Found:
    url = reverse("programmes:framework", kwargs={"slug": each.slug})
    kind = Text("programme", "programme")
    return Found(Text(each.title, each.title_en).say(language), url, kind, "", weight)


def resolve(reference: str, language: str) -> Found | None:
    """The public action or part of a framework that a reference names."""
    action = Action.objects.public().select_related("holder").filter(ref=reference).first()
    if action is not None:
        url = reverse("programmes:action", kwargs={"pk": action.pk})
        title = Text(action.title, action.title_en).say(language)
        return Found(title, url, Text("action", "action"), str(action.holder or ""))
    shown = Framework.objects.kept().filter(public=True).exclude(state="draft")
    node = Node.objects.filter(ref=reference, framework__in=shown).select_related("framework")
    if (found := node.first()) is not None:
        url = reverse("programmes:framework", kwargs={"slug": found.framework.slug})
        title = Text(found.title, found.title_en).say(language)
        return Found(title, url, Text("partie d'un programme", "part of a programme"),
                     found.framework.title)  # fmt: skip
    if reference.startswith("programmes:meeting:"):
        return _meeting(reference)
    system, _colon, slug = reference.partition(":framework:")
    if system == "programmes" and (framework := shown.filter(slug=slug).first()):
        return _framework(framework, language)
    return None


def _meeting(reference: str) -> Found | None:
    """The public body that a meeting is of."""
    key = reference.rpartition(":")[2]
    if not key.isdecimal():
        return None
    held = Meeting.objects.filter(pk=int(key), body__public=True)
    found = held.select_related("body").first()
    if found is None:
        return None
    url = reverse("programmes:body", kwargs={"slug": found.body.slug})
    return Found(found.body.name, url, Text("instance", "body"))
