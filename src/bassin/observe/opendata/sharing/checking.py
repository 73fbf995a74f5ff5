"""A file that was brought, checked row by row; what was found is written on its deposit."""

from dataclasses import asdict
from datetime import date

from bassin.errors import Refused
from bassin.observe.opendata.models import Deposit
from bassin.observe.opendata.sharing import places, published
from bassin.sources.authority.accepting import accept
from bassin.sources.authority.judging import judge
from bassin.types import Text

State = Deposit.State


def check(deposit: Deposit, today: date) -> Deposit:
    """Read the file again under the declaration and the repairs of the moment.

    A file that could not be this table is refused as a whole; its sentence is kept.
    """
    kept = places.files(deposit.pk)
    made = published.declaration(deposit)

    def told(rows: int) -> None:
        Deposit.objects.filter(pk=deposit.pk).update(read=rows)

    deposit.said_fr = deposit.said_en = ""
    try:
        accepted = accept(
            kept.received, made, kept.accepted, kept.broken, repairs=deposit.repairs, told=told
        )
        judged = judge(made, kept.accepted, kept.broken, kept.faults, today)
    except Refused as refusal:
        return _refused(deposit, refusal.text)
    deposit.rows, deposit.refused = judged.rows, judged.refused
    deposit.faults, deposit.read = judged.faults, accepted.rows
    deposit.found = {
        "encoding": accepted.encoding, "delimiter": accepted.delimiter,
        "missing": accepted.missing, "unknown": accepted.unknown, "made": accepted.made,
        "proposals": [asdict(each) for each in accepted.proposals.values()],
    }  # fmt: skip
    deposit.state = State.CHECKED
    deposit.save()
    return deposit


def _refused(deposit: Deposit, said: Text) -> Deposit:
    deposit.state, deposit.rows, deposit.refused, deposit.faults = State.REFUSED, 0, 0, 0
    deposit.said_fr, deposit.said_en = said.fr, said.en
    deposit.save()
    return deposit


def may_be_published(deposit: Deposit) -> bool:
    """Whether so few rows are refused that the others may be put in service without them."""
    total = deposit.rows + deposit.refused
    most = deposit.table.made.max_refused_pct
    return bool(deposit.rows) and deposit.refused * 100 <= most * total
