"""Where people work: jobs at the workplace and home-to-work flows of Insee's census."""

from bassin.sources.workplaces.flows import Commuting
from bassin.sources.workplaces.held import COMMUTING_PAIRS, LOCAL_JOBS_HELD
from bassin.sources.workplaces.jobs import JobsAtWorkplace

SOURCES = (JobsAtWorkplace, Commuting)
DERIVED = (COMMUTING_PAIRS, LOCAL_JOBS_HELD)
