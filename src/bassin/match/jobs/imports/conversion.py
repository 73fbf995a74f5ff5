"""An offer as France Travail describes it, turned into ours. What it does not say stays unknown."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bassin.match.jobs.imports.records import Problem, Record
from bassin.match.jobs.imports.table import contradiction

ADDRESS = "https://candidat.francetravail.fr/offres/recherche/detail/{id}"
_CONTRACTS = {"CDI": "cdi", "CDD": "cdd", "MIS": "interim", "SAI": "seasonal"}
_NATURES = (
    ("apprentissage", "apprenticeship"),
    ("professionnalisation", "professionalisation"),
    ("insertion", "iae"),
)
_LEVELS = (
    ("bac+5", 7), ("bac+3", 6), ("bac+4", 6), ("bac+2", 5), ("bac ou", 4), ("cap", 3), ("bep", 3),
    ("bac", 4),
)  # fmt: skip
_PER = {"horaire": "hour", "mensuel": "month", "annuel": "year"}
_LICENCE = re.compile(r"^(BE|CE|A|B|C|D)\b", re.IGNORECASE)


def convert(raw: dict[str, Any]) -> Record | Problem:
    """Our record of it, or why it cannot be one."""
    number = str(raw.get("id") or "")
    title = str(raw.get("intitule") or "").strip()
    if not number or not title:
        return Problem(0, number or "id", _("an offer without a number or a title."), whole=True)
    fields: dict[str, Any] = {"title": title[:200], "text": str(raw.get("description") or "")}
    for part in (_trade, _employer, _contract, _place, _asked, _pay, _hours, _apply):
        fields |= {name: value for name, value in part(raw).items() if value is not None}
    fields = _kept(fields)
    if problem := contradiction(fields):
        return Problem(0, number, problem, whole=True)
    origin = _dict(raw, "origineOffre")
    url = str(origin.get("urlOrigine") or ADDRESS.format(id=number))
    return Record(number[:80], fields, url[:500], 0, _day(raw.get("dateCreation")))


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the values that our own rules would refuse: an address cut short, a bad SIRET."""
    kept = dict(fields)
    for name in ("employer_siret", "contact_email", "apply_url", "rome_code", "hours_week"):
        if name in kept and contradiction({"title": "x", name: kept[name]}):
            del kept[name]
    return kept


