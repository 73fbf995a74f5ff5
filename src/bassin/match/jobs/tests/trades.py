"""Five trades of a small ROME, written for the tests, put in a house."""

from typing import Any

from bassin.types import Origin
from tests.support.installing import put

LABELS = {
    "N1101": "Conduite d'engins de déplacement des charges",
    "N1103": "Magasinage et préparation de commandes",
    "K2204": "Nettoyage de locaux",
    "J1501": "Soins d'hygiène, de confort du patient",
    "G1602": "Personnel de cuisine",
}
TITLES = {
    "N1101": ("Cariste", "Conducteur / Conductrice de chariot élévateur"),
    "N1103": ("Préparateur / Préparatrice de commandes", "Magasinier / Magasinière"),
    "K2204": ("Agent / Agente de propreté", "Agent / Agente d'entretien de bureaux"),
    "J1501": ("Aide-soignant / Aide-soignante",),
    "G1602": ("Cuisinier / Cuisinière", "Commis / Commise de cuisine"),
}
ITEMS = {
    "900001": "Conduire un chariot élévateur",
    "900002": "Ranger des palettes en rayonnage",
    "900003": "Préparer une commande",
    "900004": "Nettoyer des sols",
    "900005": "Respecter des règles d'hygiène",
    "900006": "Aider une personne à se laver",
    "900007": "Cuisiner des plats",
}
HAS = {
    "N1101": ("900001", "900002"),
    "N1103": ("900002", "900003"),
    "K2204": ("900004", "900005"),
    "J1501": ("900005", "900006"),
    "G1602": ("900005", "900007"),
}


def put_trades(house: Any) -> None:
    """Publish them as the readers of ROME would."""
    codes = [
        {"rome_code": code, "version": "v347", "label": label, "ogr_code": str(n), "domain_code":
         code[:3]}
        for n, (code, label) in enumerate(LABELS.items(), start=1)
    ]  # fmt: skip
    pairs = [(code, title) for code, titles in TITLES.items() for title in titles]
    titles = [
        {"appellation_code": str(500 + n), "rome_code": code, "version": "v347", "label": title,
         "short_label": title}
        for n, (code, title) in enumerate(pairs)
    ]  # fmt: skip
    items = [
        {"item_code": code, "version": "v347", "kind": "activity", "label": label}
        for code, label in ITEMS.items()
    ]
    links = [
        {"rome_code": code, "item_code": item, "version": "v347", "kind": "activity",
         "is_core": True, "position": 1}
        for code, held in HAS.items() for item in held
    ]  # fmt: skip
    put(
        house, Origin.REAL, rome_occupations=codes, rome_appellations=titles, rome_items=items,
        rome_skills=links,
    )  # fmt: skip
