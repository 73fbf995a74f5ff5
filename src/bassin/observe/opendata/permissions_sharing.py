"""Who may do what with shared data. What is not said here is refused.

Officers write agreements. The writers of the producer bring files for its tables. A table is read
by everyone at the level "public"; by the producer, the organisations of the agreement and officers
at the level "partners"; by officers alone at the level "internal".
"""

from bassin.observe.opendata.models import Agreement, Deposit, SharedTable
from bassin.parties.access import User, belongs, is_officer, writes_for
from bassin.parties.models import Person
from bassin.ui.reader import today


def can_manage_agreements(user: User) -> bool:
    """The authority's officers."""
    return is_officer(user)


def can_read_agreement(user: User, agreement: Agreement) -> bool:
    """Its text and its steward: officers, the producer, the organisations that read its tables."""
    return is_officer(user) or _is_party(user, agreement)


def can_deposit(user: User, agreement: Agreement) -> bool:
    """Officers and the producer's writers, while the agreement is in force."""
    may = is_officer(user) or writes_for(user, agreement.producer_id)
    return may and agreement.holds_on(today())


def can_publish(user: User, deposit: Deposit) -> bool:
    """Who may bring a file; another person than who brought it, where the agreement says so."""
    agreement = deposit.table.agreement
    own = isinstance(user, Person) and deposit.begun_by_id == user.pk
    return can_deposit(user, agreement) and not (agreement.four_eyes and own)


def can_see_deposit(user: User, deposit: Deposit) -> bool:
    """Officers and the producer's writers, even once the agreement has ended."""
    return is_officer(user) or writes_for(user, deposit.table.agreement.producer_id)


def can_read_table(user: User, table: SharedTable) -> bool:
    """By the level of the agreement, while it is in force and the table is not withdrawn."""
    agreement = table.agreement
    if table.withdrawn_on is not None or not agreement.holds_on(today()):
        return False
    if agreement.level == Agreement.Level.PUBLIC:
        return True
    if agreement.level == Agreement.Level.PARTNERS:
        return is_officer(user) or _is_party(user, agreement)
    return is_officer(user)


def can_see_uses(user: User, table: SharedTable) -> bool:
    """Officers and the members of the producer."""
    return is_officer(user) or belongs(user, table.agreement.producer_id)


def can_withdraw(user: User, table: SharedTable) -> bool:
    """Officers and the producer's writers."""
    return is_officer(user) or writes_for(user, table.agreement.producer_id)


def _is_party(user: User, agreement: Agreement) -> bool:
    """Whether they belong to the producer, or to an organisation that the agreement names.

    The organisations are named at the level "partners" alone.
    """
    if belongs(user, agreement.producer_id):
        return True
    if agreement.level != Agreement.Level.PARTNERS or agreement.pk is None:
        return False
    return any(belongs(user, reader) for reader in agreement.readers.all())
