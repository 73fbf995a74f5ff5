"""What the offers of the sample say in the same way, told one by one or drawn."""

from datetime import time
from decimal import Decimal
from typing import Any

from bassin.match.jobs.models import Offer
from bassin.types import Origin

INVENTED = Origin.INVENTED.value
WEEKS_A_YEAR, MONTHS = 52, 12

Facts = dict[str, Any]


def monthly(facts: Facts, percent: int, hours: Decimal) -> Decimal:
    """So many per cent of the SMIC in a month of so many hours a week, to ten euros above."""
    month = Decimal(str(facts["smic_hour"])) * percent / 100 * hours * WEEKS_A_YEAR / MONTHS
    return Decimal(-(-int(month) // 10) * 10)


def hours_of(facts: Facts, shift: str) -> dict[str, Any]:
    """When a day begins and ends; nothing when the offer does not say."""
    if not shift:
        return {}
    said = facts["shifts"][shift]
    begins, ends = (time.fromisoformat(said[name]) for name in ("from", "to"))
    return {"shift_start": begins, "shift_end": ends, "weekend": said.get("weekend")}


def way_to_apply(by: str, rank: int, words: str = "") -> dict[str, str]:
    """One step that works, with a number that Arcep keeps for fiction or an address of no one."""
    return {
        "apply_by": by,
        "contact_telephone": f"01 99 00 {rank // 100 % 100:02} {rank % 100:02}"
        if by == Offer.Apply.CALL
        else "",
        "contact_email": f"recrutement{rank}@example.org" if by == Offer.Apply.APPLY else "",
        "apply_words": words,
    }
