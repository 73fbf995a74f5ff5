"""A small pairing of jobs, invented: what the tests of the engine share."""

import numpy as np
import pyarrow as pa

from bassin.pairing import (
    Bounds,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Reach,
    Sentences,
    Signal,
    Tables,
)
from bassin.types import Text


def said(yes: str = "oui", no: str = "non", ask: str = "à demander") -> Sentences:
    return Sentences(Text(yes), Text(no), Text(ask))


LICENCE = Sentences(
    Text("Vous avez {common}.", "You hold {common}."),
    Text("Il faut {missing}.", "{missing} is wanted."),
    Text("Avez-vous {missing} ?", "Do you hold {missing}?"),
)
SKILLS = Sentences(
    Text("Vous savez déjà : {common}.", "You can already: {common}."),
    Text("Rien en commun.", "Nothing in common."),
    Text("L'offre ne dit pas ce qu'il faut savoir.", "The offer does not say what to know."),
)
JOURNEY = Sentences(
    Text("{minutes} minutes de trajet.", "{minutes} minutes away."),
    Text("{minutes} minutes, vous acceptez {most}.", "{minutes} minutes, you accept {most}."),
    Text("Trajet inconnu.", "Unknown journey."),
)

OFFERS = Pairing(
    slug="jobs.offers",
    title=Text("Offres", "Offers"),
    criteria=(
        Gate("contract", Text("Contrat"), Membership("contracts", "contract"), said()),
        Gate("licence", Text("Permis"), Membership("licences", "licences", every=True), LICENCE,
             labels="licences"),
        Gate("level", Text("Niveau"), Bounds(("level", "level"), ("level", "")), said()),
        Gate("far", Text("Trajet"), Reach("commune", "commune", "minutes", most="most"), JOURNEY),
        Signal("skills", Text("Compétences"), Overlap("skills", "skills", "skills"), 50, SKILLS,
               labels="skills"),
        Signal("near", Text("Métier proche"), Nearness("trades", "trade", "trades"), 30, said()),
        Signal("way", Text("Durée"), Reach("commune", "commune", "minutes", half=20), 20, JOURNEY),
    ),
)  # fmt: skip

TABLES = Tables(
    weights={"skills": {"drive": 3.0, "stock": 2.0, "read": 1.0}},
    nearness={"trades": (("N1101", "N1103", "K2204"),
                         np.array([[1, .7, .1], [.7, 1, .2], [.1, .2, 1]]))},
    reach={"minutes": (("94074", "94077", "94081"),
                       np.array([[0, 25, -1], [25, 0, 40], [-1, 40, 0]], dtype=np.int16))},
    labels={"licences": {"r489": Text("le CACES R489", "the R489 certificate")},
            "skills": {"drive": "conduire un chariot"}},
)  # fmt: skip

NEED = {
    "contracts": ["cdi", "cdd"], "licences": [], "level": 3, "commune": "94074", "most": 30,
    "skills": ["drive", "stock"], "trades": ["N1101"],
}  # fmt: skip


def offer(key: str, **fields) -> dict:
    return {
        "key": key, "contract": "cdi", "licences": [], "level": 0, "commune": "94074",
        "skills": ["drive", "stock"], "trade": "N1101", **fields,
    }  # fmt: skip


SCHEMA = pa.schema({
    "key": pa.string(), "contract": pa.string(), "licences": pa.list_(pa.string()),
    "level": pa.int16(), "commune": pa.string(), "skills": pa.list_(pa.string()),
    "trade": pa.string(),
})  # fmt: skip


def table(*rows: dict) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)
