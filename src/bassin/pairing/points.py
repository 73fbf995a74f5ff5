"""Weights shared out in hundredths of a point, and the points that a signal earns.

The score is the sum of the points shown, and offers are ranked by the score shown: nothing is
rounded after it was added.
"""

import math
from collections.abc import Mapping
from typing import Any

from bassin.errors import Refused
from bassin.pairing.declaration import FULL, Pairing
from bassin.types import Text


def shares(pairing: Pairing, weights: Mapping[str, float] | None = None) -> dict[str, int]:
    """The most that each signal can earn, in hundredths; together exactly 100 points.

    Args:
        weights: by code, instead of those declared; a signal left out keeps its own.

    Raises:
        Refused: a code that is no signal, a weight below 0, or nothing but zeros.
    """
    given = {signal.code: signal.weight for signal in pairing.signals} | dict(weights or {})
    refuse_weights(pairing, given)
    total = math.fsum(given.values())
    exact = {code: FULL * weight / total for code, weight in given.items()}
    shared = {code: math.floor(value) for code, value in exact.items()}
    left = FULL - sum(shared.values())
    first = sorted(exact, key=lambda code: (shared[code] - exact[code], code))
    for code in first[:left]:
        shared[code] += 1
    return shared


def refuse_weights(pairing: Pairing, weights: Mapping[str, float]) -> None:
    """Raise Refused when weights cannot rank: an unknown code, one below 0, nothing but zeros."""
    codes = [signal.code for signal in pairing.signals]
    for code, weight in weights.items():
        if code not in codes:
            known = ", ".join(codes)
            raise Refused(
                Text(
                    f"« {code} » n'est pas un critère de {pairing.slug} ; ses critères : {known}.",
                    f"“{code}” is no signal of {pairing.slug}; its signals are {known}.",
                )
            )
        if not (0 <= weight < math.inf):
            raise Refused(
                Text(
                    f"Le poids de « {code} » est {weight} : donnez un nombre à partir de 0.",
                    f"The weight of “{code}” is {weight}: give a number from 0.",
                )
            )
    if not any(weights.values()):
        raise Refused(
            Text(
                "Tous les poids sont à 0 : donnez du poids à un critère au moins.",
                "All weights are 0: give at least one criterion some weight.",
            )
        )


def earned(share: int, part: Any, whole: Any) -> Any:
    """Hundredths earned by `part` of `whole`, halves upwards: of one pair or of whole arrays."""
    return (2 * share * part + whole) // (2 * whole)


def unknown(share: int, counted: float) -> int:
    """Hundredths counted while a fact is missing."""
    return int(earned(share, round(FULL * counted), FULL))
