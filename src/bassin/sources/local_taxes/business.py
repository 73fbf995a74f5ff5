"""Local taxes on businesses by commune: bases, rates and amounts (DGFiP, REI)."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

TAXES = ("CFE", "CVAE", "IFER", "TASCOM")


class LocalTaxes(Source):
    """Elements of the REI about business taxes: one row per commune, year and variable.

    Written for the OFGL's export of the REI (`rei*.csv`: semicolons, byte-order mark; annee, idcom,
    var, varlib, categorie, dispositif_fiscal, destinataire, valeur, secret_statistique). Paris,
    Lyon and Marseille are one commune each. Most communes levy no CFE themselves: their grouping
    does, so no row for the commune does not mean no business. The publisher leaves zeros out; a
    value hidden by secrecy is NULL and flagged. Bases, rates and amounts never add up together.
    """

    key = "local_taxes"
    title = Text("Fiscalité locale des entreprises (REI)", "Local business taxes (REI)")
    publisher = "DGFiP, OFGL"
    licence = "Licence Ouverte 2.0"
    page = "https://data.ofgl.fr/explore/dataset/rei/"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=2 * 365)
    files = ("rei.csv*", "rei[-_]*.csv*", "ofgl-rei*.csv*")
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Année d'imposition", "Tax year"), True, r"^\d{4}$"),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "tax": Column(
            "VARCHAR", Text("CFE, CVAE, IFER ou TASCOM", "CFE, CVAE, IFER or TASCOM"), True
        ),
        "beneficiary": Column(
            "VARCHAR", Text("Destinataire : Commune, GFP…", "Who receives it: Commune, GFP…"), True
        ),
        "measure": Column(
            "VARCHAR", Text("base, amount, rate ou autre", "base, amount, rate or other"), True
        ),
        "variable_code": Column(
            "VARCHAR", Text("Code de la variable du REI", "Code of the variable in the REI"), True
        ),
        "variable_label": Column(
            "VARCHAR", Text("Libellé de la variable", "Label of the variable, in French"), True
        ),
        "value": Column(
            "DOUBLE",
            Text("Euros, ou pour cent si c'est un taux", "Euros, or percent where it is a rate"),
        ),
        "value_masked": Column("BOOLEAN", Text("Valeur secrète", "Hidden value"), True),
    }
    unique = ("commune_code", "period", "tax", "variable_code")
    sort = ("commune_code", "period", "tax")
    definition = Text(
        "Une ligne par commune, année et variable des impôts économiques.",
        "One row per commune, year and variable of business taxes.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["annee", "idcom", "var", "varlib", "categorie", "dispositif_fiscal"]
        wanted += ["destinataire", "valeur", "secret_statistique"]
        table = read_csv(con, raw, columns=wanted, delimiter=";", lines=True)
        table = table.filter(table.dispositif_fiscal.isin(TAXES))
        hidden = table.secret_statistique.fill_null("") != ""
        kind = table.categorie.lower()
        return table.select(
            "line_number",
            commune_code=table.idcom,
            period=table.annee.left(4),
            cog=table.annee.left(4),
            tax=table.dispositif_fiscal,
            beneficiary=table.destinataire,
            measure=ibis.cases(
                (kind == "base", "base"),
                (kind == "produit", "amount"),
                (kind == "taux", "rate"),
                else_=kind,
            ),
            variable_code=table["var"],
            variable_label=table.varlib,
            value=hidden.ifelse(None, number(table.valeur)),
            value_masked=hidden,
        )
