"""What the pages of partners share: language, day, permission refused, places' names."""

from bassin.parties.access import require, signed_in
from bassin.ui.opened import communes, house
from bassin.ui.reader import language, today

__all__ = ["communes", "house", "language", "require", "signed_in", "today"]
