"""Drafting the framework that comes after, from what became of the one before."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import permissions_governance as permissions
from bassin.steer.programmes.models import Framework, Node, NodeLineage, Placement


@transaction.atomic
def draft_next(
    before: Framework,
    *,
    title: str,
    nodes: Iterable[int],
    carried: Iterable[int],
    by: Person,
    today: date,
    ends_on: date | None = None,
) -> Framework:
    """Draft the next framework: the parts kept, the actions carried on, and the link to this one.

    Parts that are not kept are noted as dropped. Carried actions keep their history: they are
    placed in the draft, not copied. A part stands under its nearest ancestor that is kept.

    Args:
        nodes: the parts to keep.
        carried: the actions to place in the draft, under the part they stood under.

    Raises:
        Refused: no title, nothing kept, an action whose part is not kept, or a taken address.
    """
    require(permissions.can_draft_next(by, before))
    if not title.strip():
        raise Refused(_("Give the next framework a title."))
    kept, actions = set(nodes), set(carried)
    tree = list(before.nodes.order_by("order", "pk"))
    if not kept & {node.pk for node in tree}:
        raise Refused(_("Keep at least one part: a framework holds something."))
    starts_on = _following(before, ends_on)
    draft = Framework.objects.create(
        slug=_address(title), kind=before.kind, title=title.strip(), owner=before.owner,
        starts_on=starts_on, ends_on=ends_on, level_names=before.level_names,
        state=Framework.State.DRAFT, source=_("drafted from {framework}").format(framework=before),
        origin=before.origin,
    )  # fmt: skip
    draft.ancestors.add(before)
    places = _keep(tree, kept, draft)
    _carry(before, actions, places, draft)
    return draft


def _following(before: Framework, ends_on: date | None) -> date | None:
    """The day after the end of the framework before, when it has one.

    Raises:
        Refused: the next one would end before.
    """
    starts_on = before.ends_on + timedelta(days=1) if before.ends_on else None
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("It would end before it starts. Change one of the two dates."))
    return starts_on


def _address(title: str) -> str:
    """An address made of the title.

    Raises:
        Refused: it is taken.
    """
    slug = slugify(title)[:80]
    if not slug or Framework.objects.filter(slug=slug).exists():
        raise Refused(_("Another framework has the title {title}. Change it.").format(title=title))
    return slug


def _keep(tree: list[Node], kept: set[int], draft: Framework) -> dict[int, Node]:
    """Copy the parts kept, and say what became of each part."""
    parents = {node.pk: node.parent_id for node in tree}
    places: dict[int, Node] = {}
    waiting = [node for node in tree if node.pk in kept]
    # A parent is copied before its children, whatever the order of the document.
    while waiting:
        ready = [node for node in waiting if _above(node, kept, parents) in (None, *places)]
        for node in ready:
            above = _above(node, kept, parents)
            places[node.pk] = Node.objects.create(
                framework=draft, parent=places[above] if above else None, order=node.order,
                kind=node.kind, code=node.code, heading=node.heading, heading_en=node.heading_en,
                title=node.title, title_en=node.title_en, text=node.text, text_en=node.text_en,
            )  # fmt: skip
        waiting = [node for node in waiting if node.pk not in places]
    for node in tree:  # one by one: the audit sees no bulk
        if node.pk in places or not NodeLineage.objects.filter(before=node, after=None).exists():
            NodeLineage.objects.create(
                before=node, after=places.get(node.pk),
                kind=NodeLineage.Kind.SAME if node.pk in places else NodeLineage.Kind.DROPPED,
                note="" if node.pk in places else str(draft)[:300],
            )  # fmt: skip
    return places


def _above(node: Node, kept: set[int], parents: dict[int, int | None]) -> int | None:
    above = node.parent_id
    while above is not None and above not in kept:
        above = parents[above]
    return above


def _carry(before: Framework, actions: set[int], places: dict[int, Node], draft: Framework) -> None:
    stood = Placement.objects.filter(framework=before, action__in=actions).select_related("action")
    made: dict[int, bool] = {}
    for each in stood.order_by("-primary", "order", "pk"):
        node = places.get(each.node_id)
        if node is None:
            if each.primary:
                raise Refused(
                    _("“{action}” stands under a part that is not kept. Keep it, or leave the "
                      "action.").format(action=each.action)
                )  # fmt: skip
            continue
        Placement.objects.create(
            action=each.action, node=node, primary=each.primary, weight=each.weight,
            order=each.order,
        )  # fmt: skip
        made[each.action_id] = True
    if absent := actions - set(made):
        raise Refused(
            _("{count} of the actions chosen do not stand in this framework.").format(
                count=len(absent)
            )
        )
