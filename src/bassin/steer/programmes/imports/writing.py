"""What a person does with an import: begin it, revise it, write it whole, or drop it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bassin.commons import edition, slugs
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes import actions, actions_frameworks, permissions
from bassin.steer.programmes.imports.entries import Entry, Findings, Level, from_json, to_json
from bassin.steer.programmes.imports.matching import reference
from bassin.steer.programmes.imports.planning import (
    Fate,
    Plan,
    Step,
    organisations,
    plan,
    values,
)
from bassin.steer.programmes.models import Action, Framework, ImportDraft, Node
from bassin.steer.programmes.rules import KNOWN_TO
from bassin.types import Origin

LONGEST = 400
CODE = 40


def begin(
    findings: Findings,
    *,
    document: str,
    framework: Framework | None,
    title: str = "",
    kind: str = "",
    by: Person,
    today: date,
) -> ImportDraft:
    """Keep what was read, to be reviewed. Nothing is written elsewhere.

    Raises:
        Refused: nothing at all was read.
    """
    require(permissions.can_import(by))
    if not findings.entries:
        raise Refused(_("No words were found there. Paste the text of the plan, or bring a file."))
    return ImportDraft.objects.create(
        framework=framework,
        title=framework.title if framework else title,
        kind=framework.kind if framework else kind,
        document=document,
        findings=to_json(findings),
        begun_by=by,
        begun_on=today,
    )


@transaction.atomic
def revise(
    draft: ImportDraft,
    *,
    choices: Mapping[int, tuple[Level, str]],
    reasons: Mapping[int, str] | None = None,
    edition: int,
    by: Person,
    today: date,
) -> ImportDraft:
    """Keep the levels, the titles and why actions were abandoned as a person wrote them.

    Raises:
        Refused: it is no longer under review, or somebody else revised it meanwhile.
    """
    require(permissions.can_import(by))
    now = _open(draft)
    if now.edition != edition:
        raise Refused(
            _("Someone else reviewed this import meanwhile. Read it as it is now, then go on.")
        )
    findings = from_json(now.findings)
    revised = tuple(
        (each.revised(*choices[each.key]) if each.key in choices else each).explained(
            (reasons or {}).get(each.key)
        )
        for each in findings.entries
    )
    if revised != findings.entries:
        now.findings = to_json(replace(findings, entries=revised))
        now.edition += 1
        now.save(update_fields=["findings", "edition"])
    return now


@transaction.atomic
def write(draft: ImportDraft, *, by: Person, today: date) -> ImportDraft:
    """Write all that was reviewed, or nothing.

    Raises:
        Refused: it is no longer under review, or a record cannot be written; the sentence says
            which and why.
    """
    require(permissions.can_import(by))
    now = _open(draft)
    findings = from_json(now.findings)
    todo = plan(findings, now.framework)
    if not todo.writes:
        raise Refused(_("There is nothing to write: all of it is there already, or not taken."))
    if now.framework is None:
        now.framework = _framework(now, by, today)
    _Writer(now, findings, todo, by, today).write()
    now.state, now.written_on = ImportDraft.State.WRITTEN, today
    now.result = {fate.value: todo.count(fate) for fate in Fate}
    now.save()
    return now


def drop(draft: ImportDraft, *, by: Person, today: date) -> ImportDraft:
    """Give an import up: nothing of it is written."""
    require(permissions.can_import(by))
    with transaction.atomic():
        now = _open(draft)
        now.state = ImportDraft.State.DROPPED
        now.save(update_fields=["state"])
    return now


def _open(draft: ImportDraft) -> ImportDraft:
    now = ImportDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if now.state == ImportDraft.State.WRITTEN:
        raise Refused(_("This import is already written. Begin another to bring the plan again."))
    if now.state == ImportDraft.State.DROPPED:
        raise Refused(_("This import was dropped. Begin another."))
    return now


def _framework(draft: ImportDraft, by: Person, today: date) -> Framework:
    slug = slugs.free(Framework, draft.title, most=60, otherwise="plan")
    return actions_frameworks.create(
        slug=slug, kind=draft.kind, title=draft.title, source=draft.document,
        level_names=[
            {"kind": "axis", "fr": "Axe", "en": "Axis"},
            {"kind": "priority", "fr": "Priorité", "en": "Priority"},
        ],
        origin=Origin.CITED.value, by=by, today=today,
    )  # fmt: skip


class _Writer:
    """Writes one plan into one framework, inside the caller's transaction."""

    def __init__(
        self, draft: ImportDraft, findings: Findings, todo: Plan, by: Person, today: date
    ) -> None:
        assert draft.framework is not None
        self.framework: Framework = draft.framework
        self.document = draft.document
        self.findings, self.todo = findings, todo
        self.who: dict[str, Any] = {"by": by, "today": today}
        self.nodes: dict[int, Node] = {}
        self.codes = set(self.framework.nodes.values_list("code", flat=True))
        self.order = max(self.framework.nodes.values_list("order", flat=True), default=0)

    def write(self) -> None:
        for name in self.todo.new_holders:
            _holder(name)
        self.organisations = organisations()
        nodes = [each for each in self.todo.steps if each.entry.level != Level.ACTION]
        actions_ = [each for each in self.todo.steps if each.entry.level == Level.ACTION]
        for step in (*nodes, *actions_):
            try:
                (self._action if step.entry.level == Level.ACTION else self._node)(step)
            except Refused as refusal:
                raise Refused(_about(step.entry, refusal)) from refusal

    def _node(self, step: Step) -> None:
        entry = step.entry
        if isinstance(step.record, Node):
            self.nodes[entry.key] = step.record
            if step.fate == Fate.CHANGED:
                base = {"title": step.record.title}
                typed = {"title": entry.title}
                actions_frameworks.edit_node(step.record, typed=typed, base=base, **self.who)
        elif step.fate == Fate.NEW:
            parent = self.nodes.get(step.holder.key) if step.holder else None
            heading = self.findings.heading(entry) if entry.level == Level.AXIS else None
            self.order += 1
            self.nodes[entry.key] = actions_frameworks.add_node(
                self.framework, parent=parent, kind=entry.level.value, order=self.order,
                code=self._code(entry.code, parent), title=self._title(entry.title),
                heading=heading.title[:160] if heading else "", **self.who,
            )  # fmt: skip

    def _code(self, given: str, parent: Node | None) -> str:
        """The number of the document, else the next one under the same parent."""
        code, number = given[:CODE], 0
        while not code or code in self.codes:
            number += 1
            code = f"{parent.code[: CODE - 6]}.{number}" if parent else str(number)
        self.codes.add(code)
        return code

    def _title(self, title: str) -> str:
        if len(title) > LONGEST:
            raise Refused(
                _("It is {length} characters long; a title has {limit} at most. Shorten it, or do "
                  "not take it.").format(length=len(title), limit=LONGEST)
            )  # fmt: skip
        return title

    def _action(self, step: Step) -> None:
        entry = step.entry
        given = values(entry, self.organisations)
        self._title(entry.title)
        if isinstance(step.record, Action) and step.fate != Fate.PLACED:
            self._change(step, step.record)
            return
        action = step.record if isinstance(step.record, Action) else actions.create(
            ref=self._reference(entry.code), source=self.document, origin=Origin.CITED.value,
            **given, **self.who,
        )  # fmt: skip
        node = self.nodes.get(step.holder.key) if step.holder else None
        actions.place(action, node or self._loose(), **self.who)

    def _reference(self, code: str) -> str:
        wanted = reference(self.framework, code) if code else ""
        return "" if Action.objects.filter(ref=wanted).exists() else wanted

    def _change(self, step: Step, action: Action) -> None:
        moved = any(each.field == "place" for each in step.changes)
        given = values(step.entry, self.organisations)
        named = {each.field for each in step.changes} - {"place"}
        typed = {name: given[name] for name in _with_precision(named, given)}
        if typed:
            read = edition.values(action, typed)
            base = {name: edition.plain(value) for name, value in read.items()}
            actions.edit(action, typed=typed, base=base, opened=action.edition, **self.who)
        if moved and step.holder:
            for placement in action.placements.filter(framework=self.framework, primary=True):
                actions.withdraw(placement, **self.who)
            actions.place(action, self.nodes[step.holder.key], **self.who)

    def _loose(self) -> Node:
        """Where actions stand when the source gives them no axis."""
        found = self.framework.nodes.filter(kind="unplaced").first()
        if found is None:
            self.order += 1
            found = Node.objects.create(
                framework=self.framework, kind="unplaced", code=self._code("0", None),
                order=self.order, title="Sans axe", title_en="Without an axis",
            )  # fmt: skip
        return found


def _about(entry: Entry, refusal: Refused) -> str:
    """The refusal of a record, with its title and where it stands."""
    return _("“{title}” ({where}): {refusal}").format(
        title=Truncator(entry.title).chars(60), where=entry.origins[0].where, refusal=refusal
    )


def _with_precision(names: set[str], given: Mapping[str, Any]) -> list[str]:
    """The fields to write: a day goes with how precisely it is known."""
    both = names | {known for day, known in KNOWN_TO.items() if day in names}
    return sorted(name for name in both if name in given)


def _holder(name: str) -> Organisation:
    slug = slugs.free(Organisation, name, most=70, otherwise="organisation")
    return Organisation.objects.create(slug=slug, kind="other", name=name[:200], origin="cited")
