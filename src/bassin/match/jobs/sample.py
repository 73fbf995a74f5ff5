"""The sample's offers: some told one by one, the others drawn from the sample's own counts.

All is invented and marked so, from `jobs/invented.toml` and `jobs/invented-posts.csv` among the
authority's documents. They are written when no offer of the sample is open: once, then again when
the last of them is over.
"""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from bassin.match.jobs import sample_drawn, sample_help
from bassin.match.jobs.models import Application, Feed, Offer, OfferSource
from bassin.match.jobs.sample_said import INVENTED, Facts, hours_of, monthly, way_to_apply
from bassin.match.jobs.sample_store import Shelf
from bassin.parties.models import Organisation
from bassin.parties.sample import organisation

FOLDER, FACTS, POSTS = "jobs", "invented.toml", "invented-posts.csv"
HELP = "invented-help.toml"


def build(today: date) -> None:
    """Write what is missing: offers, who helps, recruitment actions, presented trades."""
    folder = Path(settings.VAR) / "authority" / FOLDER
    if not (folder / FACTS).exists():
        return
    facts = tomllib.loads((folder / FACTS).read_text("utf-8"))
    _offers(facts, folder, today)
    sample_help.build(tomllib.loads((folder / HELP).read_text("utf-8")), today)


def _offers(facts: Facts, folder: Path, today: date) -> None:
    """Write the offers, unless some of the sample's are open."""
    if Offer.objects.filter(origin=INVENTED).open(today).exists():
        return
    shelf = Shelf.opened()
    employers = {each["slug"]: _employer(each, shelf) for each in facts["employers"]}
    _tell(facts, employers, today)
    feeds = [_feed(each, today) for each in facts["feeds"]]
    with (folder / POSTS).open(encoding="utf-8", newline="") as file:
        posts = {row["rome_code"]: row for row in csv.DictReader(file)}
    drawn = sample_drawn.Drawing(facts, posts, shelf, today).offers()
    _keep(drawn, feeds, today)


def _employer(facts: Facts, shelf: Shelf) -> Organisation:
    """An invented firm of that activity there; its name alone where the store has none."""
    firm = shelf.largest(facts["commune"], facts["naf"])
    return organisation(
        facts["slug"],
        Organisation.Kind.FIRM,
        firm.name if firm else facts["slug"].replace("-", " ").upper(),
        commune_code=facts["commune"],
        origin=INVENTED,
        **({"siret": firm.siret} if firm else {}),
    )


def _feed(facts: Facts, today: date) -> tuple[Feed, int]:
    made, _new = Feed.objects.update_or_create(
        slug=facts["slug"],
        defaults={"read_on": today},
        create_defaults={
            "title": facts["title"], "kind": facts["kind"], "read_on": today, "origin": INVENTED,
        },
    )  # fmt: skip
    return made, facts["share"]


def _tell(facts: Facts, employers: dict[str, Organisation], today: date) -> None:
    """The offers written one by one: what their employers wrote here themselves."""
    firms = employers | {each.slug: each for each in Organisation.objects.filter(origin=INVENTED)}
    made = Offer.objects.bulk_create(
        _told(facts, said, firms, today, rank) for rank, said in enumerate(facts["offers"])
    )
    Application.objects.bulk_create(
        receipt
        for offer, said in zip(made, facts["offers"], strict=True)
        for receipt in _receipts(offer, said, today)
    )


def _receipts(offer: Offer, said: Facts, today: date) -> Iterator[Application]:
    """What nameless candidates kept, the first of them answered."""
    sent, answered = said.get("receipts", (0, 0))
    for rank in range(sent):
        yield Application(
            offer=offer,
            receipt=f"EX{offer.pk:06}{rank:04}",
            applied_on=today - timedelta(days=2),
            answered_on=today - timedelta(days=1) if rank < answered else None,
            origin=INVENTED,
        )


def _told(
    facts: Facts, said: Facts, firms: dict[str, Organisation], today: date, rank: int
) -> Offer:
    hours = Decimal(said.get("hours", 35))
    least, most = said["pay"]
    return Offer(
        title=said["title"],
        text=f"{said['text']} {facts['note']}",
        rome_code=said["rome"],
        employer=firms.get(said.get("employer", "")),
        employer_name="" if said.get("employer") in firms else "EXEMPLE EMPLOYEUR",
        contract=said["contract"],
        contract_months=said.get("duration"),
        hours_week=hours,
        pay_from_eur=monthly(facts, least, hours),
        pay_to_eur=monthly(facts, most, hours),
        pay_per=Offer.PayPer.MONTH,
        level=said.get("level"),
        experience_months=said.get("months"),
        french_level=said.get("french"),
        licences=said.get("licences"),
        airport_badge=said.get("badge"),
        clause=said.get("clause"),
        commune_code=said.get("commune", ""),
        positions=said.get("positions", 1),
        origin=INVENTED,
        **hours_of(facts, said.get("shift", "")),
        **way_to_apply(said["apply"], rank, said.get("words", "")),
        **_life(said, today, rank),
    )


def _life(said: Facts, today: date, rank: int) -> Facts:
    """Where it stands, and since when."""
    written = today - timedelta(days=3 + rank % 9)
    state = said.get("state", Offer.State.PUBLISHED)
    life: Facts = {"state": state, "written_on": written}
    if state in (Offer.State.SUBMITTED, Offer.State.REFUSED, Offer.State.PUBLISHED):
        life["submitted_on"] = written
    if state == Offer.State.REFUSED:
        life |= {"refused_why": said["why"], "moderated_on": written + timedelta(days=1)}
    if state == Offer.State.PUBLISHED:
        life |= {
            "published_on": written + timedelta(days=1), "confirmed_on": today,
            "moderated_on": written + timedelta(days=1),
            "expires_on": today + timedelta(days=60),
        }  # fmt: skip
    return life


def _keep(drawn: list[sample_drawn.Drawn], feeds: list[tuple[Feed, int]], today: date) -> None:
    """Each drawn offer with the feed it came by; a few came by two."""
    made = Offer.objects.bulk_create(each.offer for each in drawn)
    sources = []
    for offer, each in zip(made, drawn, strict=True):
        feed = _by_share(feeds, each.luck)
        also = [other for other, _share in feeds if other.pk != feed.pk][:1] if each.twice else []
        sources += [_source(offer, feed, today) for feed in (feed, *also)]
    OfferSource.objects.bulk_create(sources)


def _by_share(feeds: list[tuple[Feed, int]], luck: int) -> Feed:
    for feed, share in feeds:
        if luck < share:
            return feed
        luck -= share
    return feeds[-1][0]


def _source(offer: Offer, feed: Feed, today: date) -> OfferSource:
    first = offer.published_on or today
    return OfferSource(
        offer=offer,
        feed=feed,
        external_id=f"EX-{today:%y%m%d}-{offer.pk}",
        first_seen_on=first,
        last_seen_on=offer.closed_on or today,
        said={"title": offer.title, "employer_name": offer.employer_name},
        origin=INVENTED,
    )
