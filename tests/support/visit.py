"""Visit an installation as a person would, in a process of its own, and print what was seen.

`python -m tests.support.visit ADDRESS…`; "@" in an address stands for the home territory's path.
`--init TERRITORY` before them makes the installation first, in the same process.
"""

import html
import json
import re
import sys
from typing import Any

import django
from django.conf import settings

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}  # nothing is built
django.setup()

from django.test import Client  # noqa: E402  Django must be set up first

from bassin import cli  # noqa: E402
from bassin.ui.opened import house  # noqa: E402


def seen(client: Client, address: str) -> dict[str, Any]:
    """Status, text without its tags, and whether the place's outline is drawn."""
    answer = client.get(address)
    page = answer.content.decode()
    if answer.headers["Content-Type"].startswith("application/json"):
        return {"status": answer.status_code, "json": json.loads(page)}
    bare = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())
    drawn = re.search(
        r'class="profile-outline">\s*<svg[^>]*>.*?<(?:path|use)', page, flags=re.DOTALL
    )
    return {"status": answer.status_code, "text": text, "outline": bool(drawn)}


def main(addresses: list[str]) -> None:
    """Print one JSON object, on the last line: the home territory, what each address showed."""
    home = house().home
    around = house().territory
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    own = f"/lieux/{home.scale}/{home.code}"
    visit = {
        "name": home.name,
        "key": home.key,
        "population": home.population,
        "communes": len(home.communes),
        "containers": [each.name for each in around.containers(home)],
        "peers": [each.name for each in around.peers(home).places if each.key != home.key],
        "pages": {each: seen(client, each.replace("@", own)) for each in addresses},
    }
    json.dump(visit, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked[0] == "--init":
        refused = cli.main(["init", "--territory", asked[1]])
        if refused:
            raise SystemExit(refused)
        asked = asked[2:]
    main(asked)
