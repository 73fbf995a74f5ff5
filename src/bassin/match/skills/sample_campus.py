"""The sample's training bodies, sites, courses and sessions: all invented, and marked so.

They come from `skills/invented-campus.toml` among the authority's documents; a course that is there
already is left as it is.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from bassin.match.skills.models import Course, Session, Site, TrainingBody
from bassin.types import Origin

FOLDER, FACTS = "skills", "invented-campus.toml"
INVENTED = Origin.INVENTED.value
Facts = dict[str, Any]


def build(today: date) -> None:
    """Add what is missing; nothing without the documents of the sample's authority."""
    path = Path(settings.VAR) / "authority" / FOLDER / FACTS
    if not path.exists():
        return
    facts = tomllib.loads(path.read_text("utf-8"))
    for said in facts["bodies"]:
        body = _body(said)
        for there in said["sites"]:
            site = _site(body, there)
            for taught in there["courses"]:
                if not Course.objects.filter(site=site, title=taught["title"]).exists():
                    _course(site, taught, facts, today)


def _body(said: Facts) -> TrainingBody:
    commune, place = said.get("seat", ("", ""))
    made, _new = TrainingBody.objects.get_or_create(
        name=said["name"], origin=INVENTED,
        defaults={
            "qualiopi": said.get("qualiopi"), "commune_code": commune, "place": place,
            "body_telephone": said.get("telephone", ""),
        },
    )  # fmt: skip
    return made


def _site(body: TrainingBody, said: Facts) -> Site:
    latitude, longitude = said.get("point", (None, None))
    made, _new = Site.objects.get_or_create(
        body=body, name=said["name"], origin=INVENTED,
        defaults={
            "commune_code": said["commune"], "place": said["place"], "latitude": latitude,
            "longitude": longitude, "airport_badge": said.get("badge"),
        },
    )  # fmt: skip
    return made


def _course(site: Site, said: Facts, facts: Facts, today: date) -> None:
    insertion = said.get("insertion")
    course = Course.objects.create(
        site=site,
        title=said["title"],
        text=facts["note"],
        certification_code=said.get("certification", ""),
        rome_codes=said.get("trades", []),
        entry_level=said.get("entry"),
        hours=said["hours"],
        modality=said.get("modality", Course.Modality.ONSITE),
        rhythm=said["rhythm"],
        cost_eur=said.get("cost"),
        cost_per=said.get("per", "course") if "cost" in said else "",
        funding=said.get("funding", []),
        sector=said.get("sector", ""),
        permanent=said.get("permanent"),
        insertion_pct=insertion,
        insertion_source="" if insertion is None else facts["source"],
        checked_on=today,
        origin=INVENTED,
    )
    for days, months, places, entrants in said["sessions"]:
        begins = today + timedelta(days)
        counted = places and entrants >= 0
        Session.objects.create(
            course=course, starts_on=begins, ends_on=begins + timedelta(max(5, 30 * months)),
            places=places or None, entrants=entrants if counted else None,
            counted_on=today if counted else None, origin=INVENTED,
        )  # fmt: skip
