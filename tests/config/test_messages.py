"""The check of translations sees what is missing, empty, guessed or used nowhere."""

import pytest

from scripts import messages

USED = """
from django.utils.translation import gettext as _, ngettext, pgettext

HELLO = _("Hello")
MANY = ngettext("%(n)s firm", "%(n)s firms", 2)
LEAD = pgettext("metal", "lead")
"""
PAGE = """{% load i18n %}
<p>{% translate "Search" %}
    {% blocktranslate count n=found %}{{ n }} place{% plural %}{{ n }} places{% endblocktranslate %}
</p>
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with five messages: two in a page, three in a module."""
    folder = tmp_path / "src" / "bassin"
    (folder / "templates").mkdir(parents=True)
    (folder / "words.py").write_text(USED)
    (folder / "templates" / "page.html").write_text(PAGE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", folder)
    monkeypatch.setattr(messages, "HOUSE", folder / "locale/fr/LC_MESSAGES/django.po")
    return folder


def test_messages_of_modules_and_pages_are_found_with_plurals_and_contexts(package):
    found = {(message.context, message.id) for message in messages.catalogue() if message.id}

    assert found == {
        (None, "Hello"),
        (None, ("%(n)s firm", "%(n)s firms")),
        ("metal", "lead"),
        (None, "Search"),
        (None, ("%(n)s place", "%(n)s places")),
    }


def test_a_message_in_no_catalogue_is_a_fault_until_it_is_translated(package):
    assert len(messages.faults()) == 5

    messages.update()
    assert all("without French" in fault for fault in messages.faults())
    catalogue = messages.HOUSE.read_text("utf-8")
    filled = catalogue.replace('msgstr ""\n\n', 'msgstr "x"\n\n')
    filled = filled.replace('msgstr[0] ""', 'msgstr[0] "x"').replace(
        'msgstr[1] ""', 'msgstr[1] "x"'
    )
    messages.HOUSE.write_text(filled, "utf-8")

    assert messages.faults() == []


def test_a_guess_and_a_word_used_nowhere_are_faults(package):
    messages.update()
    more = '\n#, fuzzy\nmsgid "Hello"\nmsgstr "Salut"\n\nmsgid "Gone"\nmsgstr "Parti"\n'
    header, _, _ = messages.HOUSE.read_text("utf-8").partition("#: src")
    messages.HOUSE.write_text(header + more, "utf-8")

    said = "\n".join(messages.faults())

    assert "guessed (fuzzy): 'Hello'" in said
    assert "used nowhere: 'Gone'" in said


def test_words_a_system_keeps_in_its_own_catalogue_are_left_to_it(package):
    own = package / "jobs" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    own.parent.mkdir(parents=True)
    (package / "jobs" / "words.py").write_text('A = _("Apply")\nB = _("Hello")')
    own.write_text('msgid "Apply"\nmsgstr "Postuler"\n', "utf-8")

    messages.update()

    assert '"Apply"' not in messages.HOUSE.read_text("utf-8")
    assert not any("'Apply'" in fault for fault in messages.faults())
    assert '"Hello"' in messages.HOUSE.read_text("utf-8"), "two folders say it: it is the house's"


def test_words_that_a_second_folder_comes_to_say_move_to_the_house_with_their_french(package):
    own = package / "jobs" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    own.parent.mkdir(parents=True)
    (package / "jobs" / "words.py").write_text('A = _("Apply")')
    own.write_text('msgid "Apply"\nmsgstr "Postuler"\n', "utf-8")
    (package / "more.py").write_text('A = _("Apply")')

    messages.update()

    assert "Postuler" in messages.HOUSE.read_text("utf-8")
    assert "Postuler" not in own.read_text("utf-8")
