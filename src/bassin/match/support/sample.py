"""The sample's cases: all invented, from `support/invented.toml` among the authority's documents.

They are written once; what was changed since stays. The firms are among the sample's own.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from bassin.match.support import sample_promises
from bassin.match.support.models import (
    Backed,
    Case,
    Contact,
    Interaction,
    Lead,
    Reach,
    Referral,
    Share,
    Task,
)
from bassin.parties.models import Membership, Organisation, Person
from bassin.parties.sample import AUTHORITY, organisation
from bassin.types import Origin
from bassin.ui.opened import house

FACTS = Path("support", "invented.toml")
TOLD_OF = 4
"""One contact in so many was not told that letters may come."""
INVENTED = Origin.INVENTED.value
Facts = dict[str, Any]
_FIRM = """
    SELECT siret, name, naf_code FROM establishments_shown
    WHERE state = 'A' AND NOT is_hidden AND name IS NOT NULL AND commune_code = ?
        AND starts_with(naf_code, ?) ORDER BY headcount_band DESC NULLS LAST, siret LIMIT 1
"""


_BORN = """
    SELECT siret, created_on FROM establishments_shown
    WHERE NOT is_hidden AND moved_from IS NULL AND commune_code IN (SELECT unnest(?))
        AND created_on BETWEEN ? AND ? AND hash(siret) % ? = 0 ORDER BY siret LIMIT ?
