"""Fonds vert: projects of ecological transition that the State funded."""

from bassin.sources.green_projects.communes import GREEN_PROJECTS_COMMUNES
from bassin.sources.green_projects.projects import GreenProjects

SOURCES = (GreenProjects,)
DERIVED = (GREEN_PROJECTS_COMMUNES,)
