"""The sample's programmes: what documents say, then the histories of projects that nobody carries.

Everything written here is invented and marked so. Stages, updates, dates and money stand on
invented actions only: of a real action, the sample says nothing that its document does not say.
"""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from bassin.commons.models import Event
from bassin.parties.models import Person
from bassin.steer.programmes import agenda
from bassin.steer.programmes.documents import reading, writing
from bassin.steer.programmes.documents.reading import Facts
from bassin.steer.programmes.models import (
    Action,
    ActionRole,
    AgendaItem,
    Body,
    BodyMembership,
    Call,
    Commitment,
    Contribution,
    Decision,
    Framework,
    Funding,
    FundingRequest,
    Meeting,
    Milestone,
    Obstacle,
    Placement,
    Target,
    Update,
)
from bassin.types import Origin, Text

INVENTED = Origin.INVENTED.value
_DAYS = {
    "starts": "starts_on", "ends": "ends_on", "done": "done_on", "due": "due_on", "on": "on",
    "abandoned": "abandoned_on", "remind": "remind_on", "asked": "asked_on", "filed": "filed_on",
    "sent": "sent_on", "answered": "answered_on", "signed": "signed_on", "kept": "kept_on",
    "opens": "opens_on", "closes": "closes_on", "since": "since",
}  # fmt: skip
"""Keys that count days from the day of building, and the dates that they become."""


def build(today: date) -> None:
    """Add the frameworks and the histories that are missing; leave what people changed since."""
    var = Path(settings.VAR)
    writing.write(var)
    path = var / "authority" / reading.FOLDER / reading.INVENTED
    if path.exists():
        _Histories(path, today).write()


