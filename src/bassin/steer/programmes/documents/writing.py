"""Writes into the database the frameworks that documents describe: once each.

A framework that is already there is left as people have made it since, whole. What a document
does not say stays empty: nobody's stage, date, owner or money is guessed.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from bassin.errors import Refused
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes.documents.reading import (
    FOLDER,
    Branch,
    Facts,
    Instrument,
    Shelf,
    read,
    typeset,
)
from bassin.steer.programmes.models import (
    Action,
    Body,
    BodyMembership,
    Commitment,
    Contribution,
    Framework,
    Funding,
    Milestone,
    Node,
    NodeLineage,
    Placement,
    StatedCount,
)
from bassin.types import Origin, Text

CITED = Origin.CITED.value


def write(var: Path) -> list[str]:
    """Write the frameworks that are missing; the slugs of those written.

    Raises:
        Refused: a file is damaged or names what is written nowhere; nothing is written then.
    """
    shelf = read(var)
    try:
        with transaction.atomic():
            return _write(shelf)
    except (KeyError, TypeError) as error:
        raise Refused(
            f"The programmes in {var / 'authority' / FOLDER} lack {error}. See docs/programmes.md."
        ) from error


def _write(shelf: Shelf) -> list[str]:
    for facts in shelf.organisations:
        organisation(facts, CITED)
    known = set(Framework.objects.values_list("slug", flat=True))
    new = [each for each in shelf.instruments if each.slug not in known]
    for instrument in new:
        _framework(instrument)
    for instrument in new:
        _nodes(instrument)
        _actions(instrument)
    for instrument in new:
        _links(instrument)
        _placements(instrument)
        _around(instrument)
    return [each.slug for each in new]


def organisation(facts: Facts, origin: str) -> Organisation:
    """The organisation of that slug, made when it is missing."""
    columns = ("kind", "name", "short", "siret", "commune_code")
    fields: Facts = {name: facts[name] for name in columns if name in facts}
    found, _new = Organisation.objects.get_or_create(
        slug=facts["slug"], defaults={**fields, "origin": origin}
    )
    return found


def body_of(slug: str) -> Organisation:
    """An organisation that a file names.

    Raises:
        Refused: it is described nowhere.
    """
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"The programmes name “{slug}”, which organisations.toml does not describe.")
    return found


def said(name: str, text: Text) -> dict[str, str]:
    """The two columns of a bilingual text."""
    return {name: typeset(text.fr), f"{name}_en": text.en}


def _framework(instrument: Instrument) -> None:
    facts = instrument.facts
    plain = ("slug", "kind", "starts_on", "ends_on", "state", "version", "source", "public")
    Framework.objects.create(
        **{name: facts[name] for name in plain if name in facts},
        **said("title", Text.of(facts["title"])),
        **said("summary", Text.of(facts.get("summary", ""))),
        **said("announced_note", Text.of(facts.get("announced_note", ""))),
        owner=body_of(facts["owner"]) if "owner" in facts else None,
        level_names=facts.get("levels", []),
        announced_count=facts.get("announced_count"),
        origin=CITED,
    )


def _nodes(instrument: Instrument) -> None:
    framework = Framework.objects.get(slug=instrument.slug)
    by_code: dict[str, Node] = {}
    for order, branch in enumerate(instrument.branches, 1):
        by_code[branch.code] = _node(framework, order, branch, by_code)


def _node(framework: Framework, order: int, branch: Branch, known: dict[str, Node]) -> Node:
    return Node.objects.create(
        framework=framework,
        parent=known[branch.under] if branch.under else None,
        order=order,
        kind=branch.kind,
        code=branch.code,
        ref=branch.ref,
        **said("title", branch.title),
        **said("text", branch.text),
        **said("heading", branch.heading),
    )


def _actions(instrument: Instrument) -> None:
    known = set(Action.objects.values_list("ref", flat=True))
    for facts in instrument.actions:
        if facts["ref"] not in known:
            _action(instrument, facts)


def _action(instrument: Instrument, facts: Facts) -> None:
    source = str(facts.get("source") or instrument.facts.get("source", ""))
    plain = ("kind", "lifecycle", "done_on", "starts_on", "ends_on", "cost_eur", "tags")
    action = Action.objects.create(
        ref=facts["ref"],
        **said("title", facts["title"]),
        **said("text", Text.of(facts.get("text", ""))),
        **{name: facts[name] for name in plain if name in facts},
        commune_codes=facts.get("communes", []),
        holder=body_of(facts["holder"]) if "holder" in facts else None,
        visibility="public",
        source=source,
        origin=CITED,
    )
    for order, step in enumerate(facts.get("milestones", ()), 1):
        told = {**step, **said("title", Text.of(step["title"]))}
        Milestone.objects.create(action=action, order=order, **told)
    for money in facts.get("fundings", ()):
        amounts = {name: value for name, value in money.items() if name != "organisation"}
        funder = body_of(money["organisation"])
        Funding.objects.create(action=action, organisation=funder, origin=CITED, **amounts)


def _links(instrument: Instrument) -> None:
    framework = Framework.objects.get(slug=instrument.slug)
    framework.ancestors.set(
        Framework.objects.filter(slug__in=instrument.facts.get("ancestors", ()))
    )
    framework.linked.add(*Framework.objects.filter(slug__in=instrument.facts.get("linked", ())))
    for line in instrument.facts.get("lineage", ()):
        NodeLineage.objects.create(
            before=node_at(line["before"]) if "before" in line else None,
            after=node_at(line["after"]) if "after" in line else None,
            kind=line["kind"],
            note=line.get("note", ""),
        )


def node_at(path: str) -> Node:
    """The node that a file names as `framework/code`.

    Raises:
        Refused: there is none.
    """
    slug, _, code = path.partition("/")
    found = Node.objects.filter(framework__slug=slug, code=code).first()
    if found is None:
        raise Refused(f"The programmes name “{path}”, which no file describes.")
    return found


def _placements(instrument: Instrument) -> None:
    nodes = {node.code: node for node in Node.objects.filter(framework__slug=instrument.slug)}
    for placed in instrument.placed:
        if placed.node not in nodes:
            raise Refused(
                f"{instrument.slug} places actions under “{placed.node}”, which it lacks."
            )
        actions = {each.ref: each for each in Action.objects.filter(ref__in=placed.refs)}
        for order, ref in enumerate(placed.refs, 1):
            if ref not in actions:
                raise Refused(f"{instrument.slug} places “{ref}”, which no file describes.")
            Placement.objects.create(
                action=actions[ref], node=nodes[placed.node], primary=placed.primary, order=order
            )


def _around(instrument: Instrument) -> None:
    """Who signed or was there, numbers stated without their list, bodies, figures aimed at."""
    framework = Framework.objects.get(slug=instrument.slug)
    facts = instrument.facts
    for promise in facts.get("promises", ()):
        _promise(framework, promise)
    for stated in facts.get("stated", ()):
        StatedCount.objects.create(framework=framework, **stated)
    for body in facts.get("bodies", ()):
        _body(framework, body)
    for aim in facts.get("contributions", ()):
        _contribution(aim)


def _promise(framework: Framework, facts: Facts) -> None:
    signed: date | None = facts.get("on")
    for slug in facts["organisations"]:
        Commitment.objects.create(
            framework=framework,
            organisation=body_of(slug),
            role=facts["role"],
            state=facts["state"],
            signed_on=signed,
            text=facts["text"],
            source=facts["source"],
            origin=CITED,
        )


def _body(framework: Framework, facts: Facts) -> None:
    plain = {name: value for name, value in facts.items() if name not in ("slug", "seats")}
    for name in ("name", "text"):
        plain |= said(name, Text.of(facts[name]))
    body, new = Body.objects.get_or_create(
        slug=facts["slug"], defaults={**plain, "framework": framework, "origin": CITED}
    )
    if not new:
        return
    for seat in facts.get("seats", ()):
        fields: dict[str, Any] = {"organisation": body_of(seat["organisation"])}
        if "person" in seat:
            fields["person"] = _named(seat["person"])
        BodyMembership.objects.create(body=body, role=seat["role"], origin=CITED, **fields)


def _named(name: str) -> Person:
    """Someone named in a public document for a public role: no address, so no account."""
    person = Person(name=name, email=None, origin=CITED)
    person.set_unusable_password()
    person.save()
    return person


def _contribution(facts: Facts) -> None:
    action = Action.objects.filter(ref=facts["action"]).first()
    if action is None:
        raise Refused(f"The programmes name “{facts['action']}”, which no file describes.")
    fields = {name: value for name, value in facts.items() if name != "action"}
    fields |= said("hypothesis", Text.of(facts["hypothesis"]))
    Contribution.objects.create(action=action, origin=CITED, **fields)
