"""Who may do what with aids. Everyone reads the guide; what is not said here is refused."""

from bassin.parties.access import User, is_officer


def can_prospect(user: User) -> bool:
    """Officers alone search which firms an aid may serve."""
    return is_officer(user)
