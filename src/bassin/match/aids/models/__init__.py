"""What people write about aids: versions of sheets, who checked what, lists of firms to call."""

from bassin.match.aids.models.lists import CallList
from bassin.match.aids.models.sheets import Check, LinkAnswer, SheetVersion

__all__ = ["CallList", "Check", "LinkAnswer", "SheetVersion"]
