"""What another system may ask of the observatory by a reference `observatory:claim:ID`."""

from bassin.observe.observatory.claims import Claim, Outcome, Verdict, read
from bassin.observe.observatory.claims.judge import judge
from bassin.observe.observatory.stated import link
from bassin.systems import Stated
from bassin.ui.opened import house

KIND = "observatory:claim:"


def stated(reference: str) -> Stated | None:
    """The figure that the authority's documents state, with its verdict."""
    if not reference.startswith(KIND):
        return None
    book = read(house().var)
    asked = reference.removeprefix(KIND)
    found = next((each for each in book.claims if each.id == asked), None) if book else None
    return _told(found, judge(house(), book, found)) if book and found else None


def _told(claim: Claim, verdict: Verdict) -> Stated:
    judged = verdict.outcome in (Outcome.CONFIRMED, Outcome.DIFFERS)
    return Stated(
        label=claim.label,
        value=claim.amount,
        unit=claim.unit,
        period=claim.period,
        document=verdict.document,
        verdict=verdict.outcome.label,
        url=link(claim),
        published=verdict.computed if judged else None,
        source=verdict.source if judged else None,
        doubted=verdict.outcome == Outcome.INCONSISTENT,
    )
