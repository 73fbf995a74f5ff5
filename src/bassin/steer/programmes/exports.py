"""A framework as rows: what spreadsheets and other services take of it."""

from collections.abc import Sequence
from typing import Any

from bassin.steer.programmes import words
from bassin.steer.programmes.models import Framework
from bassin.steer.programmes.standing import Standing
from bassin.steer.programmes.tree import Tree
from bassin.types import Origin


def rows(framework: Framework, built: Tree, lines: Sequence[Standing]) -> list[dict[str, Any]]:
    """One row per action, with its place, and plain values: null for what is not known."""
    language = words.language()
    places = {each.pk: branch for branch in built.walk() for each in branch.lines}
    found = []
    for each in lines:
        branch = places.get(each.pk)
        found.append({
            "ref": each.ref,
            "framework": framework.slug,
            "node_code": branch.node.code if branch else None,
            "node": branch.title.say(language) if branch else None,
            "title": each.title.say(language),
            "kind": each.kind,
            "holder": each.holder or None,
            "stage": each.lifecycle,
            "health": each.health or None,
            "progress_pct": float(each.progress.value) if each.progress.value is not None else None,
            "progress_basis": each.progress.basis.value,
            "days_late": each.late.days if each.late else 0,
            "starts_on": each.starts_on.isoformat() if each.starts_on else None,
            "starts_known_to": each.starts_to if each.starts_on else None,
            "ends_on": each.ends_on.isoformat() if each.ends_on else None,
            "ends_known_to": each.ends_to if each.ends_on else None,
            "done_on": each.done_on.isoformat() if each.done_on else None,
            "reported_on": each.reported_on.isoformat() if each.reported_on else None,
            "planned_eur": _number(each.money.planned.total),
            "committed_eur": _number(each.money.committed.total),
            "paid_eur": _number(each.money.paid.total),
            "communes": ", ".join(each.communes),
            "themes": ", ".join(each.tags),
            "origin": each.origin.value,
        })  # fmt: skip
    return found


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def nodes(built: Tree) -> list[dict[str, Any]]:
    """One row per part of the framework, with what stands under it."""
    language = words.language()
    found = []
    for branch in built.walk():
        made = branch.summary
        if made is None:
            continue
        parent = next((b for b in built.walk() if branch in b.children), None)
        found.append({
            "code": branch.node.code,
            "under": parent.node.code if parent else None,
            "kind": branch.node.kind,
            "title": branch.title.say(language),
            "ref": branch.node.ref or None,
            "actions": made.count,
            "progress_pct": _number(made.rollup.progress),
            "reported": made.rollup.reported,
            "not_reported": made.rollup.not_reported,
            "abandoned": made.rollup.abandoned,
            "late": made.late,
            "planned_eur": _number(made.money.planned.total),
            "amounts_unknown": made.money.planned.unknown,
        })  # fmt: skip
    return found


def is_sample(lines: Sequence[Standing]) -> bool:
    """Whether anything of it is invented."""
    return any(each.origin == Origin.INVENTED for each in lines)