"""


def build(today: date) -> None:
    """Write the cases of the sample, unless some are there."""
    path = Path(settings.VAR) / "authority" / FACTS
    if not path.exists():
        return
    facts = tomllib.loads(path.read_text("utf-8"))
    if not Case.objects.filter(origin=INVENTED).exists():
        _cases(facts, today)
    sample_promises.build(facts, today)


def _cases(facts: Facts, today: date) -> None:
    for slug, (kind, name) in facts["bodies"].items():
        organisation(slug, kind, name, origin=INVENTED)
    people = _people(facts, today)
    for rank, said in enumerate(facts["cases"]):
        body = Organisation.objects.get(slug=said.get("body", AUTHORITY))
        _case(said, body, people, today, rank)
    _cohorts(facts["cohorts"], today)


def _people(facts: Facts, today: date) -> dict[str, Person]:
    """The advisers, who cannot sign in, and the two of the sample who can."""
    lucie = "cci-val-de-marne"
    found = {
        name: Person.objects.get(email=f"{name}@example.org") for name in ("awa", "bruno")
    }  # fmt: skip
    for key, name in facts["advisers"].items():
        person, new = Person.objects.get_or_create(name=name, origin=INVENTED, email=None)
        if new:
            Membership.objects.create(
                person=person, role=Membership.Role.OFFICER, title="conseil aux entreprises",
                starts_on=today.replace(month=1, day=1),
                organisation=Organisation.objects.get(slug=lucie if key == "lucie" else AUTHORITY),
            )  # fmt: skip
        found[key] = person
    return found


def _firm(said: Facts, rank: int) -> Facts:
    """An invented establishment of that activity there; the name alone of a project."""
    if said["kind"] != Case.Kind.FIRM:
        return {"firm_name": said["name"], "naf_code": ""}
    reader = house().reader
    loaded = reader.has("establishments_shown")
    rows = reader.rows(_FIRM, [said["commune"], said["naf"]]) if loaded else []
    if not rows:
        siren = f"{rank:09}"
        return {"firm_name": f"EXEMPLE {said['naf']} {rank:02}", "siren": siren}
    siret, name, naf_code = rows[0]
    return {"siret": siret, "siren": siret[:9], "firm_name": name, "naf_code": naf_code}


def _moment(today: date, ago: int, hour: int = 9) -> datetime:
    day = min(today - timedelta(days=ago), today)
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


def _case(
    said: Facts, body: Organisation, people: dict[str, Person], today: date, rank: int
) -> None:
    adviser = people[said["lead"]]
    reached = [ago for kind, ago, _words in said["notes"] if kind in Interaction.CONTACTS]
    last = min(reached, default=said["asked"])
    closed = said.get("outcome", "")
    made = Case.objects.create(
        kind=said["kind"], organisation=body, adviser=adviser, title=said["title"],
        text=said.get("text", ""), needs=said["needs"], commune_code=said.get("commune", ""),
        stage=said.get("stage", ""), social_form=said.get("form", ""), woman=said.get("woman"),
        from_qpv=said.get("quarter"), jobs_count=said.get("jobs"),
        created_on=today - timedelta(days=said["created"]) if "created" in said else None,
        channel="call", asked_at=_moment(today, said["asked"]),
        answered_at=_moment(today, max(reached), 11) if reached else None,
        last_contact_on=today - timedelta(days=last),
        state=Case.State.CLOSED if closed else Case.State.OPEN, outcome=closed,
        closed_on=today - timedelta(days=max(0, last - 5)) if closed else None,
        origin=INVENTED, **_firm(said, rank),
    )  # fmt: skip
    Lead.objects.create(case=made, adviser=adviser, since_on=today - timedelta(days=said["asked"]))
    contact = Contact.objects.create(
        case=made, contact_name=f"Contact Exemple {rank + 1}", function="direction",
        contact_telephone=f"01 99 00 92 {rank:02}", contact_email=f"contact{rank}@example.org",
    )  # fmt: skip
    if rank % TOLD_OF:
        Reach.objects.create(contact=contact, ground=Reach.Ground.TOLD, on=today, by=adviser)
    _done(made, said, adviser, today)
    if "partner" in said:
        _shared(made, said, adviser, today)


def _done(made: Case, said: Facts, adviser: Person, today: date) -> None:
    for kind, ago, words in said["notes"]:
        Interaction.objects.create(
            case=made, kind=kind, on=today - timedelta(days=ago), text=words, by=adviser,
            organisation=made.organisation, minutes=90 if kind == "visit" else None,
        )  # fmt: skip
    if "private" in said:
        Interaction.objects.create(
            case=made, kind=Interaction.Kind.NOTE, on=made.last_contact_on, text=said["private"],
            by=adviser, organisation=made.organisation, private=True,
        )  # fmt: skip
    for what, ahead in said.get("tasks", []):
        Task.objects.create(
            case=made, what=what, due_on=today + timedelta(days=ahead), assignee=adviser
        )


def _shared(made: Case, said: Facts, adviser: Person, today: date) -> None:
    slug, scope, need, state, ago = said["partner"]
    on = today - timedelta(days=ago)
    given = Share.objects.create(
        case=made, organisation=Organisation.objects.get(slug=slug), scope=scope,
        purpose="répondre à ce besoin", person_name="Contact Exemple", agreed_on=on,
        agreed_how=Share.How.SPOKEN, by=adviser,
    )  # fmt: skip
    over = state in (Referral.State.DONE, Referral.State.NOT_FOR_ME)
    taken = over or state == Referral.State.TAKEN
    Referral.objects.create(
        share=given, need=need, sent_by=adviser, sent_on=on, state=state,
        taken_on=on + timedelta(days=2) if taken else None,
        ended_on=on + timedelta(days=20) if over else None, answer=said.get("answer", ""),
        reminders=3 if state == Referral.State.NO_NEWS else 0,
        reminded_on=on + timedelta(days=21) if state == Referral.State.NO_NEWS else None,
    )  # fmt: skip


def _cohorts(facts: list[Facts], today: date) -> None:
    """Invented firms of the sample, taken by chance: no agreement of the sample helps anybody."""
    opened = house()
    if not opened.reader.has("establishments_shown"):
        return
    body = Organisation.objects.get(slug=AUTHORITY)
    since, until = today.replace(year=today.year - 5, month=1, day=1), today - timedelta(days=400)
    for said in facts:
        asked = [list(opened.home.communes), since, until, said["one_in"], said["most"]]
        Backed.objects.bulk_create(
            (
                Backed(siret=siret, organisation=body, agreement=said["agreement"], born_on=born,
                       origin=INVENTED)
                for siret, born in opened.reader.rows(_BORN, asked)
            ),
            ignore_conflicts=True,
        )  # fmt: skip
