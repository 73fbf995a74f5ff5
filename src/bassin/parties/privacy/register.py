"""Every table's declaration, found on the models; the check that none is missing."""

import re
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import models

from bassin.parties.privacy.declared import Declared, Hold, Nothing, Personal, Processing
from bassin.parties.privacy.others import OTHERS

ABOUT_PEOPLE = re.compile(
    r"e_?mail|phone|telephone|mobile|birth|remote_addr|^ip$|user_agent"
    r"|(?:^|_)(?:author|contact|first|full|given|last|person|sender|signer|speaker|user)_?name$"
)
"""Names of fields that hold something about a person, whatever their type."""

Model = type[models.Model]


def declaration(model: Model) -> Declared | None:
    """What a table says of itself; None when it says nothing. Never inherited."""
    own: Declared | None = model.__dict__.get("personal")
    return own or OTHERS.get(model._meta.label)


def declarations() -> dict[Model, Declared]:
    """Every table that is declared, in the order of the applications."""
    found = ((model, declaration(model)) for model in apps.get_models())
    return {model: declared for model, declared in found if declared is not None}


def name(model: Model, language: str) -> str:
    """A table's name in words, in the singular."""
    declared = declaration(model)
    given = declared.name.say(language) if isinstance(declared, Personal) else ""
    return given or str(model._meta.verbose_name)


def holding() -> dict[Model, Personal]:
    """The tables that hold something about people."""
    return {
        model: declared
        for model, declared in declarations().items()
        if isinstance(declared, Personal)
    }


def processings() -> dict[Processing, list[tuple[Model, Personal, Hold]]]:
    """The register: each processing with what it holds, table by table."""
    found: dict[Processing, list[tuple[Model, Personal, Hold]]] = {}
    for model, personal in holding().items():
        lines = found.setdefault(personal.processing, [])
        lines += [(model, personal, hold) for hold in personal.holds]
    return found


def without() -> list[tuple[Model, Nothing]]:
    """The tables of the house that hold nothing about people, each with why."""
    return [
        (model, declared)
        for model, declared in declarations().items()
        if isinstance(declared, Nothing) and model.__module__.startswith("bassin.")
    ]


def suspects(model: Model) -> set[str]:
    """The fields of a table that look personal: links to a person, addresses, numbers, names."""
    person = apps.get_model("parties", "Person")
    return {
        each.name
        for each in model._meta.get_fields()
        if each.concrete
        and (
            (each.is_relation and each.related_model is person)
            or isinstance(each, models.EmailField)
            or ABOUT_PEOPLE.search(each.name)
        )
    }


def fault(model: Model) -> str:
    """What is wrong with a table's declaration; "" when nothing is."""
    declared, personal = declaration(model), suspects(model)
    if declared is None:
        seen = f" It has {', '.join(sorted(personal))}." if personal else ""
        return f"{model._meta.label} does not say whether it holds anything about people.{seen}"
    if not isinstance(declared, Personal):
        named = ", ".join(sorted(personal))
        return f"{model._meta.label} says it holds nothing about people, yet has {named}." * bool(
            personal
        )
    if missing := personal - declared.fields - set(declared.unaudited):
        return f"{model._meta.label} does not say what becomes of {', '.join(sorted(missing))}."
    unexplained = [h for h in declared.holds if h.blank is not None and not h.why.fr]
    return f"{model._meta.label} keeps rows without saying why." if unexplained else ""


def check(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a table without its declaration."""
    return [
        checks.Error(
            said,
            hint="Give the model `personal = Personal(…)` or `personal = Nothing(…)`: "
            "see docs/privacy.md.",
            obj=model,
            id="privacy.E001",
        )
        for model in apps.get_models()
        if (said := fault(model))
    ]
