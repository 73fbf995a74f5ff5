"""What people do with frameworks: write a draft, adopt it, then nothing of its text moves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.commons import edition
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes import permissions
from bassin.steer.programmes.models import Commitment, Decision, Framework, Node

FROZEN = (
    "kind", "title", "title_en", "summary", "summary_en", "starts_on", "ends_on", "level_names",
    "version",
)  # fmt: skip
"""What no longer changes once a framework is adopted."""

FREE = ("owner", "public", "announced_count", "announced_note", "announced_note_en", "source")
"""What may still change: who owns it, whether everyone sees it, what was announced elsewhere."""

NODE_FIELDS = ("kind", "code", "order", "heading", "title", "title_en", "text", "text_en")

_NEXT = {
    Framework.State.ADOPTED: Framework.State.IN_FORCE,
    Framework.State.IN_FORCE: Framework.State.EVALUATED,
    Framework.State.EVALUATED: Framework.State.CLOSED,
}


def create(*, by: Person, today: date, **fields: Any) -> Framework:
    """Begin a framework, as a draft.

    Raises:
        Refused: its address is taken.
    """
    require(permissions.can_edit_framework(by))
    if Framework.objects.filter(slug=fields.get("slug")).exists():
        raise Refused(_("The address {slug} is taken.").format(slug=fields["slug"]))
    return Framework.objects.create(state=Framework.State.DRAFT, **fields)


@transaction.atomic
def edit(
    framework: Framework,
    *,
    typed: Mapping[str, Any],
    base: Mapping[str, Any],
    by: Person,
    today: date,
) -> Framework:
    """Change a framework, unless someone else did meanwhile.

    Raises:
        Conflict: someone did.
        Refused: its text is frozen because it was adopted.
    """
    require(permissions.can_edit_framework(by, framework))
    now = Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)
    require(set(typed) <= {*FROZEN, *FREE})
    edition.refuse_stale(now, base, typed)
    found = edition.values(now, typed)
    moved = [name for name in typed if edition.plain(typed[name]) != edition.plain(found[name])]
    if now.state != Framework.State.DRAFT and set(moved) & set(FROZEN):
        raise Refused(_frozen())
    for name, value in typed.items():
        setattr(now, name, value)
    if now.starts_on and now.ends_on and now.ends_on < now.starts_on:
        raise Refused(_("It would end before it starts. Change one of the two dates."))
    now.save()
    return now


def _frozen() -> str:
    return _(
        "This text was adopted: it no longer changes. To change it, draft the next version; "
        "the two stay linked."
    )


@transaction.atomic
def adopt(framework: Framework, *, decision: Decision, by: Person, today: date) -> Framework:
    """Freeze a draft by the decision that adopts it.

    Raises:
        Refused: it is no draft, it is empty, or the decision adopts nothing.
    """
    require(permissions.can_edit_framework(by, framework))
    now = Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)
    if now.state != Framework.State.DRAFT:
        raise Refused(_("It is adopted already."))
    if not now.nodes.exists():
        raise Refused(_("It is empty: write its axes first."))
    if decision.kind != Decision.Kind.ADOPT:
        raise Refused(_("That decision adopts nothing. Choose, or record, the one that does."))
    now.state, now.adopted_by = Framework.State.ADOPTED, decision
    now.save(update_fields=["state", "adopted_by"])
    return now


def advance(framework: Framework, *, by: Person, today: date) -> Framework:
    """Take a framework to its next state: in force, evaluated, archived.

    Raises:
        Refused: it is a draft (adopt it), or it is at its end.
    """
    require(permissions.can_edit_framework(by, framework))
    if framework.state == Framework.State.DRAFT:
        raise Refused(_("A draft is adopted by a decision first."))
    following = _NEXT.get(Framework.State(framework.state))
    if following is None:
        raise Refused(_("It is archived: nothing comes after."))
    framework.state = following
    framework.save(update_fields=["state"])
    return framework


def _draft(framework: Framework) -> None:
    if framework.state != Framework.State.DRAFT:
        raise Refused(_frozen())


def add_node(
    framework: Framework, *, parent: Node | None = None, by: Person, today: date, **fields: Any
) -> Node:
    """Write an axis, a priority, a stake… of a draft.

    Raises:
        Refused: the framework was adopted, or that code is taken.
    """
    require(permissions.can_edit_framework(by, framework))
    _draft(framework)
    if framework.nodes.filter(code=fields.get("code")).exists():
        raise Refused(_("The code {code} is taken.").format(code=fields["code"]))
    return Node.objects.create(framework=framework, parent=parent, **fields)


@transaction.atomic
def edit_node(
    node: Node, *, typed: Mapping[str, Any], base: Mapping[str, Any], by: Person, today: date
) -> Node:
    """Change the text of a part of a draft, unless someone else did meanwhile.

    Raises:
        Conflict: someone did.
        Refused: the framework was adopted.
    """
    now = Node.objects.select_for_update(of=("self",)).select_related("framework").get(pk=node.pk)
    require(permissions.can_edit_framework(by, now.framework) and set(typed) <= set(NODE_FIELDS))
    _draft(now.framework)
    edition.refuse_stale(now, base, typed)
    for name, value in typed.items():
        setattr(now, name, value)
    now.save()
    return now


def remove_node(node: Node, *, by: Person, today: date) -> None:
    """Take a part out of a draft.

    Raises:
        Refused: the framework was adopted, or actions stand there.
    """
    require(permissions.can_edit_framework(by, node.framework))
    _draft(node.framework)
    if node.placements.exists() or node.children.exists():
        raise Refused(_("Something stands under it: move that first."))
    node.delete()


def promise(
    framework: Framework, organisation: Organisation, *, by: Person, today: date, **fields: Any
) -> Commitment:
    """Write what an organisation promises within a framework.

    Raises:
        Refused: it is said to be signed, without the date.
    """
    require(permissions.can_edit_framework(by, framework))
    made = Commitment(framework=framework, organisation=organisation, **fields)
    unsigned = (Commitment.State.PROPOSED, Commitment.State.WITNESSED)
    if made.state not in unsigned and not made.signed_on:
        raise Refused(_("Say on which day it was signed."))
    made.save()
    return made


def keep(commitment: Commitment, *, evidence: str, on: date, by: Person, today: date) -> Commitment:
    """Say that a promise was kept, and what shows it.

    Raises:
        Refused: nothing shows it, or the day is still to come.
    """
    require(permissions.can_keep_promise(by, commitment))
    if not evidence.strip():
        raise Refused(_("Say what shows it: a document, a figure, an address."))
    if on > today:
        raise Refused(_("A promise is kept on a day that has passed."))
    commitment.kept_on, commitment.evidence = on, evidence.strip()
    commitment.save(update_fields=["kept_on", "evidence"])
    return commitment


def archive(framework: Framework, *, why: str, by: Person, today: date) -> Framework:
    """Put a framework away, with who did it and why; nothing of it is lost.

    Raises:
        Refused: no reason was given.
    """
    require(permissions.can_edit_framework(by, framework))
    if not why.strip():
        raise Refused(_("Say why you put it away: the next person will ask."))
    framework.archived_at, framework.archived_by = timezone.now(), by
    framework.archived_why = why.strip()
    framework.save(update_fields=["archived_at", "archived_by", "archived_why"])
    return framework
