"""Places of France at every scale, who contains whom at which date, and who resembles whom."""

from bassin.territory.installation import Installation
from bassin.territory.place import Place
from bassin.territory.territory import Territory

__all__ = ["Installation", "Place", "Territory"]
