"""An invented register of certifications, in the format of the one of France compétences.

Numbers begin at 99101, where no card is; titles say EXEMPLE.
"""

from pathlib import Path

from bassin.demo import facts
from bassin.demo.world import World
from bassin.demo.writing import write_csv

_ON = "2026_10_31"
CARDS = f"export_fiches_CSV_Standard_{_ON}.csv"
TRADES = f"export_fiches_CSV_Rome_{_ON}.csv"
DOMAINS = (f"export_fiches_CSV_Formacode_{_ON}.csv", f"export_fiches_CSV_Nsf_{_ON}.csv")
_CARD = (
    "Id_Fiche", "Numero_Fiche", "Intitule", "Abrege_Libelle", "Abrege_Intitule",
    "Nomenclature_Europe_Niveau", "Nomenclature_Europe_Intitule", "Accessible_Nouvelle_Caledonie",
    "Accessible_Polynesie_Francaise", "Date_dernier_jo", "Date_Decision",
    "Date_Fin_Enregistrement", "Date_Effet", "Type_Enregistrement", "Validation_Partielle", "Actif",
)  # fmt: skip


def write_cards(world: World, folder: Path) -> None:
    """Title, level, and until when one may enter."""
    rows = [
        (n, each["code"], each["label"], each["short"], "",
         f"NIV{each['level']}" if each["level"] else "",
         f"Niveau {each['level']}" if each["level"] else "", "Non", "Non", "", "",
         each["ends_on"], "", "Enregistrement inventé", "", each["state"])
        for n, each in enumerate(facts.rows("certifications"), start=1)
    ]  # fmt: skip
    write_csv(folder / CARDS, _CARD, rows, ";")


def write_trades(world: World, folder: Path) -> None:
    """The trades that each leads to."""
    labels = {each["rome_code"]: each["label"] for each in facts.rows("occupations")}
    rows = [
        (each["code"], code, f"{code} : {labels[code]}")
        for each in facts.rows("certifications") for code in each["trades"].split()
    ]  # fmt: skip
    write_csv(folder / TRADES, ("Numero_Fiche", "Codes_Rome_Code", "Codes_Rome_Libelle"), rows, ";")


def write_domains(world: World, folder: Path) -> None:
    """Formacode and speciality of each."""
    columns = (("Formacode_Code", "Formacode_Libelle"), ("Nsf_Code", "Nsf_Intitule"))
    for name, field, header in zip(DOMAINS, ("formacode", "nsf"), columns, strict=True):
        rows = []
        for each in facts.rows("certifications"):
            code, _colon, label = each[field].partition(":")
            rows.append((each["code"], code, f"{code} : {label}"))
        write_csv(folder / name, ("Numero_Fiche", *header), rows, ";")
