"""Every table says what it holds about people, and the check sees the one that does not."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from bassin.parties.models import Person
from bassin.parties.privacy import register
from bassin.parties.privacy.declared import Hold, Nothing, Personal
from bassin.parties.privacy.processings import ACCOUNTS
from bassin.types import Text

WORDS = Text("mots", "words")


def test_every_table_of_the_house_and_of_its_libraries_is_declared():
    assert [said.msg for said in register.check(None)] == []


def table(**fields):
    """A table made for one test, outside the house."""
    with isolate_apps("bassin.parties"):
        meta = type("Meta", (), {"app_label": "parties"})
        return type("Made", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("written_by", lambda: models.ForeignKey(Person, models.CASCADE)),
        ("address", models.EmailField),
        ("contact_email", models.TextField),
        ("telephone", models.TextField),
        ("mobile_number", models.TextField),
        ("author_name", models.TextField),
        ("last_name", models.TextField),
    ],
)
def test_a_field_about_a_person_cannot_pass_for_nothing(name, field):
    silent = table(**{name: field()})
    denying = table(**{name: field()}, personal=Nothing(WORDS))
    elsewhere = table(
        **{name: field()},
        personal=Personal(processing=ACCOUNTS, data=WORDS, holds=(Hold(person="other"),)),
    )

    assert name in register.fault(silent)
    assert name in register.fault(denying)
    assert name in register.fault(elsewhere)


def test_an_innocent_table_must_still_say_so():
    assert "does not say" in register.fault(table(use=models.TextField()))
    assert register.fault(table(use=models.TextField(), personal=Nothing(WORDS))) == ""


def test_a_declaration_is_not_inherited():
    parent = table(personal=Nothing(WORDS))
    with isolate_apps("bassin.parties"):
        meta = type("Meta", (), {"app_label": "parties", "proxy": True})
        child = type("Child", (parent,), {"__module__": __name__, "Meta": meta})

    assert "does not say" in register.fault(child)


def test_a_row_kept_without_a_person_says_why():
    hold = Hold(person="written_by", blank={"written_by": None})
    kept = table(
        written_by=models.ForeignKey(Person, models.CASCADE),
        personal=Personal(processing=ACCOUNTS, data=WORDS, holds=(hold,)),
    )

    assert "without saying why" in register.fault(kept)


def test_every_declaration_speaks_both_languages_and_names_fields_that_exist():
    silent, strangers = [], []
    for model, personal in register.holding().items():
        texts = [personal.data, personal.processing.purpose, personal.processing.title]
        texts += [text for hold in personal.holds for text in (hold.since_words, hold.kept)]
        texts += [hold.why for hold in personal.holds if hold.blank is not None]
        silent += [model._meta.label for text in texts if not (text.fr and text.en)]
        named = {field.name for field in model._meta.get_fields()}
        shown = {name for hold in personal.holds for name in hold.show}
        strangers += [(model._meta.label, personal.fields | shown - named)] * bool(
            (personal.fields | shown) - named
        )

    assert silent == []
    assert strangers == []


def test_what_a_model_says_when_it_holds_nothing_is_said_in_both_languages():
    said = [d.because for d in register.declarations().values() if isinstance(d, Nothing)]

    assert said
    assert all(text.fr and text.en for text in said)


def test_no_table_is_left_out_of_the_list():
    assert set(register.declarations()) == set(apps.get_models())
