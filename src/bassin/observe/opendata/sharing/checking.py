"""A file that was brought, checked row by row; what was found is written on its deposit."""

import re
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bassin.errors import NO_ROOM, Refused, no_room
from bassin.observe.opendata.models import Deposit
from bassin.observe.opendata.sharing import places, published
from bassin.sources.authority.accepting import accept
from bassin.sources.authority.declaration import Declaration
from bassin.sources.authority.judging import judge
from bassin.sources.checks import quoted
from bassin.sources.contract import CODE_COMMUNE
from bassin.types import Text
from bassin.ui.opened import house

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
    except (OSError, duckdb.Error) as error:
        if not no_room(error):
            raise
        kept.clear()
        return _refused(deposit, NO_ROOM)
    deposit.rows, deposit.refused = judged.rows, judged.refused
    deposit.faults, deposit.read = judged.faults, accepted.rows
    deposit.found = {
        "encoding": accepted.encoding, "delimiter": accepted.delimiter,
        "missing": accepted.missing, "unknown": accepted.unknown, "made": accepted.made,
        "proposals": [asdict(each) for each in accepted.proposals.values()],
        "strangers": strangers(made, kept.accepted, _communes()),
    }  # fmt: skip
    deposit.state = State.CHECKED
    deposit.save()
    return deposit


def _communes() -> frozenset[str]:
    """The codes that any year of the official geographic code knows; none when it is not loaded."""
    reader = house().reader
    if not reader.has("communes"):
        return frozenset()
    return frozenset(code for (code,) in reader.rows("SELECT DISTINCT commune_code FROM communes"))


def strangers(made: Declaration, accepted: Path, known: Collection[str]) -> dict[str, Any]:
    """The rows whose commune nobody knows: how many, and the first codes. They count nowhere."""
    names = [each.name for each in made.columns if each.kind == "commune_code"]
    if not names or not known:
        return {}
    with duckdb.connect(config={"threads": 1}) as con:
        rows = con.read_csv(
            str(accepted), header=True, all_varchar=True, delimiter=",", quotechar='"',
            escapechar='"',
        )  # fmt: skip
        found = rows.aggregate(f"{quoted(names[0])} AS code, count(*)").order("code").fetchall()
    written = re.compile(CODE_COMMUNE)
    lost = [(c, n) for c, n in found if c and written.match(c) and c not in known]
    return {
        "count": sum(count for _code, count in lost), "codes": [code for code, _count in lost[:5]]
    }  # fmt: skip


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
