"""Job titles that people use, and moves from one occupation to another."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw
from bassin.sources.files import header, read_csv, unpacked
from bassin.sources.rome.layout import CODE_OGR, VERSION, RomeFile, plain, rome_code, version_of
from bassin.types import Text


class RomeAppellations(RomeFile):
    """Job titles, each under one occupation of ROME 3."""

    key = "rome_appellations"
    title = Text("ROME 3 : appellations", "ROME 3: job titles")
    files = ("rome/unix_referentiel_appellation_v3[0-9][0-9]_utf8.csv",)
    columns = {
        "appellation_code": Column("VARCHAR", Text("Code OGR", "OGR code"), True, CODE_OGR),
        "rome_code": rome_code(),
        "version": VERSION,
        "label": Column("VARCHAR", Text("Appellation", "Name of the job, in French"), True),
        "short_label": Column(
            "VARCHAR", Text("Appellation courte", "Short name of the job, in French"), True
        ),
    }
    unique = ("version", "appellation_code")
    definition = Text("Une ligne par appellation.", "One row per job title.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome"]
        table = read_csv(con, raw, columns=wanted)
        return table.select(
            appellation_code=table.code_ogr,
            rome_code=table.code_rome,
            version=ibis.literal(version_of(raw)),
            label=plain(table.libelle_appellation_long),
            short_label=plain(table.libelle_appellation_court),
        )


class RomeMobilities(RomeFile):
    """Moves between occupations that France Travail proposes.

    Version 3 says whether a move is near ("near": same skills) or takes training ("evolution"),
    and may hold for one job title only: then the pair of occupations comes back with it. From
    version 4.6 the file gives an order instead of a kind, and no job title.
    """

    key = "rome_mobilities"
    title = Text("ROME : mobilités entre métiers", "ROME: moves between occupations")
    files = ("rome/unix_rubrique_mobilite_v[0-9][0-9][0-9]_utf8.csv",)
    columns = {
        "rome_code": rome_code("Métier de départ", "Occupation left"),
        "target_rome_code": rome_code("Métier d'arrivée", "Occupation reached"),
        "version": VERSION,
        "kind": Column(
            "VARCHAR",
            Text(
                "near, evolution ; vide depuis la version 4.6",
                "near, evolution; empty since version 4.6",
            ),
        ),
        "position": Column(
            "SMALLINT", Text("Ordre, depuis la version 4.6", "Order, since version 4.6"), minimum=0
        ),
        "source_appellation_code": Column(
            "VARCHAR", Text("Appellation de départ", "Name of the job left"), pattern=CODE_OGR
        ),
        "target_appellation_code": Column(
            "VARCHAR", Text("Appellation d'arrivée", "Name of the job reached"), pattern=CODE_OGR
        ),
    }
    unique = (
        "version",
        "rome_code",
        "target_rome_code",
        "kind",
        "source_appellation_code",
        "target_appellation_code",
    )
    definition = Text(
        "Une ligne par mobilité, parfois limitée à une appellation.",
        "One row per move, sometimes for one job title only.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = header(unpacked(raw, raw.scratch), raw.name, ",")
        ordered = "numero_ordre" in found
        wanted = ["code_rome", "code_rome_cible"]
        wanted += ["numero_ordre"] if ordered else ["code_appellation_source"]
        wanted += [] if ordered else ["code_appellation_cible", "code_type_mobilite"]
        table = read_csv(con, raw, columns=wanted)
        none = ibis.null("string")
        return table.select(
            rome_code=table.code_rome,
            target_rome_code=table.code_rome_cible,
            version=ibis.literal(version_of(raw)),
            kind=none if ordered else _kind(table.code_type_mobilite),
            position=table.numero_ordre if ordered else none,
            source_appellation_code=none if ordered else table.code_appellation_source,
            target_appellation_code=none if ordered else table.code_appellation_cible,
        )


def _kind(code: ir.StringValue) -> ir.StringValue:
    return ibis.cases((code == "1", "near"), (code == "2", "evolution"), else_=code)
