"""What people type in the cells of a list of offers, turned into what an offer keeps.

Each function raises ValueError, with a sentence, on what it does not understand.
"""

import re
from datetime import time

from django.utils.translation import gettext as _

from bassin.commons.cells import (
    commune,
    day,
    number,
    one_of,
    rome,
    siret,
    text,
    whole,
    yes_or_no,
)
from bassin.letters import spaced
from bassin.match.jobs.licences import licences

__all__ = [
    "apply_by", "codes", "commune", "contract", "day", "french", "hour", "level", "number", "per",
    "rome", "siret", "text", "whole", "yes_or_no",
]  # fmt: skip

_CONTRACTS = {
    "cdi": "cdi", "cdd": "cdd", "interim": "interim", "mis": "interim", "saisonnier": "seasonal",
    "sai": "seasonal", "apprentissage": "apprenticeship", "iae": "iae", "cddi": "iae",
    "insertion": "iae", "professionnalisation": "professionalisation",
    "contrat de professionnalisation": "professionalisation",
    "contrat d'apprentissage": "apprenticeship",
}  # fmt: skip
_APPLY = {
    "appeler": "call", "telephone": "call", "postuler": "apply", "ecrire": "apply",
    "courriel": "apply", "venir": "come", "conseiller": "adviser",
}  # fmt: skip
_PER = {"heure": "hour", "mois": "month", "an": "year", "annee": "year"}
_LEVELS = {
    "aucun": 0, "sans": 0, "sans diplome": 0, "cap": 3, "bep": 3, "cap/bep": 3, "cap, bep": 3,
    "bac": 4, "bac+2": 5, "bac+3": 6, "bac+4": 6, "bac+5": 7, "doctorat": 8, "bac+8": 8,
}  # fmt: skip
_FRENCH = {"aucun": 0, "a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6}
contract = one_of(_CONTRACTS)
apply_by = one_of(_APPLY)
per = one_of(_PER)
french = one_of(_FRENCH)


def level(cell: str) -> int:
    """A level from 0 to 8, or the name of a diploma."""
    if re.fullmatch(r"[0-8]", cell.strip()):
        return int(cell)
    found = one_of(_LEVELS)(re.sub(r"\s*\+\s*", "+", cell))
    assert isinstance(found, int)
    return found


def hour(cell: str) -> time:
    """5:30, 5h30 or 5h."""
    found = re.fullmatch(r"(\d{1,2})\s*[hH:]\s*(\d{2})?", cell.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ValueError(_("“{cell}” is not an hour. Write 5h30.").format(cell=cell))
    return time(int(found[1]), int(found[2] or 0))


def codes(cell: str) -> list[str]:
    """Licences by their codes, a comma between; “aucun” is none."""
    if spaced(cell) == "aucun":
        return []
    asked = [each.strip().upper() for each in re.split(r"[,|/]", cell) if each.strip()]
    if unknown := [code for code in asked if code not in licences()]:
        raise ValueError(
            _("These licences are not in the list: {codes}.").format(codes=", ".join(unknown))
        )
    return asked
