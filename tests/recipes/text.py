"""The recipes as they are written: the text that people read is the text that is tried."""

import re
from pathlib import Path

from django.conf import settings

PAGE = Path(settings.CHECKOUT) / "docs" / "recipes.md"
BLOCK = re.compile(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def recipe(title: str) -> dict[str, str]:
    """The files that a recipe says to write, by path from the root of the project."""
    chapters = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    chapter = next(each for each in chapters if each.startswith(f"{title}\n"))
    return dict(BLOCK.findall(chapter))