class _Histories:
    """One file of invented histories, told from one day."""

    def __init__(self, path: Path, today: date) -> None:
        self.facts = reading.load(path)
        self.today = today

    def write(self) -> None:
        for facts in self.facts.get("organisations", ()):
            writing.organisation(facts, INVENTED)
        known = set(Action.objects.values_list("ref", flat=True))
        for facts in self.facts.get("actions", ()):
            if facts["ref"] not in known:
                self._action(facts)
        for facts in self.facts.get("bodies", ()):
            if not Body.objects.filter(slug=facts["slug"]).exists():
                self._body(facts)
        self._announce()
        self._promises()
        self._obstacles_and_calls()

    def _dated(self, facts: Facts) -> dict[str, Any]:
        """The same facts with days counted from today turned into dates."""
        day = {
            _DAYS[name]: self.today + timedelta(days=value)
            for name, value in facts.items()
            if name in _DAYS and isinstance(value, int)
        }
        return {name: value for name, value in facts.items() if name not in _DAYS} | day

    def _action(self, facts: Facts) -> None:
        plain = self._dated(facts)
        apart = (
            "title", "text", "holder", "pilots", "communes", "places", "milestones", "updates",
            "fundings", "requests", "contributions",
        )  # fmt: skip
        action = Action.objects.create(
            **{name: value for name, value in plain.items() if name not in apart},
            **writing.said("title", Text.of(facts["title"])),
            **writing.said("text", Text.of(facts["text"])),
            holder=writing.body_of(facts["holder"]),
            commune_codes=facts["communes"],
            visibility="public",
            origin=INVENTED,
        )
        for slug, code in facts["places"].items():
            Placement.objects.create(action=action, node=writing.node_at(f"{slug}/{code}"))
        for email in facts.get("pilots", ()):
            if person := Person.objects.filter(email=email).first():
                ActionRole.objects.create(action=action, person=person, role="pilot")
        self._life(action, facts)
        self._money(action, facts)
        self._figures(action, facts)

    def _life(self, action: Action, facts: Facts) -> None:
        for order, step in enumerate(facts.get("milestones", ()), 1):
            told = writing.said("title", Text.of(step["title"]))
            Milestone.objects.create(action=action, order=order, **{**self._dated(step), **told})
        for report in facts.get("updates", ()):
            said = {name: value for name, value in report.items() if name not in ("ago", "text")}
            Update.objects.create(
                action=action,
                on=self.today - timedelta(days=report["ago"]),
                author_name=str(action.holder),
                origin=INVENTED,
                **writing.said("text", Text.of(report["text"])),
                **said,
            )

    def _money(self, action: Action, facts: Facts) -> None:
        for money in facts.get("fundings", ()):
            fields = {**money, "year": self.today.year + money["year"]}
            fields["organisation"] = writing.body_of(money["organisation"])
            Funding.objects.create(action=action, origin=INVENTED, **fields)
        for request in facts.get("requests", ()):
            fields = self._dated(request)
            fields["organisation"] = writing.body_of(request["organisation"])
            FundingRequest.objects.create(action=action, origin=INVENTED, **fields)

    def _figures(self, action: Action, facts: Facts) -> None:
        for aim in facts.get("contributions", ()):
            fields = {name: value for name, value in aim.items() if name != "targets"}
            fields |= writing.said("hypothesis", Text.of(fields["hypothesis"]))
            made = Contribution.objects.create(action=action, origin=INVENTED, **fields)
            for target in aim["targets"]:
                Target.objects.create(contribution=made, **self._dated(target))

    def _body(self, facts: Facts) -> None:
        body = Body.objects.create(
            slug=facts["slug"],
            kind=facts["kind"],
            **writing.said("name", Text.of(facts["name"])),
            **writing.said("text", Text.of(facts["text"])),
            framework=Framework.objects.get(slug=facts["framework"]),
            public=facts.get("public", False),
            origin=INVENTED,
        )
        for seat in facts["seats"]:
            self._seat(body, seat)
        for meeting in facts["meetings"]:
            self._meeting(body, meeting)
        for decision in facts["decisions"]:
            fields = self._dated(decision) | writing.said("text", Text.of(decision["text"]))
            fields["action"] = Action.objects.get(ref=decision["action"])
            fields["meeting"] = body.meetings.filter(on=fields["on"]).first()
            Decision.objects.create(body=body, origin=INVENTED, **fields)

    def _seat(self, body: Body, seat: Facts) -> None:
        fields: dict[str, Any] = {"role": seat["role"], "origin": INVENTED}
        if "organisation" in seat:
            fields["organisation"] = writing.body_of(seat["organisation"])
        elif person := Person.objects.filter(email=seat["person"]).first():
            fields["person"] = person
        else:
            return
        BodyMembership.objects.create(body=body, **fields)

    def _meeting(self, body: Body, facts: Facts) -> None:
        agenda = facts.get("agenda", ())
        fields = self._dated({name: value for name, value in facts.items() if name != "agenda"})
        for hour in ("starts_at", "ends_at"):
            if hour in fields:
                fields[hour] = time.fromisoformat(fields[hour])
        meeting = Meeting.objects.create(body=body, origin=INVENTED, **fields)
        for order, line in enumerate(agenda, 1):
            action = Action.objects.get(ref=line["action"])
            told = writing.said("title", Text.of(line["title"]))
            AgendaItem.objects.create(
                meeting=meeting, order=order, **{**line, **told, "action": action}
            )

    def _announce(self) -> None:
        """The meetings of the sample, in the agenda."""
        silent = Meeting.objects.filter(origin=INVENTED, event=None, cancelled_at=None)
        for meeting in silent.select_related("body__framework__owner"):
            slug = f"{meeting.body.slug}-{meeting.on:%Y-%m-%d}"
            meeting.event = Event.objects.create(
                slug=slug, origin=INVENTED, **agenda.facts(meeting)
            )
            meeting.save(update_fields=["event"])

    def _promises(self) -> None:
        for facts in self.facts.get("promises", ()):
            framework = Framework.objects.get(slug=facts["framework"])
            told = writing.said("text", Text.of(facts["text"]))
            if framework.commitments.filter(text=told["text"]).exists():
                continue
            fields = self._dated({**facts, **told, "state": "signed"})
            fields["organisation"] = writing.body_of(facts["organisation"])
            fields["to_organisation"] = writing.body_of(fields.pop("to"))
            Commitment.objects.create(**{**fields, "framework": framework}, origin=INVENTED)

    def _obstacles_and_calls(self) -> None:
        for facts in self.facts.get("obstacles", ()):
            if not Obstacle.objects.filter(procedure=facts["procedure"]).exists():
                fields = self._dated(facts)
                fields["delay_days"] = fields.pop("delay")
                if "action" in facts:
                    fields["action"] = Action.objects.get(ref=facts["action"])
                Obstacle.objects.create(**fields, origin=INVENTED)
        for facts in self.facts.get("calls", ()):
            told = writing.said("title", Text.of(facts["title"]))
            if not Call.objects.filter(title=told["title"]).exists():
                told |= writing.said("text", Text.of(facts["text"]))
                Call.objects.create(**{**self._dated(facts), **told}, origin=INVENTED)
