"""Who may make a figure from a table, publish, end and read it. What is not said is refused."""

from bassin.indicators.declaration import Indicator
from bassin.observe.opendata.declaring.models import DeclaredFigure
from bassin.parties.access import User, is_officer, is_partner
from bassin.parties.models import Person


def can_declare_indicator(user: User) -> bool:
    """The authority's officers."""
    return is_officer(user)


def can_see_declared(user: User, figure: DeclaredFigure) -> bool:
    """Its author, while they have an account, and the authority's officers."""
    own = isinstance(user, Person) and user.is_active and figure.author_id == user.pk
    return own or is_officer(user)


def can_change_declared(user: User, figure: DeclaredFigure) -> bool:
    """Officers, while it is a draft: what is published changes by a new version."""
    return figure.is_draft and is_officer(user)


def can_publish_declared(user: User, figure: DeclaredFigure) -> bool:
    """Officers; its author too, and it is then written that nobody else read it."""
    return figure.is_draft and is_officer(user)


def can_end_declared(user: User, figure: DeclaredFigure) -> bool:
    """Officers, once it is published."""
    return figure.state == DeclaredFigure.State.PUBLISHED and is_officer(user)


def can_read_indicator(user: User, indicator: Indicator) -> bool:
    """Everyone what is public; partners and officers what partners read; officers the rest."""
    if indicator.is_public:
        return True
    if indicator.status in ("draft", "withdrawn"):
        return is_officer(user)
    if indicator.visibility == "partners":
        return is_partner(user) or is_officer(user)
    return is_officer(user)
