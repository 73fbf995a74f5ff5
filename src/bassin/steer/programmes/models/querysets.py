"""Reads of actions and frameworks, as the questions that pages ask."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast

from bassin.commons.models import Visibility
from bassin.parties.access import User, is_elected, is_officer, is_partner, roles

if TYPE_CHECKING:
    from bassin.steer.programmes.models import Action, Framework  # noqa: F401  named in hints

OVER = ("done", "abandoned")


def _all(model: str) -> QuerySet[Any]:
    """Records of a model that is declared after this module."""
    return apps.get_model("programmes", model)._default_manager.all()


class FrameworkQuerySet(QuerySet["Framework"]):
    """Reads of frameworks."""

    def kept(self) -> "FrameworkQuerySet":
        """Those that were not put away."""
        return self.filter(archived_at=None)

    def visible_to(self, user: User) -> "FrameworkQuerySet":
        """Those a person may see, as `permissions.can_see_framework` says."""
        if is_officer(user):
            return self.all()
        mine = [each.organisation_id for each in roles(user)]
        shown = Q() if is_partner(user) or is_elected(user) else Q(public=True)
        return self.kept().filter((~Q(state="draft") & shown) | Q(state="draft", owner__in=mine))


class ActionQuerySet(QuerySet["Action"]):
    """Reads of actions."""

    def kept(self) -> "ActionQuerySet":
        """Those that were not put away."""
        return self.filter(archived_at=None)

    def living(self) -> "ActionQuerySet":
        """Those neither done nor abandoned."""
        return self.exclude(lifecycle__in=OVER)

    def public(self) -> "ActionQuerySet":
        """Those that everyone sees."""
        return self.kept().filter(visibility=Visibility.PUBLIC, confidential=False)

    def visible_to(self, user: User) -> "ActionQuerySet":
        """Those a person may see, as `permissions.can_see` says."""
        if is_officer(user):
            return self.all()
        if not user.is_authenticated:
            return self.public()
        mine = [each.organisation_id for each in roles(user)]
        insider = is_partner(user) or is_elected(user)
        levels = [Visibility.PUBLIC, Visibility.PARTNERS] if insider else [Visibility.PUBLIC]
        named = (
            _all("ActionRole")
            .filter(action=OuterRef("pk"))
            .filter(Q(person=user.pk) | Q(organisation__in=mine))
        )
        return self.kept().filter(
            Q(visibility__in=levels, confidential=False)
            | Q(holder__in=mine)
            | (Exists(named) & Q(confidential=False))
            | Exists(named.filter(role__in=("pilot", "referent")))
        )

    def reported_by(self, user: User) -> "ActionQuerySet":
        """Those that a person reports on: held by their organisation, or theirs by name."""
        mine = [each.organisation_id for each in roles(user)]
        named = (
            _all("ActionRole")
            .filter(action=OuterRef("pk"), role__in=("pilot", "referent"))
            .filter(Q(person=user.pk) | Q(organisation__in=mine))
        )
        return self.kept().filter(Q(holder__in=mine) | Exists(named))

    def within(self, framework: "Framework") -> "ActionQuerySet":
        """Those placed in a framework, once each."""
        # A list, not EXISTS: that one would look through the framework for each action.
        placed = _all("Placement").order_by().filter(framework=framework)
        return self.filter(pk__in=placed.values("action"))

    def in_commune(self, code: str) -> "ActionQuerySet":
        """Those that name a commune. Read as text: SQLite cannot look inside a list."""
        text = Cast("commune_codes", TextField())
        return self.alias(communes_text=text).filter(communes_text__contains=f'"{code}"')

    def with_report(self) -> "ActionQuerySet":
        """With the day of the last report, and the last progress that one gave."""
        return self.with_progress().annotate(reported_on=Subquery(_said().values("on")[:1]))

    def with_progress(self) -> "ActionQuerySet":
        """With the last progress that a report gave."""
        share = _said().filter(progress__isnull=False)  # in the words of the index that serves it
        return self.annotate(reported=Subquery(share.values("progress")[:1]))


def _said() -> QuerySet[Any]:
    """What was reported of an action, the last first."""
    return _all("Update").filter(action=OuterRef("pk")).order_by("-on", "-pk")
