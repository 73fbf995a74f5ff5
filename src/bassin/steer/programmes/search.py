"""Piloter's answers to the search box, to pickers, and to references `system:kind:id`.

Both give public records only: neither knows who asks.
"""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from bassin.steer.programmes.models import Action, Body, Framework, Meeting, Node
from bassin.systems import Found, keys, numbers
from bassin.territory.search import folded
from bassin.types import Text

_SHORTEST = 3


def search(query: str, language: str, limit: int) -> list[Found]:
    """Public frameworks and actions whose title holds every word."""
    wanted = [word.rstrip("s") for word in folded(query).split() if len(word) >= _SHORTEST]
    if not wanted:
        return []
    found = [_framework(each, language, 6.0) for each in _shown()
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


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The public actions, parts of a framework, frameworks, bodies, meetings that these name."""
    return {
        **_meetings(numbers(references, "programmes:meeting")),
        **_bodies(Body.objects.filter(slug__in=keys(references, "programmes:body"))),
        **_frameworks(keys(references, "programmes:framework"), language),
        **_nodes(references, language),
        **_actions(references, language),
    }


def _actions(references: Collection[str], language: str) -> dict[str, Found]:
    actions = Action.objects.public().select_related("holder").filter(ref__in=references)
    return {each.ref: _action(each, language) for each in actions}


def _action(each: Action, language: str) -> Found:
    return Found(
        Text(each.title, each.title_en).say(language),
        reverse("programmes:action", kwargs={"pk": each.pk}),
        Text("action", "action"),
        str(each.holder or ""),
    )


def _nodes(references: Collection[str], language: str) -> dict[str, Found]:
    nodes = Node.objects.filter(ref__in=references, framework__in=_shown())
    # Two frameworks may name a part alike: the first one holds.
    return {each.ref: _node(each, language) for each in nodes.select_related("framework").reverse()}


def _node(each: Node, language: str) -> Found:
    return Found(
        Text(each.title, each.title_en).say(language),
        reverse("programmes:framework", kwargs={"slug": each.framework.slug}),
        Text("partie d'un programme", "part of a programme"),
        Text(each.framework.title, each.framework.title_en).say(language),
    )


def _shown() -> QuerySet[Framework]:
    return Framework.objects.kept().filter(public=True).exclude(state="draft")


def _frameworks(slugs: list[str], language: str) -> dict[str, Found]:
    found = _shown().filter(slug__in=slugs)
    return {f"programmes:framework:{each.slug}": _framework(each, language) for each in found}


def _meetings(held: list[int]) -> dict[str, Found]:
    """The public body that each meeting is of."""
    found = Meeting.objects.filter(pk__in=held, body__public=True).select_related("body")
    return {
        f"programmes:meeting:{each.pk}": Found(
            each.body.name,
            reverse("programmes:body", kwargs={"slug": each.body.slug}),
            Text("instance", "body"),
        )
        for each in found
    }


def _bodies(held: QuerySet[Body]) -> dict[str, Found]:
    return {
        f"programmes:body:{each.slug}": Found(
            str(each),
            reverse("programmes:body", kwargs={"slug": each.slug}),
            Text("instance", "body"),
        )
        for each in held.filter(public=True)
    }


def pick_bodies(query: str, language: str, limit: int) -> dict[str, Found]:
    """The public bodies whose name holds every word."""
    found = _bodies(Body.objects.all()).items()
    return dict([(ref, each) for ref, each in found if _says(each.title, query)][:limit])


def pick_frameworks(query: str, language: str, limit: int) -> dict[str, Found]:
    """The public frameworks whose title holds every word."""
    held = [each for each in _shown() if _says(f"{each.title} {each.title_en}", query)]
    return {f"programmes:framework:{each.slug}": _framework(each, language)
            for each in held[:limit]}  # fmt: skip


def pick_actions(query: str, language: str, limit: int) -> dict[str, Found]:
    """The public actions whose title holds every word."""
    titles = Action.objects.public().exclude(ref="").values_list("pk", "title", "title_en")
    found = [pk for pk, title, english in titles if _says(f"{title} {english}", query)]
    held = Action.objects.filter(pk__in=found[:limit]).select_related("holder")
    return {each.ref: _action(each, language) for each in held}


def pick_nodes(query: str, language: str, limit: int) -> dict[str, Found]:
    """The parts of public frameworks whose title, or code, holds every word."""
    nodes = Node.objects.filter(framework__in=_shown()).exclude(ref="").select_related("framework")
    held = [each for each in nodes if _says(f"{each.code} {each.title} {each.title_en}", query)]
    return {each.ref: _node(each, language) for each in held[:limit]}


def _says(title: str, query: str) -> bool:
    return _holds(title, folded(query).split())
