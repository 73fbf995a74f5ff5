"""Tags and filters of the workshops: `{% load workshops %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from bassin.debate.workshops import asking, results, shown_kinds, shown_movement
from bassin.debate.workshops.models import Round

register = template.Library()


@register.simple_tag(takes_context=True)
def result_shown(context: Context) -> dict[str, Any]:
    """What `_result.html` draws: `result` in words and tables, in `language` or the page's."""
    language = context.get("language") or get_language() or "fr"
    read = shown_kinds.shown(dict(context["result"]), str(language))
    return {"read": read, "plain": bool(context.get("plain"))}


@register.simple_tag
def moved_since(held: Round, language: str = "") -> dict[str, Any] | None:
    """What `_moved_since.html` draws: what moved since the round before, None for a first one."""
    moved = results.moved(held)
    if moved is None:
        return None
    spoken = language or get_language() or "fr"
    return {
        "sentence": shown_movement.sentence(moved, spoken),
        "board": shown_movement.board(moved, spoken),
    }


@register.filter
def said(texts: Mapping[str, str] | None, language: str = "") -> str:
    """A text kept by language, in one of them or else in the page's."""
    return asking.said(dict(texts or {}), language or get_language() or "fr")
