"""Occupations of ROME 3 (one fiche each) and the paragraphs of their fiches."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw
from bassin.sources.files import read_csv
from bassin.sources.rome.layout import CODE_OGR, VERSION, RomeFile, plain, rome_code, version_of
from bassin.types import Text

_TEXTS = {"1": "definition", "2": "access", "3": "conditions"}


class RomeOccupations(RomeFile):
    """The 532 occupations of ROME 3, as their own file gives them.

    Version 347 lacks L1510, which its other files use: 531 rows.
    """

    key = "rome_occupations"
    title = Text("ROME 3 : métiers", "ROME 3: occupations")
    files = ("rome/unix_referentiel_code_rome_v3[0-9][0-9]_utf8.csv",)
    columns = {
        "rome_code": rome_code(),
        "version": VERSION,
        "label": Column(
            "VARCHAR", Text("Intitulé du métier", "Title of the occupation, in French"), True
        ),
        "ogr_code": Column(
            "VARCHAR", Text("Code OGR de la fiche", "OGR code of the record"), True, CODE_OGR
        ),
        "domain_code": Column("VARCHAR", Text("Domaine professionnel", "Professional field"), True),
    }
    unique = ("version", "rome_code")
    definition = Text("Une ligne par métier du ROME 3.", "One row per ROME 3 occupation.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = read_csv(con, raw, columns=["code_rome", "code_ogr", "libelle_rome"])
        return table.select(
            rome_code=table.code_rome,
            version=ibis.literal(version_of(raw)),
            label=plain(table.libelle_rome),
            ogr_code=table.code_ogr,
            domain_code=table.code_rome.left(3),
        )


class RomeTexts(RomeFile):
    """Definition, access and conditions of each occupation of ROME 3, paragraph by paragraph."""

    key = "rome_texts"
    title = Text("ROME 3 : textes des fiches", "ROME 3: texts of the fiches")
    files = ("rome/unix_texte_v[0-9][0-9][0-9]_utf8.csv",)
    columns = {
        "rome_code": rome_code(),
        "version": VERSION,
        "kind": Column(
            "VARCHAR",
            Text("definition, access ou conditions", "definition, access or conditions"),
            True,
        ),
        "position": Column(
            "SMALLINT", Text("Rang du paragraphe", "Rank of the paragraph"), True, minimum=0
        ),
        "text": Column("VARCHAR", Text("Paragraphe", "Paragraph, in French"), True),
    }
    unique = ("version", "rome_code", "kind", "position")
    sort = ("rome_code", "kind", "position")
    definition = Text("Une ligne par paragraphe de fiche.", "One row per paragraph of a fiche.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["code_rome", "position_libelle_txt", "code_type_texte", "libelle_texte"]
        table = read_csv(con, raw, columns=wanted)
        kind = ibis.cases(
            *((table.code_type_texte == code, name) for code, name in _TEXTS.items()),
            else_=None,
        )
        return table.select(
            rome_code=table.code_rome,
            version=ibis.literal(version_of(raw)),
            kind=kind,
            position=table.position_libelle_txt,
            text=plain(table.libelle_texte),
        )
