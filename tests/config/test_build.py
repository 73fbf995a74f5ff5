"""What is built from the sources is built when they change, and a guess is never shown."""

from gettext import GNUTranslations

import pytest
from django.test import override_settings

from bassin.config import build
from bassin.config import settings as served
from bassin.ui import paths

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "Jobs"
msgstr "Emplois"

#, fuzzy
msgid "Firms"
msgstr "Fermes"
"""


def test_a_translation_is_compiled_and_a_guess_is_left_out(tmp_path):
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, "utf-8")

    compiled = build.compile_one(source)

    with compiled.open("rb") as binary:
        spoken = GNUTranslations(binary)
    assert spoken.gettext("Jobs") == "Emplois"
    assert spoken.gettext("Firms") == "Firms"


@pytest.mark.slow
def test_a_second_build_does_nothing_until_a_source_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "var", lambda: tmp_path)
    settings = {
        "VAR": tmp_path,
        "STATIC_ROOT": tmp_path / "static",
        "STATICFILES_DIRS": [tmp_path / "static-build"],
        "STORAGES": served.STORAGES,
        # Half a minute of compressing, of what setting up the checkout compresses already.
        "WHITENOISE_SKIP_COMPRESS_EXTENSIONS": ("css", "js", "json", "map", "svg", "txt", "html"),
    }

    with override_settings(**settings):
        first, second = build.prepare(), build.prepare()
        monkeypatch.setattr(build, "fingerprint", lambda: "a style was changed")
        third = build.prepare()

    assert (first, second, third) == (True, False, True)
    assert list((tmp_path / "static" / "ui").glob("*.css"))
