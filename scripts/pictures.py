"""Take the pictures of the README from a running sample: `python scripts/pictures.py [ADDRESS]`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bassin.demo.facts import TERRITORY

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PICTURES = {
    "home.png": ("/", (1280, 800)),
    "profile.png": (f"/lieux/ept/{TERRITORY}/", (1280, 1100)),
    "claims.png": ("/chiffres-cites/", (1280, 900)),
    "roadmap.png": ("/piloter/cadres/feuille-de-route-2021-2025/", (1280, 1000)),
    "workshop.png": ("/debattre/ateliers/260412/synthese/", (1280, 1000)),
    "telephone.png": ("/lieux/commune/94037/", (390, 844)),
}
HEAVIEST = 250_000


def main(address: str) -> None:
    """Write each picture, as a visitor of the French pages sees it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, (path, (wide, tall)) in PICTURES.items():
            page = browser.new_page(viewport={"width": wide, "height": tall}, locale="fr-FR")
            page.goto(address.rstrip("/") + path, wait_until="networkidle")
            page.screenshot(path=FOLDER / name)
            page.close()
            weight = (FOLDER / name).stat().st_size
            print(f"{name}: {weight / 1000:.0f} kB" + (" (too heavy)" if weight > HEAVIEST else ""))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
