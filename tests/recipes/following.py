"""Follow the recipes of docs/recipes.md on a throw-away installation, in a process of its own.

`python -m tests.recipes.following FOLDER`: FOLDER/sources and FOLDER/observe hold what the recipes
say to write, as if it stood in the package; BASSIN_VAR names the installation.
"""

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import bassin.observe
import bassin.sources


def main(folder: Path) -> dict[str, Any]:
    """Load the recipe's file, ask its figure, open its page; say what each gave."""
    bassin.sources.__path__.append(str(folder / "sources"))
    bassin.observe.__path__.append(str(folder / "observe"))
    from django.conf import settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    said = {}
    if (folder / "pack").is_dir():
        said["load"] = command("load", str(folder / "pack"))
        sources = json.loads(command("status", "--format", "json")["out"])
        said["source"] = next(each for each in sources if each["key"] == "libraries")
    words = ("figures", "--place", "48095", "--indicator", "library_area", "--format", "json")
    said["figure"] = command(*words)
    return {**said, "pages": {each: page(each) for each in ("/lecture/", "/recherche/?q=biblio")}}


def command(*words: str) -> dict[str, Any]:
    """Run a command of `bassin` in this process."""
    from bassin import cli

    out = StringIO()
    with redirect_stdout(out):
        code = cli.main(words)
    return {"code": code, "out": out.getvalue()}


def page(address: str) -> dict[str, Any]:
    """Open a page as a browser would."""
    from django.test import Client

    answer = Client(raise_request_exception=False, headers={"host": "localhost"}).get(address)
    return {"status": answer.status_code, "text": answer.content.decode()}


if __name__ == "__main__":
    seen = main(Path(sys.argv[1]))
    sys.stdout.write("\n" + json.dumps(seen))
