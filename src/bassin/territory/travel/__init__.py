"""Minutes between communes on foot, by bicycle, by public transport and by car.

    from bassin.territory.travel import At, Travel

    travel = Travel(territory, home)
    codes, minutes = travel.minutes("transit", At.of("05:30"))  # int16, -1 is unknown

They rest on dated hypotheses (`hypotheses.toml`), shown to people as they are.
"""

from bassin.territory.travel.hypotheses import Hypotheses, hypotheses
from bassin.territory.travel.service import USUAL, At, Day
from bassin.territory.travel.travel import SYMMETRIC, Mode, Reached, Travel
from bassin.territory.travel.ways import UNKNOWN

__all__ = [
    "SYMMETRIC", "UNKNOWN", "USUAL", "At", "Day", "Hypotheses", "Mode", "Reached", "Travel",
    "hypotheses",
]  # fmt: skip
