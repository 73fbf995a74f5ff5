"""A small network for the tests: sites, an invented register, courses with and without dates."""

from datetime import date, timedelta

from bassin.match.skills.models import Course, Session, Site, TrainingBody

TODAY = date(2026, 11, 26)
NEAR, FAR = "94074", "94080"


def certifications():
    """An invented register: one card open, one over, one that says nothing."""
    read = date(2026, 2, 1)
    cards = [
        ("RNCP99001", "Conducteur EXEMPLE", 3, True, date(2028, 8, 31)),
        ("RNCP99002", "Magasinier EXEMPLE", 3, False, date(2025, 12, 31)),
        ("RNCP99003", "Trieur EXEMPLE", None, None, None),
    ]
    trades = [("RNCP99001", "N1101"), ("RNCP99002", "N1103"), ("RNCP99003", "K2304")]
    return {
        "certifications": [
            {"certification_code": code, "read_on": read, "label": label, "short_label": "TP",
             "level": level, "active": active, "ends_on": ends_on}
            for code, label, level, active, ends_on in cards
        ],
        "certification_occupations": [
            {"certification_code": code, "rome_code": trade, "read_on": read}
            for code, trade in trades
        ],
        "certification_domains": [
            {"certification_code": "RNCP99001", "kind": "formacode", "domain_code": "31768",
             "label": "Engin de chantier", "read_on": read},
        ],
    }  # fmt: skip


def site(commune_code=NEAR, *, body=None, **more):
    """A site of a body; another body each time unless one is given."""
    body = body or TrainingBody.objects.create(name="EXEMPLE FORMATION")
    given = {"name": "Campus", "place": "1 rue de l'Exemple"} | more
    return Site.objects.create(body=body, commune_code=commune_code, **given)


def course(where, *sessions, **more):
    """A course at a site, and its sessions: (days from today, places, entrants)."""
    given = {"title": "Conduire un chariot", "checked_on": TODAY, "rome_codes": ["N1101"]} | more
    made = Course.objects.create(site=where, **given)
    for days, places, entrants in sessions:
        Session.objects.create(
            course=made, starts_on=TODAY + timedelta(days), places=places, entrants=entrants
        )
    return made
