"""Who reads, writes and judges what firms promise. What is not said here is refused.

A commitment belongs to the organisation that keeps it; the firm that made it reads it too, and
brings its proofs. Nobody judges a proof that they brought, nor one of a firm that they belong to.
"""

from django.db.models import Q

from bassin.match.support.models import Assessment, Commitment, Proof
from bassin.match.support.models.commitments import CommitmentQuerySet
from bassin.parties.access import User, bodies_of, roles, writes_for
from bassin.parties.models import Organisation


def can_promise(user: User, body: Organisation | None = None) -> bool:
    """Write a commitment down for an organisation that they write for. None: for some one."""
    mine = bodies_of(user)
    return bool(mine) if body is None else body.pk in mine


def can_keep(user: User, commitment: Commitment) -> bool:
    """Change it, review it, end it: who writes for the organisation that keeps it."""
    return commitment.organisation_id in bodies_of(user)


def can_see(user: User, commitment: Commitment) -> bool:
    """Read it whole: who keeps it, and the firm that made it."""
    return can_keep(user, commitment) or commitment.siren in firms_of(user)


def can_bring(user: User, commitment: Commitment) -> bool:
    """Bring a proof: who keeps it, and who writes for the firm; none once it was ended."""
    return commitment.ended_on is None and can_see(user, commitment)


def can_judge(user: User, proof: Proof) -> bool:
    """Accept or refuse a proof: who keeps the commitment, neither its bringer nor of the firm."""
    found = proof.commitment
    own = proof.brought_by_id is not None and proof.brought_by_id == getattr(user, "pk", None)
    return can_keep(user, found) and not own and not _belongs(user, found.siren)


def can_withdraw(user: User, proof: Proof) -> bool:
    """Take back a proof that waits: who writes for the organisation that brought it."""
    waits = proof.state == Proof.State.WAITING
    return waits and can_see(user, proof.commitment) and writes_for(user, proof.brought_for_id)


def can_assess(user: User, siren: str = "") -> bool:
    """Write a firm's answers down: advisers, for any firm; who writes for it, for their own."""
    return bool(bodies_of(user)) or (bool(siren) and siren in firms_of(user))


def can_see_assessment(user: User, found: Assessment) -> bool:
    """Read a firm's answers: the organisation they were shared with, and the firm."""
    return found.organisation_id in bodies_of(user) or found.siren in firms_of(user)


def can_forget_assessment(user: User, found: Assessment) -> bool:
    """Delete them: the same, for the firm takes its agreement back when it likes."""
    return can_see_assessment(user, found)


def firms_of(user: User) -> set[str]:
    """The SIRENs of the firms that they write for."""
    return _sirens(firm_bodies(user))


def firm_bodies(user: User) -> set[int]:
    """The firms that they write for, as organisations."""
    held = [each for each in roles(user) if each.organisation_kind == Organisation.Kind.FIRM]
    return {each.organisation_id for each in held if writes_for(user, each.organisation_id)}


def _sirens(organisations: set[int]) -> set[str]:
    if not organisations:
        return set()
    rows = Organisation.objects.filter(pk__in=organisations).values_list("siret", "siren")
    return {(siret or "")[:9] or siren for siret, siren in rows} - {""}


def _belongs(user: User, siren: str) -> bool:
    """Whether they belong to a firm, in any role: that is interest enough."""
    firm = Organisation.Kind.FIRM
    theirs = {each.organisation_id for each in roles(user) if each.organisation_kind == firm}
    return siren in _sirens(theirs)


def kept(user: User) -> CommitmentQuerySet:
    """The commitments that their organisations keep: lists, totals and files are made of these."""
    return Commitment.objects.filter(organisation__in=bodies_of(user))


def own(user: User) -> CommitmentQuerySet:
    """Those of the firms that they write for, whoever keeps them."""
    return Commitment.objects.filter(siren__in=firms_of(user))


def assessments(user: User) -> Q:
    """The answers that they read, as a condition: the same as `can_see_assessment`, for many."""
    return Q(organisation__in=bodies_of(user)) | Q(siren__in=firms_of(user))
