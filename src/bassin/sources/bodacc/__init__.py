"""BODACC, the State's gazette of firms: collective procedures."""

from bassin.sources.bodacc.failures import Failures
from bassin.sources.bodacc.local import FAILURES_LOCAL
from bassin.sources.bodacc.yearly import FAILURES_YEARLY

SOURCES = (Failures,)
DERIVED = (FAILURES_LOCAL, FAILURES_YEARLY)
