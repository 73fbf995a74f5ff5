"""A map that moves beside a list: circles to choose from, over the communes one can reach.

It is drawn on the server for the part of the plane that its address names; every move is a link,
so it works without scripts. With them it follows the hand, and the list follows the map.
"""

from bassin.ui.moving.clusters import Spot
from bassin.ui.moving.ground import Reached
from bassin.ui.moving.page import Chosen, MovingMap, Words, moving
from bassin.ui.moving.view import View

__all__ = ["Chosen", "MovingMap", "Reached", "Spot", "View", "Words", "moving"]
