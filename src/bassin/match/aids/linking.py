"""What the addresses of sheets answered, kept with its day."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bassin.match.aids.models import LinkAnswer
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.links import addresses, answers


def ask(
    aids: Iterable[Aid], now: datetime, asked: Callable[[str], str] = answers
) -> tuple[int, int]:
    """Ask every address of some sheets once and keep what it says: how many, how many are wrong.

    When none answers, the network itself is away: nothing is kept, and no sheet is accused.
    """
    known = {address: "" for each in aids for address in addresses(each)}
    for address in known:
        known[address] = asked(address)[:300]
    wrong = sum(bool(said) for said in known.values())
    if known and wrong == len(known) > 1:
        return len(known), wrong
    for address, said in known.items():
        LinkAnswer.objects.update_or_create(
            address=address, defaults={"asked_at": now, "wrong": said}
        )
    return len(known), wrong


def kept() -> dict[str, LinkAnswer]:
    """The last answer of every address that was asked."""
    return {each.address: each for each in LinkAnswer.objects.all()}
