"""Vintages in Insee's census files: the year is in the names of the columns."""

import re
from collections.abc import Sequence

from bassin.errors import SourceError
from bassin.sources.contract import Raw
from bassin.types import Text


def census_year(raw: Raw, names: Sequence[str], pattern: str) -> int:
    """The latest census year among columns such as "P21_EMPLT" or "NBFLUX_C21_ACTOCC15P".

    Raises:
        SourceError: no column of that form.
    """
    years = [int(found[1]) for name in names if (found := re.fullmatch(pattern, name))]
    if not years:
        raise SourceError(
            Text(
                f"{raw.name} n'a pas de colonne comme {pattern.replace('(', '').replace(')', '')}. "
                f"Ses colonnes sont {', '.join(names[:8])}, … Vérifiez que c'est le fichier de "
                "l'Insee.",
                f"{raw.name} has no column like {pattern.replace('(', '').replace(')', '')}. "
                f"Its columns are {', '.join(names[:8])}, … Check that it is Insee's own file.",
            )
        )
    return 2000 + max(years)


def geography_of(year: int) -> int:
    """The year of the list of communes: results of census N are published on that of N + 3."""
    return year + 3
