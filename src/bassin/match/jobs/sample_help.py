"""The sample's directory of who helps, its recruitment actions, presented trades and searches.

All is invented, from `jobs/invented-help.toml`. Nobody who came to an action is named; advisers
have invented names. What is there already is left as it is.
"""

import hashlib
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from bassin.commons.models import Event, Placement
from bassin.match.jobs.models import (
    Recruitment,
    Referral,
    Registration,
    SearchCount,
    Structure,
    TradeShown,
)
from bassin.match.jobs.sample_said import INVENTED, Facts
from bassin.parties.models import Organisation
from bassin.parties.sample import AUTHORITY

ANSWER_WITHIN = timedelta(days=15)
_STEPS = 6  # registered, came, had an interview, hired, there after 3 and after 6 months


def build(facts: Facts, today: date) -> None:
    """Add what is missing of each kind."""
    for rank, said in enumerate(facts["structures"]):
        if not Structure.objects.filter(name=said["name"], origin=INVENTED).exists():
            _structure(said, facts["source"], today, rank)
    for rank, said in enumerate(facts["referrals"]):
        if not Referral.objects.filter(receipt=_receipt("R", rank)).exists():
            _referral(said, today, rank)
    for said in facts["recruitments"]:
        if not Event.objects.filter(slug=said["slug"]).exists():
            _recruitment(said, today)
    for said in facts["shown"]:
        if not TradeShown.objects.filter(title=said["title"], origin=INVENTED).exists():
            _shown(said, today)
    _searches(facts, today)


def _receipt(kind: str, rank: int, slug: str = "") -> str:
    return f"E{kind}{hashlib.sha256(f'{slug}{rank}'.encode()).hexdigest()[:10]}".upper()


def _keeper(said: Facts) -> Organisation | None:
    """The authority keeps some of them up to date, and reads what is sent to them."""
    return Organisation.objects.filter(slug=AUTHORITY).first() if said.get("kept_by") else None


def _structure(said: Facts, source: str, today: date, rank: int) -> None:
    least, most = said.get("ages", (None, None))
    adviser = said.get("adviser", "")
    wait = said.get("wait")
    Structure.objects.create(
        organisation=_keeper(said),
        name=said["name"],
        kind=said["kind"],
        needs=said["needs"],
        publics=said.get("publics", []),
        age_from=least,
        age_to=most,
        conditions=said.get("conditions", ""),
        commune_codes=said.get("serves", []),
        commune_code=said["commune"],
        place=f"{rank + 1} rue de l'Exemple",
        hours=said["hours"],
        structure_telephone=f"01 99 00 90 {rank:02}",
        structure_email=f"accueil{rank}@example.org",
        languages=said.get("languages", ["fr"]),
        capacity=said.get("capacity"),
        wait_days=wait,
        wait_on=None if wait is None else today - timedelta(days=7),
        adviser_name=adviser,
        adviser_telephone=f"01 99 00 91 {rank:02}" if adviser else "",
        adviser_agreed_on=today - timedelta(days=30) if adviser else None,
        adviser_until=today + timedelta(days=150) if adviser else None,
        source=source,
        checked_on=today,
        origin=INVENTED,
    )


def _referral(said: Facts, today: date, rank: int) -> None:
    sent = today - timedelta(days=said["days"])
    acknowledged = said.get("acknowledged")
    outcome = said.get("outcome", "")
    Referral.objects.create(
        structure=Structure.objects.filter(name=said["structure"], origin=INVENTED)[0],
        through=Organisation.objects.filter(slug=AUTHORITY).first(),
        receipt=_receipt("R", rank),
        commune_code=said["commune"],
        need=said["need"],
        agreed_on=sent,
        agreed_how=Referral.Agreed.SPOKEN,
        sent_on=sent,
        due_on=sent + ANSWER_WITHIN,
        acknowledged_on=None if acknowledged is None else sent + timedelta(days=acknowledged),
        outcome=outcome,
        closed_on=sent + timedelta(days=20) if outcome else None,
        origin=INVENTED,
    )


def _recruitment(said: Facts, today: date) -> None:
    """The event in the agenda, the action, and its funnel."""
    on = today + timedelta(days=said["days"])
    begins = timezone.make_aware(datetime.combine(on, time(9, 30)))
    employer = Organisation.objects.get(slug=said["employer"])
    event = Event.objects.create(
        slug=said["slug"], title=said["title"], title_en=said["title_en"],
        text=said["words"], starts_at=begins,
        ends_at=begins + timedelta(hours=3), place=said["place"], commune_code=said["commune"],
        organiser=Organisation.objects.filter(slug=AUTHORITY).first(), origin=INVENTED,
    )  # fmt: skip
    action = Recruitment.objects.create(
        event=event, employer=employer, wanted=said["wanted"], rome_codes=said["trades"],
        places=60, words=said["words"], registers_until=on, cost_eur=said.get("cost"),
        cost_unit=Recruitment.CostUnit.TTC if said.get("cost") else "",
        cost_source=said.get("cost_source", ""),
        opened_on=min(today, on) - timedelta(days=20), origin=INVENTED,
    )  # fmt: skip
    event.reference = action.reference
    event.save()
    came = [*said["came"], *[None] * _STEPS][:_STEPS]
    for rank in range(came[0]):
        _registration(action, rank, came, on)


def _registration(action: Recruitment, rank: int, came: list[int | None], on: date) -> None:
    """The first ones went the furthest; what has not been asked yet is unknown."""
    reached = [None if count is None else rank < count for count in came]
    slug = action.event.slug
    placement = None
    if reached[3] and action.siret:
        placement = Placement.objects.create(
            token=f"{slug}-{rank}", hired_on=on + timedelta(days=10), employer_siret=action.siret,
            rome_code=action.rome_codes[0], contract="CDI", from_qpv=rank % 3 == 0,
            references=[action.reference], origin=INVENTED,
        )  # fmt: skip
    Registration.objects.create(
        recruitment=action,
        token=hashlib.sha256(f"{slug} {rank}".encode()).hexdigest(),
        receipt=_receipt("I", rank, slug),
        from_qpv=rank % 3 == 0,
        woman=None if rank % 7 == 6 else rank % 2 == 0,
        commune_code=action.event.commune_code,
        registered_on=min(action.opened_on + timedelta(days=rank % 15), on),
        event_on=on,
        attended=reached[1],
        interviewed=reached[2],
        placement=placement,
        present_3=reached[4] if placement else None,
        present_6=reached[5] if placement else None,
        origin=INVENTED,
    )


def _shown(said: Facts, today: date) -> None:
    TradeShown.objects.create(
        rome_code=said["trade"], kind=said["kind"], title=said["title"], text=said["text"],
        shown_until=today + timedelta(days=180), state=TradeShown.State.SHOWN,
        written_on=today, origin=INVENTED,
    )  # fmt: skip


def _searches(facts: Facts, today: date) -> None:
    """Numbers of the last four whole weeks."""
    monday = today - timedelta(days=today.weekday())
    SearchCount.objects.bulk_create(
        (
            SearchCount(
                rome_code=said["trade"], commune_code=said["commune"], searched=asked,
                in_vain=vain, week=monday - timedelta(weeks=ago + 1), origin=INVENTED,
            )
            for said in facts["searches"]
            for ago, (asked, vain) in enumerate(zip(said["asked"], said["in_vain"], strict=True))
        ),
        ignore_conflicts=True,
    )  # fmt: skip
