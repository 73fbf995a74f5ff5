"""What the checks of declarations found in a release, kept beside it for pages and commands."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bassin.indicators import numbers
from bassin.store import Store
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that failed, at the first place and period where it did; `others` failed besides.

    `value` is None where secrecy covers it. `blocks` tells that the indicator is not shown.
    """

    indicator: str
    version: int
    check: str
    assertion: str
    blocks: bool
    place: str
    place_name: str
    period: str
    value: float | None
    others: int

    @property
    def why(self) -> Text:
        """Which check failed, where, with which value; without a final period."""
        s = "s" if self.others > 1 else ""
        more = f" ({self.others} autre{s})" if self.others else ""
        more_en = f" ({self.others} other{s})" if self.others else ""
        value = "" if self.value is None else f" : {_number(self.value, 'fr')}"
        value_en = "" if self.value is None else f": {_number(self.value, 'en')}"
        return Text(
            f"le contrôle « {self.check} » ({self.assertion}) échoue pour {self.place_name}, "
            f"{self.period}{value}{more}",
            f"the check “{self.check}” ({self.assertion}) fails for {self.place_name}, "
            f"{self.period}{value_en}{more_en}",
        )

    @property
    def said(self) -> Text:
        """The same with what follows from it and what to do."""
        if not self.blocks:
            return self.why
        return Text(
            f"publication suspendue : {self.why.fr}. Corrigez la donnée ou la déclaration, puis "
            "chargez à nouveau",
            f"publication suspended: {self.why.en}. Correct the data or the declaration, then "
            "load again",
        )


def _number(value: float, language: str) -> str:
    return numbers.number(value, 4, language, trim=True)


def _path(store: Store, release: str) -> Path:
    return store.root / "checks" / f"{release}.json"


def stamp(store: Store, release: str) -> tuple[str, int] | None:
    """What changes when a release, or what was found in it, does; None when nothing was kept."""
    try:
        return release, _path(store, release).stat().st_mtime_ns
    except OSError:
        return None


def kept(store: Store, release: str) -> list[Finding]:
    """What was found in a release; empty when nothing was looked for."""
    path = _path(store, release)
    if not path.is_file():
        return []
    return [Finding(**each) for each in json.loads(path.read_text(encoding="utf-8"))["findings"]]


def asked(store: Store, release: str) -> str:
    """The digest of what was looked for in a release; "" when nothing was."""
    path = _path(store, release)
    return json.loads(path.read_text(encoding="utf-8"))["asked"] if path.is_file() else ""


def keep(store: Store, release: str, asked: str, found: Iterable[Finding]) -> None:
    """Keep what was found in a release, and forget what was in releases that are gone."""
    path = _path(store, release)
    path.parent.mkdir(exist_ok=True)
    facts = {"asked": asked, "findings": [asdict(each) for each in found]}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(fresh, path)
    for old in path.parent.glob("*.json"):
        if not store.database(old.stem).exists():
            old.unlink()


def suspended(found: Iterable[Finding]) -> dict[str, Text]:
    """Why each indicator that failed a blocking check is not shown, by id."""
    return {each.indicator: each.said for each in reversed(list(found)) if each.blocks}