def _dict(raw: dict[str, Any], name: str) -> dict[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _list(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None


def _trade(raw: dict[str, Any]) -> dict[str, Any]:
    return {"rome_code": str(raw.get("romeCode") or "")}


def _employer(raw: dict[str, Any]) -> dict[str, Any]:
    firm = _dict(raw, "entreprise")
    return {
        "employer_name": str(firm.get("nom") or "")[:200],
        "employer_siret": str(firm.get("siret") or ""),
    }


def _contract(raw: dict[str, Any]) -> dict[str, Any]:
    nature = str(raw.get("natureContrat") or "").lower()
    code = next((ours for word, ours in _NATURES if word in nature), None)
    code = code or _CONTRACTS.get(str(raw.get("typeContrat") or ""))
    found = re.search(r"(\d+)\s*mois", str(raw.get("typeContratLibelle") or "").lower())
    months = int(found[1]) if found and code != "cdi" else None
    posts = raw.get("nombrePostes")
    return {
        "contract": code or "",
        "contract_months": months,
        "positions": posts if isinstance(posts, int) and 1 <= posts <= 999 else 1,
    }


def _place(raw: dict[str, Any]) -> dict[str, Any]:
    place = _dict(raw, "lieuTravail")
    found: dict[str, Any] = {
        "commune_code": str(place.get("commune") or "")[:5],
        "place": re.sub(r"^\d{2,3}\s*-\s*", "", str(place.get("libelle") or ""))[:200],
    }
    latitude, longitude = _float(place.get("latitude")), _float(place.get("longitude"))
    if latitude is not None and longitude is not None:
        found |= {"latitude": latitude, "longitude": longitude}
    return found


def _float(said: Any) -> float | None:
    try:
        return float(said)
    except (TypeError, ValueError):
        return None


def _demanded(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those asked for (E), not only wished for (S)."""
    return [each for each in listed if each.get("exigence") == "E"]


def _asked(raw: dict[str, Any]) -> dict[str, Any]:
    skills = [each for each in _list(raw, "competences") if each.get("code")]
    required = [str(each["code"]) for each in _demanded(skills)]
    wished = [str(each["code"]) for each in skills if each.get("exigence") != "E"]
    return {
        "level": _level(_demanded(_list(raw, "formations"))),
        "experience_months": _experience(raw),
        "licences": _licences(raw),
        "required_items": required or None,
        "desired_items": wished or None,
    }


def _level(asked: list[dict[str, Any]]) -> int | None:
    """The highest that is demanded. No line is not a “none”: it was not said."""
    found = [
        next((ours for word, ours in _LEVELS if word in said), None)
        for said in (re.sub(r"\s*\+\s*", "+", str(each.get("niveauLibelle") or "").lower())
                     for each in asked)
    ]  # fmt: skip
    known = [level for level in found if level is not None]
    return max(known) if known else None


def _experience(raw: dict[str, Any]) -> int | None:
    """D: beginners welcome. Else the months or years of its words; unknown without them."""
    if raw.get("experienceExige") == "D":
        return 0
    if raw.get("experienceExige") != "E":
        return None
    found = re.search(r"(\d+)\s*(an|mois)", str(raw.get("experienceLibelle") or "").lower())
    return int(found[1]) * (12 if found[2] == "an" else 1) if found else None


def _licences(raw: dict[str, Any]) -> list[str] | None:
    found = [
        match[1].upper()
        for each in _demanded(_list(raw, "permis"))
        if (match := _LICENCE.match(str(each.get("libelle") or "")))
    ]
    return sorted(set(found)) or None


def _pay(raw: dict[str, Any]) -> dict[str, Any]:
    """“Mensuel de 1800.0 Euros à 2000.0 Euros sur 12.0 mois”."""
    said = str(_dict(raw, "salaire").get("libelle") or "")
    per = next((ours for word, ours in _PER.items() if said.lower().startswith(word)), None)
    amounts = [
        Decimal(each.replace(",", "."))
        for each in re.findall(r"(\d{1,7}(?:[.,]\d{1,2})?)\s*Euros", said)
    ]
    if per is None or not amounts:
        return {}
    low, high = min(amounts), max(amounts)
    return {"pay_per": per, "pay_from_eur": low, "pay_to_eur": high}


def _hours(raw: dict[str, Any]) -> dict[str, Any]:
    """“35H Travail samedi et dimanche”, “24H30/semaine”."""
    said = str(raw.get("dureeTravailLibelle") or "")
    found = re.match(r"\s*(\d{1,2})\s*H\s*(\d{2})?\b", said, re.IGNORECASE)
    weekend = True if re.search(r"samedi|dimanche|week.?end", said, re.IGNORECASE) else None
    hours = Decimal(found[1]) + Decimal(found[2] or 0) / 60 if found else None
    return {"hours_week": hours and round(hours, 1), "weekend": weekend}


def _apply(raw: dict[str, Any]) -> dict[str, Any]:
    contact = _dict(raw, "contact")
    url = str(contact.get("urlPostulation") or contact.get("urlRecruteur") or "")
    telephone = str(contact.get("telephone") or "")[:30]
    email = str(contact.get("courriel") or "")
    if "@" not in email or " " in email:  # a sentence stands there when there is no address
        email = ""
    name = "" if url else str(contact.get("nom") or "")[:120]
    return {
        "apply_by": "call" if telephone and not (url or email) else "apply",
        "apply_url": url[:500] or _dict(raw, "origineOffre").get("urlOrigine")
        or ADDRESS.format(id=raw.get("id")),
        "contact_telephone": telephone,
        "contact_email": email,
        "contact_name": name,
    }  # fmt: skip
