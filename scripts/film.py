"""Make the film that stands for the authority's own in the sample: `python scripts/film.py`.

Four panels drawn in a browser and recorded by it as WebM, with their captions: ours, so that
nothing else is copied: same licence as the rest of the project.
"""

import base64
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from bassin.demo import authorities
from bassin.demo.facts import TERRITORY
from bassin.ui.papers.model import COLOURS

FOLDER = Path(authorities.__file__).parent / TERRITORY / "workshops"
PANELS = (
    "Vingt-quatre communes, un territoire.",
    "Produire, habiter, relier.",
    "Franchir la Seine, les voies, les autoroutes.",
    "Décider ensemble.",
)
SECONDS = 3
RECORD = """async ([panels, seconds, colours]) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 360});
  const pen = canvas.getContext("2d");
  const draw = (at) => {
    const panel = Math.min(Math.floor(at / seconds), panels.length - 1);
    pen.fillStyle = colours[panel]; pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = "#FBFAF7"; pen.font = "bold 26px sans-serif"; pen.textAlign = "center";
    pen.fillText(panels[panel], 320, 170);
    pen.font = "18px sans-serif"; pen.fillText("Film de remplacement, pour l'exemple", 320, 320);
    pen.fillRect(40, 215, 560 * at / (seconds * panels.length), 4);
  };
  const recorder = new MediaRecorder(canvas.captureStream(8),
    {mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 60000});
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const ended = new Promise((done) => { recorder.onstop = done; });
  draw(0); recorder.start();
  const begun = performance.now();
  await new Promise((done) => {
    const tick = setInterval(() => {
      const at = (performance.now() - begun) / 1000;
      draw(Math.min(at, seconds * panels.length));
      if (at > seconds * panels.length) { clearInterval(tick); done(); }
    }, 125);
  });
  recorder.stop(); await ended;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


def captions() -> str:
    """The captions, WebVTT."""
    lines = ["WEBVTT", ""]
    for number, text in enumerate(PANELS):
        start, end = number * SECONDS, (number + 1) * SECONDS
        lines += [f"00:00:{start:02}.000 --> 00:00:{end:02}.000", text, ""]
    return "\n".join(lines)


def main() -> None:
    """Write the film and its captions beside the sample's workshop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        recorded = browser.new_page().evaluate(
            RECORD, [list(PANELS), SECONDS, list(COLOURS.values())]
        )
        browser.close()
    film = base64.b64decode(recorded)
    (FOLDER / "invented.webm").write_bytes(film)
    (FOLDER / "invented.vtt").write_text(captions(), "utf-8")
    print(f"invented.webm: {len(film) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
