"""Whether a correction still holds beside what the source says today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bassin.indicators.house import House
from bassin.observe.companies import correctable, finding
from bassin.observe.companies.models import Correction
from bassin.observe.companies.rows import Establishment

_STATE = Correction.State


class Standing(StrEnum):
    """What became of the source since the report."""

    HOLDS = "holds"  # it still says what was said wrong
    TAKEN_UP = "taken_up"  # it now says what the correction says
    CHANGED = "changed"  # it says something else: an officer is asked
    GONE = "gone"  # it no longer lists the establishment
    HIDDEN = "hidden"  # its identity is hidden now: the correction is told to nobody


def standing(correction: Correction, found: Establishment | None) -> Standing:
    """What became of one correction."""
    if found is None:
        return Standing.GONE
    datum = correctable.DATA.get(correction.column)
    if datum is None or (found.is_hidden and datum.identity):
        return Standing.HIDDEN
    said = correctable.value(found, correction.column)
    if said == correction.source_value:
        return Standing.HOLDS
    return Standing.TAKEN_UP if said == correction.value else Standing.CHANGED


@dataclass(frozen=True, slots=True)
class Told:
    """A correction with what the source says today, in words; nothing of one that is hidden."""

    correction: Correction
    standing: Standing
    label: str
    before: str
    now: str
    value: str
    found: Establishment | None


def told(correction: Correction, found: Establishment | None, language: str) -> Told:
    """One correction, ready to be read."""
    stands = standing(correction, found)
    datum = correctable.DATA.get(correction.column)
    label = datum.label.say(language) if datum else correction.column
    if stands is Standing.HIDDEN or datum is None:
        return Told(correction, stands, label, "", "", "", found)
    column = correction.column
    now = correctable.written(column, correctable.value(found, column), language) if found else ""
    return Told(
        correction, stands, label,
        correctable.written(column, correction.source_value, language), now,
        correctable.written(column, correction.value, language), found,
    )  # fmt: skip


def of(found: Establishment, language: str) -> dict[str, Told]:
    """The accepted corrections of one establishment that may be shown, by column."""
    kept = Correction.objects.filter(siret=found.siret, state=_STATE.ACCEPTED)
    listed = (told(each, found, language) for each in kept)
    return {
        each.correction.column: each
        for each in listed
        if each.standing in (Standing.HOLDS, Standing.TAKEN_UP)
    }


def told_all(house: House, kept: Iterable[Correction], language: str) -> list[Told]:
    """Several corrections, their establishments read at once."""
    listed = list(kept)
    rows = {each.siret: each for each in finding.several(house, [c.siret for c in listed])}
    return [told(each, rows.get(each.siret), language) for each in listed]


def exported(house: House) -> list[dict[str, Any]]:
    """What the publisher may take: accepted corrections that it has not taken up; no author."""
    accepted = Correction.objects.filter(state=_STATE.ACCEPTED).order_by("siret", "column")
    kept: Sequence[Told] = told_all(house, accepted, "fr")
    return [
        {
            "siret": each.correction.siret,
            "colonne": each.correction.column,
            "valeur_source": each.correction.source_value,
            "date_source": each.correction.source_period,
            "valeur_corrigee": each.correction.value,
            "qualite_de_l_auteur": each.correction.quality,
            "signalee_le": each.correction.reported_on.isoformat(),
            "acceptee_le": each.correction.decided_on.isoformat()
            if each.correction.decided_on
            else "",
            "suite": each.standing.value,
            "origin": each.correction.origin,
        }
        for each in kept
        if each.standing in (Standing.HOLDS, Standing.CHANGED)
    ]
