"""Skills, activities and workplaces of ROME 3, and which occupation asks for which."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw
from bassin.sources.files import header, read_csv, unpacked
from bassin.sources.rome.layout import CODE_OGR, VERSION, RomeFile, plain, rome_code, version_of
from bassin.types import Text

# Column of the label -> kind of item: the three files differ by this column only.
_LABELS = {
    "libelle_competence": "skill",
    "libelle_env_travail": "environment",
    "libelle": "activity",
}
_KINDS = {"1": "skill", "2": "activity", "3": "fiche", "4": "appellation", "5": "environment"}
_CORE, _SPECIFIC = "8", "9"


class RomeItems(RomeFile):
    """Labels of the skills (knowledge), activities (know-how) and work environments.

    Labels of activities are of version 344, those of the others of version 347.
    """

    key = "rome_items"
    title = Text("ROME 3 : compétences et activités", "ROME 3: skills and activities")
    files = (
        "rome/unix_referentiel_competence_v3[0-9][0-9]_utf8.csv",
        "rome/unix_referentiel_env_travail_v3[0-9][0-9]_utf8.csv",
        "rome/*referentiel_activite_v3[0-9][0-9]_utf8.csv",
    )
    columns = {
        "item_code": Column("VARCHAR", Text("Code OGR", "OGR code"), True, CODE_OGR),
        "version": VERSION,
        "kind": Column(
            "VARCHAR",
            Text("skill, activity ou environment", "skill, activity or environment"),
            True,
        ),
        "label": Column("VARCHAR", Text("Libellé", "Label, in French"), True),
    }
    unique = ("item_code",)
    sort = ("kind", "item_code")
    definition = Text(
        "Une ligne par compétence, activité ou environnement de travail.",
        "One row per skill, activity or work environment.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        found = header(unpacked(raw, raw.scratch), raw.name, ",")
        column = next((name for name in _LABELS if name in found), "libelle")
        table = read_csv(con, raw, columns=["code_ogr", column])
        return table.select(
            item_code=table.code_ogr,
            version=ibis.literal(version_of(raw)),
            kind=ibis.literal(_LABELS[column]),
            label=plain(table[column]),
        )


class RomeSkills(RomeFile):
    """Links from an occupation of ROME 3 to its items.

    `is_core` is true for what every holder of the occupation does or knows, false for what
    depends on the post, and empty for links to fiches, job titles and environments.
    """

    key = "rome_skills"
    title = Text("ROME 3 : liens métiers et compétences", "ROME 3: occupations and skills")
    files = ("rome/unix_liens_rome_referentiels_v3[0-9][0-9]_utf8.csv",)
    columns = {
        "rome_code": rome_code(),
        "item_code": Column("VARCHAR", Text("Code OGR", "OGR code"), True, CODE_OGR),
        "version": VERSION,
        "kind": Column("VARCHAR", Text("Nature de l'élément lié", "Kind of the linked item"), True),
        "is_core": Column(
            "BOOLEAN", Text("De base, par opposition à spécifique", "Core, as opposed to specific")
        ),
        "position": Column(
            "SMALLINT",
            Text("Rang du bloc dans la fiche", "Rank of the block in the record"),
            minimum=0,
        ),
    }
    unique = ("version", "rome_code", "item_code")
    sort = ("rome_code", "kind", "item_code")
    definition = Text(
        "Une ligne par lien d'un métier à une compétence, une activité, une appellation ou un "
        "environnement.",
        "One row per link from an occupation to a skill, activity, job title or environment.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        wanted = ["code_rome", "code_ogr", "code_type_referentiel"]
        wanted += ["code_compo_bloc", "position_bloc"]
        table = read_csv(con, raw, columns=wanted)
        kinds = ((table.code_type_referentiel == code, name) for code, name in _KINDS.items())
        bloc = table.code_compo_bloc
        return table.select(
            rome_code=table.code_rome,
            item_code=table.code_ogr,
            version=ibis.literal(version_of(raw)),
            kind=ibis.cases(*kinds, else_=None),
            is_core=ibis.cases((bloc == _CORE, True), (bloc == _SPECIFIC, False), else_=None),
            position=table.position_bloc,
        )
