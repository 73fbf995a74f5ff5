"""What a certification leads to (trades) and is about (Formacode, NSF)."""

import ibis
import ibis.expr.types as ir

from bassin.sources.certifications.layout import (
    CODE_COLUMN,
    READ_ON,
    ZIP,
    RegisterFile,
    table,
)
from bassin.sources.contract import Column, Raw
from bassin.types import Text


class CertificationOccupations(RegisterFile):
    """Trades of certifications. Codes are of ROME 3 or of ROME 4 by the age of the card."""

    key = "certification_occupations"
    title = Text("Métiers des certifications", "Trades of certifications")
    files = ("*export_fiches_CSV_Rome_*.csv*", f"*{ZIP}")
    columns = {
        "certification_code": CODE_COLUMN,
        "rome_code": Column("VARCHAR", Text("Code ROME", "ROME code"), True, r"^[A-N]\d{4}$"),
        "read_on": READ_ON,
    }
    unique = ("certification_code", "rome_code")
    sort = ("certification_code", "rome_code")
    definition = Text(
        "Une ligne par fiche et métier visé.", "One row per card and trade it leads to."
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        read, day = table(con, raw, "rome", ["Numero_Fiche", "Codes_Rome_Code"])
        return read.select(
            certification_code=read.Numero_Fiche.strip(),
            rome_code=read.Codes_Rome_Code.strip(),
            read_on=day,
        ).distinct()


class CertificationDomains(RegisterFile):
    """Formacode and NSF specialities of certifications, which come in two files."""

    key = "certification_domains"
    title = Text("Domaines des certifications", "Domains of certifications")
    files = (
        "*export_fiches_CSV_Formacode_*.csv*", "*export_fiches_CSV_[Nn][Ss][Ff]_*.csv*", f"*{ZIP}",
    )  # fmt: skip
    columns = {
        "certification_code": CODE_COLUMN,
        "kind": Column(
            "VARCHAR", Text("formacode ou nsf", "formacode or nsf"), True, r"^(formacode|nsf)$"
        ),
        "domain_code": Column("VARCHAR", Text("Code", "Code"), True),
        "label": Column("VARCHAR", Text("Libellé", "Label, in French")),
        "read_on": READ_ON,
    }
    unique = ("certification_code", "kind", "domain_code")
    sort = ("certification_code", "kind", "domain_code")
    definition = Text(
        "Une ligne par fiche et domaine, du Formacode ou de la NSF.",
        "One row per card and domain, of Formacode or of NSF.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        if raw.path.suffix == ".zip":
            return ibis.union(_formacodes(con, raw), _specialities(con, raw))
        one = _specialities if "_nsf_" in raw.name.lower() else _formacodes
        return one(con, raw)


def _formacodes(con: ibis.BaseBackend, raw: Raw) -> ir.Table:
    wanted = ["Numero_Fiche", "Formacode_Code", "Formacode_Libelle"]
    read, day = table(con, raw, "formacode", wanted)
    return _domains(read, "formacode", read.Formacode_Code, read.Formacode_Libelle, day)


def _specialities(con: ibis.BaseBackend, raw: Raw) -> ir.Table:
    read, day = table(con, raw, "nsf", ["Numero_Fiche", "Nsf_Code", "Nsf_Intitule"])
    return _domains(read, "nsf", read.Nsf_Code, read.Nsf_Intitule, day)


def _domains(
    read: ir.Table, kind: str, code: ir.StringValue, label: ir.StringValue, day: ir.Value
) -> ir.Table:
    """Labels begin with their code in the export: « 22293 : Conduite travaux BTP »."""
    return read.select(
        certification_code=read.Numero_Fiche.strip(),
        kind=ibis.literal(kind),
        domain_code=code.strip(),
        label=label.strip().re_replace(r"^[0-9a-z]+\s*:\s*", ""),
        read_on=day,
    ).distinct()
