"""What the public pages of jobs can say, found from their addresses: templates, forms, refusals.

A page is followed from its view to the functions, forms and templates of the house that it names.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from bassin.match.jobs.templatetags import job_answers
from scripts.messages import used
from tests.parties.test_public import addresses, public_pages

ROOT = Path(settings.CHECKOUT)
FLOORS = ("bassin.match.jobs", "bassin.ui")
NAMES = re.compile(r'"((?:jobs|ui)/\w+\.html)"')
TAGS = re.compile(r"<c-([\w-]+)")
SHOWN = re.compile(r"get_(\w+)_display")


def pages() -> list[str]:
    """The names of the public pages of jobs."""
    return [name for name in public_pages() if name.startswith("jobs:")]


@cache
def words() -> frozenset[str]:
    """Every msgid that one of them may show."""
    things, templates = _followed()
    places = {place for each in things for place in _lines(each)}
    for module in {inspect.getsourcefile(each) for each in things}:
        places |= set(_outside(Path(module)))
    files = {str(path.relative_to(ROOT)) for path in templates}
    said = set()
    for place, (function, found) in used():
        path, _colon, line = place.rpartition(":")
        if found and (path in files or (path, int(line)) in places):
            context = "pgettext" in function
            said.add(found if isinstance(found, str) else found[context])
    return frozenset(said)


def choices() -> frozenset[tuple[str, str]]:
    """The choices whose word a public template shows, of the records that its code names."""
    things, templates = _followed()
    fields = {name for path in templates for name in SHOWN.findall(path.read_text("utf-8"))}
    named = {
        id(each.__globals__.get(name))
        for each in things
        if isinstance(each, FunctionType)
        for name in _names(each.__code__)
    }
    with translation.override("en"):
        return frozenset(
            (model.__name__, str(label))
            for model in apps.get_app_config("jobs").get_models()
            if id(model) in named
            for field in model._meta.get_fields()
            if field.name in fields
            for _value, label in field.flatchoices
            if label
        )


@cache
def _followed() -> tuple[frozenset[object], frozenset[Path]]:
    things: set[object] = set()
    left: list[object] = [addresses()[name] for name in pages()]
    left += [each for each in vars(job_answers).values() if _is_ours(each)]
    while left:
        thing = inspect.unwrap(left.pop())
        if thing not in things:
            things.add(thing)
            left += _named(thing)
    found: set[Path] = set()
    for each in things:
        _include(NAMES.findall(inspect.getsource(each)), found)
    return frozenset(things), frozenset(found)


def _named(thing: object) -> Iterator[object]:
    """What a function or a class of these floors names of these floors."""
    if isinstance(thing, type):
        for each in vars(thing).values():
            each = getattr(each, "fget", None) or getattr(each, "__func__", each)
            each = each.func if isinstance(each, cached_property) else each
            if isinstance(each, FunctionType):
                yield from _named(each)
        return
    names = set(_names(thing.__code__))
    for name in names:
        found = thing.__globals__.get(name)
        if isinstance(found, ModuleType):
            inside = [vars(found)[each] for each in names if each in vars(found)]
        else:
            inside = [found]
        yield from (each for each in inside if _is_ours(each))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)


def _is_ours(thing: object) -> bool:
    """A function or a class of these floors; a record says far more than its public pages do."""
    if isinstance(thing, type) and issubclass(thing, Model):
        return False
    return isinstance(thing, FunctionType | type) and thing.__module__.startswith(FLOORS)


def _lines(thing: object) -> Iterator[tuple[str, int]]:
    lines, first = inspect.getsourcelines(thing)
    path = str(Path(inspect.getsourcefile(thing)).relative_to(ROOT))
    return ((path, first + each) for each in range(len(lines)))


def _outside(path: Path) -> Iterator[tuple[str, int]]:
    """The lines of a module that are in no function nor class: lists of choices."""
    for each in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(each, ast.FunctionDef | ast.ClassDef):
            lines = range(each.lineno, (each.end_lineno or each.lineno) + 1)
            yield from ((str(path.relative_to(ROOT)), line) for line in lines)


def _include(names: list[str], found: set[Path]) -> None:
    for name in names:
        try:
            path = Path(get_template(name).origin.name)
        except TemplateDoesNotExist:
            continue
        if path not in found:
            found.add(path)
            text = path.read_text("utf-8")
            tags = [f"cotton/{each.replace('-', '_')}.html" for each in TAGS.findall(text)]
            _include([*NAMES.findall(text), *tags], found)
