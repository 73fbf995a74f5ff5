"""Job titles as people write them, to the occupations of ROME."""

from bassin.pairing.titles.finding import SURE, Guess, Titles, served
from bassin.pairing.titles.forms import expand

__all__ = ["SURE", "Guess", "Titles", "expand", "served"]
