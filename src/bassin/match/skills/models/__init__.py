"""What people write in skills. One module per family of records; import them from here."""

from bassin.match.skills.models.assumptions import Assumption
from bassin.match.skills.models.campus import Catalogue, CatalogueImport, Site, TrainingBody
from bassin.match.skills.models.courses import Course, Session
from bassin.match.skills.models.plans import PlanStep, ReconversionPlan
from bassin.match.skills.models.projects import GreenProject

__all__ = [
    "Assumption", "Catalogue", "CatalogueImport", "Course", "GreenProject", "PlanStep",
    "ReconversionPlan", "Session", "Site", "TrainingBody",
]  # fmt: skip
