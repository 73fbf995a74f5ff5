"""Occupations of ROME 4, with their tags of the ecological, digital and demographic transitions."""

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import Column, Raw
from bassin.sources.files import read_csv
from bassin.sources.rome.layout import CODE_OGR, VERSION, RomeFile, plain, rome_code, version_of
from bassin.types import Text

GREEN = "Emploi Vert"
GREENING = "Emploi stratégique pour la Transition écologique"
BROWN = "Emploi Brun"
NEUTRAL = "Emploi Blanc"
_YES_OR_NO = {
    "is_digital": (
        "transition_num",
        Text("Métier de la transition numérique", "Occupation of the digital transition"),
    ),
    "is_demographic": (
        "transition_demo",
        Text("Métier de la transition démographique", "Occupation of the demographic transition"),
    ),
    "is_regulated": ("emploi_reglemente", Text("Emploi réglementé", "Regulated occupation")),
    "is_managerial": ("emploi_cadre", Text("Emploi de cadre", "Managerial occupation")),
}


class Rome4Occupations(RomeFile):
    """Fiches of ROME 4. Codes look like those of ROME 3: join through `rome_code`, the parent.

    "Green" is the tag « Emploi Vert », "greening" « Emploi stratégique pour la Transition
    écologique » and "brown" « Emploi Brun ». An empty yes-or-no tag was not given by the publisher.
    """

    key = "rome4_occupations"
    title = Text("ROME 4 : métiers et transitions", "ROME 4: occupations and transitions")
    files = ("rome/unix_referentiel_code_rome_v4[0-9][0-9]_utf8.csv",)
    columns = {
        "rome4_code": rome_code("Code ROME 4", "ROME 4 code"),
        "rome_code": rome_code("Code ROME 3 parent", "Parent ROME 3 code"),
        "version": VERSION,
        "label": Column("VARCHAR", Text("Intitulé", "Title, in French"), True),
        "ogr_code": Column(
            "VARCHAR", Text("Code OGR de la fiche", "OGR code of the record"), True, CODE_OGR
        ),
        "ecological_tag": Column(
            "VARCHAR",
            Text("Étiquette de transition écologique", "Label of the ecological transition"),
            True,
        ),
        "is_green": Column("BOOLEAN", Text("Emploi vert", "Green occupation"), True),
        "is_greening": Column(
            "BOOLEAN",
            Text(
                "Emploi stratégique pour la transition", "Occupation strategic for the transition"
            ),
            True,
        ),
        "is_brown": Column("BOOLEAN", Text("Emploi brun", "Brown occupation"), True),
        **{name: Column("BOOLEAN", label) for name, (_, label) in _YES_OR_NO.items()},
    }
    unique = ("version", "rome4_code")
    sort = ("rome_code", "rome4_code")
    definition = Text("Une ligne par fiche du ROME 4.", "One row per fiche of ROME 4.")

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["code_rome", "code_rome_parent", "libelle_rome", "code_ogr", "transition_eco"]
        wanted += [column for column, _ in _YES_OR_NO.values()]
        table = read_csv(con, raw, columns=wanted)
        tag = table.transition_eco
        _require_known(con, raw, tag)
        return table.select(
            rome4_code=table.code_rome,
            rome_code=table.code_rome_parent,
            version=ibis.literal(version_of(raw)),
            label=plain(table.libelle_rome),
            ogr_code=table.code_ogr,
            ecological_tag=tag,
            is_green=tag == GREEN,
            is_greening=tag == GREENING,
            is_brown=tag == BROWN,
            **{name: _yes(table[column]) for name, (column, _) in _YES_OR_NO.items()},
        )


def _yes(cell: ir.StringValue) -> ir.BooleanValue:
    return ibis.cases((cell == "O", True), (cell == "N", False), else_=None)


def _require_known(con: ibis.BaseBackend, raw: Raw, tag: ir.StringValue) -> None:
    """A tag renamed by the publisher must not silently turn every trade grey."""
    known = [GREEN, GREENING, BROWN, NEUTRAL, ""]
    other = tag.as_table().distinct().filter(lambda t: ~t.transition_eco.isin(known))
    found = con.to_pyarrow(other).column(0).to_pylist()
    if found:
        raise SourceError(
            Text(
                f"{raw.name} : transition_eco vaut « {found[0]} », que son lecteur ne connaît pas "
                "(il connaît "
                f"{', '.join(known[:4])}). Le producteur a renommé ses marques : le lecteur est à "
                "mettre à jour.",
                f"{raw.name}: transition_eco is “{found[0]}”, which its reader does not know (it "
                "knows "
                f"{', '.join(known[:4])}). The publisher renamed its tags: the reader must be "
                "updated.",
            )
        )
