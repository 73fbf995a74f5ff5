"""The lines of the register that the records of skills serve."""

from bassin.parties.privacy.declared import Basis, Processing
from bassin.types import Text

FORECASTS = Processing(
    slug="skills_forecasts",
    title=Text("Prévision des métiers", "Forecasts of trades"),
    purpose=Text(
        "Savoir quelles hypothèses fondent une prévision, qui les a choisies et pourquoi.",
        "Know on which hypotheses a forecast rests, who chose them and why.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("agents qui écrivent une hypothèse", "officers who write a hypothesis"),
    recipients=Text(
        "les agents de la collectivité ; le public ne lit pas les noms",
        "the authority's officers; the public does not read names",
    ),
)

GREEN_PROJECTS = Processing(
    slug="green_job_projects",
    title=Text("Projets d'emplois verts", "Projects of green jobs"),
    purpose=Text(
        "Relier les projets d'emplois de la transition écologique aux habitants et aux formations.",
        "Link projects of jobs of the ecological transition to residents and training.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("personnes qui déclarent un projet", "people who declare a project"),
    recipients=Text(
        "les agents de la collectivité et l'entreprise ; le public pour un projet publié, sans le "
        "nom de qui l'a écrit",
        "the authority's officers and the firm; the public for a published project, without the "
        "name of who wrote it",
    ),
)

CAMPUS = Processing(
    slug="training_campuses",
    title=Text("Réseau des campus de formation", "Network of training campuses"),
    purpose=Text(
        "Savoir où l'on se forme, à quoi et quand ; aucune personne formée n'est nommée.",
        "Know where one is trained, in what and when; no trainee is named.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "agents et organismes de formation qui tiennent les fiches",
        "officers and training bodies who keep the sheets",
    ),
    recipients=Text(
        "les agents de la collectivité et l'organisme ; le public lit les formations, pas les noms",
        "the authority's officers and the body; the public reads courses, not names",
    ),
)

RECONVERSIONS = Processing(
    slug="reconversion_plans",
    title=Text("Plans de reconversion", "Plans of reconversion"),
    purpose=Text(
        "Suivre combien de reconversions commencent, sont signées et mènent à un emploi qui tient, "
        "sans savoir de qui il s'agit.",
        "Follow how many reconversions begin, are signed and lead to a job that holds, without "
        "knowing whose they are.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("agents qui gardent un plan", "officers who keep a plan"),
    recipients=Text(
        "les agents de la collectivité ; le public, par totaux d'au moins 5",
        "the authority's officers; the public, by totals of at least 5",
    ),
)
