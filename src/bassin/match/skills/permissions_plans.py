"""Who may keep plans of reconversion and count their files. What is not said here is refused.

Everyone makes a plan for a trade or for a workshop described by hand. A firm is looked up, and a
plan kept, by officers only: that jobs are at risk is the firm's business before it is public.
"""

from bassin.match.skills.models import ReconversionPlan
from bassin.parties.access import User, is_officer


def can_keep(user: User) -> bool:
    """Officers look a firm up and keep a plan."""
    return is_officer(user)


def can_follow(user: User, plan: ReconversionPlan) -> bool:
    """Officers, until it is put away: see a plan and count its files."""
    return is_officer(user) and plan.archived_at is None
