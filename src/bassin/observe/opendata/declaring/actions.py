"""What officers do with figures: begin one, answer, publish, change, withdraw."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators import catalogue, checks, written
from bassin.indicators.catalogue import everything
from bassin.indicators.declaration import Indicator, declare
from bassin.indicators.house import House
from bassin.observe.opendata import permissions_declaring as permissions
from bassin.observe.opendata.declaring import offered as offering
from bassin.observe.opendata.declaring.answers import Answers
from bassin.observe.opendata.declaring.facts import Facts, changed, facts
from bassin.observe.opendata.declaring.models import DeclaredFigure
from bassin.observe.opendata.declaring.offered import FREE, LEVELS, Offered, no_weaker
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.types import Text

State = DeclaredFigure.State
NAME = re.compile(r"[a-z][a-z0-9_]{2,59}")
DRAFT_NAME = "brouillon"
MOST_DRAFTS = 50


@transaction.atomic
def begin(house: House, table: str, *, by: Person, today: date) -> DeclaredFigure:
    """Begin a figure on a table, with the answers that the table suggests.

    Raises:
        Refused: no figure can be made of that table, or too many drafts are left.
    """
    require(permissions.can_declare_indicator(by))
    found = offering.table(house, table)
    if DeclaredFigure.objects.filter(author=by, state=State.DRAFT).count() >= MOST_DRAFTS:
        raise Refused(_("You have fifty drafts already: publish some, or throw some away."))
    like = found.like
    first = Answers(
        table=table, regime=found.regime, visibility=found.level,
        absent=like.absent if like else "unknown", sampled=like.sampled if like else False,
        chapter=like.chapter if like else "",
    )  # fmt: skip
    return DeclaredFigure.objects.create(
        table=table, answers=first.kept(), author=by, written_on=today
    )


@transaction.atomic
def answer(figure: DeclaredFigure, answers: Answers, *, by: Person, today: date) -> DeclaredFigure:
    """Keep what was answered of a draft, right or wrong: it is judged when it is shown."""
    kept = _held(figure)
    require(permissions.can_change_declared(by, kept))
    kept.name, kept.answers, kept.written_on = answers.name, answers.kept(), today
    kept.save()
    return kept


@transaction.atomic
def throw_away(figure: DeclaredFigure, *, by: Person) -> None:
    """Throw a draft away."""
    kept = _held(figure)
    require(permissions.can_change_declared(by, kept))
    kept.delete()


def declared(house: House, figure: DeclaredFigure, *, today: date) -> Indicator:
    """What the answers of a draft declare; a name that is not chosen yet matters to nobody.

    Raises:
        Refused: it would give a wrong number, show more than its table, or is not complete.
    """
    found = offering.table(house, figure.table)
    answers = figure.answered
    refuse_weaker(answers, found)
    named = replace(answers, name=answers.name or DRAFT_NAME)
    made = facts(
        named, found, author=author(house), version=figure.version,
        history=history(figure, today=today),
    )  # fmt: skip
    return declare(made, "")


def author(house: House) -> str:
    """Whose computation is quoted."""
    return house.home.name


def history(figure: DeclaredFigure, *, today: date) -> list[Facts]:
    """Every version of a figure that people read, this one included, with its reason."""
    if figure.version == 1:
        return []
    older = DeclaredFigure.objects.filter(name=figure.name, version__lt=figure.version)
    lines = [
        changed(each.version, each.published_on, each.why or _first())
        for each in older.exclude(state=State.DRAFT).order_by("version")
        if each.published_on
    ]
    return [*lines, changed(figure.version, today, figure.why)]


def _first() -> str:
    return "Première version."


def refuse_weaker(answers: Answers, found: Offered) -> None:
    """Never more people than may read the table, nor a weaker rule of secrecy than its own.

    Raises:
        Refused: it would be so.
    """
    if LEVELS.index(answers.visibility) < LEVELS.index(found.level):
        raise Weaker("visibility", Text(
            "Ce chiffre serait lu par plus de monde que sa table : choisissez le niveau de la "
            "table, ou un niveau plus fermé.",
            "This figure would be read by more people than its table: choose the level of the "
            "table, or a closer one.",
        ))  # fmt: skip
    if not no_weaker(answers.regime, found.regime):
        raise Weaker("secrecy.regime", Text(
            "Ce régime de secret cacherait moins que celui de la table : choisissez celui de la "
            "table, ou un plus strict.",
            "This rule of secrecy would hide less than that of the table: choose that of the "
            "table, or a stricter one.",
        ))  # fmt: skip


class Weaker(Refused):
    """It would show more than its table; `about` names the answer."""

    def __init__(self, about: str, said: Text) -> None:
        super().__init__(said)
        self.about = about


def refuse_name(name: str, *, version: int) -> None:
    """A name that files, addresses and citations will bear.

    Raises:
        Refused: it is not one, or another figure bears it.
    """
    if not NAME.fullmatch(name):
        raise Refused(Text(
            f"« {name[:60]} » ne peut pas servir de nom : trois à soixante lettres minuscules sans "
            "accent, chiffres ou « _ », en commençant par une lettre (creations_industrie).",
            f"“{name[:60]}” cannot be a name: three to sixty small letters without accents, "
            "digits or “_”, beginning with a letter (industrial_births).",
        ))  # fmt: skip
    if version == 1 and name in everything():
        raise Refused(Text(
            f"Un chiffre nommé {name} existe déjà. Choisissez un autre nom.",
            f"A figure named {name} exists already. Choose another name.",
        ))  # fmt: skip


@transaction.atomic
def publish(house: House, figure: DeclaredFigure, *, by: Person, today: date) -> Indicator:
    """Put a draft in service: its file is written last, when all the rest is sure.

    Raises:
        Refused: it is not complete, would be wrong, fails one of its checks, or its file cannot
            be written. The draft stays.
    """
    kept = _held(figure)
    require(permissions.can_publish_declared(by, kept))
    refuse_name(kept.name, version=kept.version)
    made = declared(house, kept, today=today)
    _refuse_failing(house, made)
    for older in DeclaredFigure.objects.filter(name=kept.name, state=State.PUBLISHED):
        older.state = State.REPLACED
        older.save()
    kept.state, kept.published_by, kept.published_on = State.PUBLISHED, by, today
    kept.save()
    written.write(folder(house), made.raw, fresh=kept.version == 1)
    catalogue.follow(folder(house))
    return made


def _refuse_failing(house: House, made: Indicator) -> None:
    blocking = next((each for each in checks.run_one(house, made) if each.blocks), None)
    if blocking is not None:
        raise Refused(Text(
            f"Ce chiffre n'est pas publié : {blocking.why.fr}. Corrigez la question, ou la table.",
            f"This figure is not published: {blocking.why.en}. Correct the question, or the table.",
        ))  # fmt: skip


@transaction.atomic
def revise(figure: DeclaredFigure, *, why: str, by: Person, today: date) -> DeclaredFigure:
    """Begin the next version of a published figure; the one in service stays until then.

    Raises:
        Refused: no reason is given, or a next version is begun already.
    """
    kept = _held(figure)
    require(permissions.can_end_declared(by, kept))
    told = " ".join(why.split())
    if not told:
        raise Refused(_("Say what changes and why: readers of the figure will be told."))
    begun = DeclaredFigure.objects.filter(name=kept.name, state=State.DRAFT).first()
    if begun is not None:
        raise Refused(_("The next version is begun already: it waits among the drafts."))
    return DeclaredFigure.objects.create(
        name=kept.name, version=kept.version + 1, table=kept.table, answers=kept.answers,
        why=told[:300], author=by, written_on=today,
    )  # fmt: skip


@transaction.atomic
def end(
    house: House, figure: DeclaredFigure, *, why: str, gone: bool, by: Person, today: date
) -> Indicator:
    """Say that a figure is no longer kept up, or show it to nobody any more.

    Args:
        gone: nobody reads it any more; else it stays, and says that it is no longer kept up.

    Raises:
        Refused: no reason is given, or its file cannot be written.
    """
    kept = _held(figure)
    require(permissions.can_end_declared(by, kept))
    told = " ".join(why.split())[:300]
    if not told:
        raise Refused(_("Say why: who used this figure will ask."))
    known = everything().get(kept.name)
    if known is None:
        raise Refused(_("The file of this figure is no longer there: nothing is left to withdraw."))
    state = State.WITHDRAWN if gone else State.DEPRECATED
    made = declare(
        {**known.raw, "status": state.value,
         "withdrawn": {"on": today.isoformat(), "why": {"fr": told}}},
        "",
    )  # fmt: skip
    kept.state, kept.ended_by, kept.ended_on, kept.ended_why = state, by, today, told
    kept.save()
    written.write(folder(house), made.raw)
    catalogue.follow(folder(house))
    return made


def folder(house: House) -> Path:
    """Where the declarations of the authority lie."""
    return house.var / "authority" / "indicators"


def protects(answers: Answers) -> bool:
    """Whether secrecy is judged here, and not by the publisher."""
    return answers.regime != FREE


def _held(figure: DeclaredFigure) -> DeclaredFigure:
    """The figure as it stands now, locked."""
    return DeclaredFigure.objects.select_for_update(of=("self",)).get(pk=figure.pk)
