"""The history of an action: from what to what, in words, to those who may know."""

from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone, translation

from bassin.commons.models import Operation
from bassin.steer.programmes import history
from bassin.steer.programmes.tests.conftest import organisation_of


def change(action, **fields) -> None:
    for name, value in fields.items():
        setattr(action, name, value)
    action.save()


def told(action, user) -> dict[str, tuple[str, str]]:
    """The last change, by field."""
    return {each.name: (each.before, each.after) for each in history.of(action, user)[0].fields}


def test_each_change_is_told_from_what_to_what_in_words(both_databases, made, awa):
    action = made.action(lifecycle="idea", starts_on=date(2026, 1, 1))
    with set_actor(awa):
        change(
            action, lifecycle="in_progress", starts_on=date(2026, 3, 14), health="blocked",
            blocked_cause="Crue", cost_eur=Decimal("120000.00"),
            holder=made.organisation(name="La Régie"),
            confidential=True, tags=["quai", "fret"], title_en="The quay",
        )  # fmt: skip

    (entry, created) = history.of(action, awa)
    found = told(action, awa)

    assert (entry.who, entry.when) == ("Awa", history.words.day(timezone.localdate()))
    assert created.created
    assert not created.fields
    assert found["étape de vie"] == ("idée", "en cours")
    assert found["début"] == ("1er janvier 2026", "14 mars 2026")
    assert found["santé"] == ("non renseigné", "bloquée")
    assert found["porteur"] == ("rien", "La Régie")
    assert found["coût total (€)"][1].startswith("120")
    assert found["fiche confidentielle"] == ("non", "oui")
    assert found["thèmes"] == ("rien", "quai, fret")
    assert found["Titre en anglais"] == ("rien", "The quay")


def test_the_same_is_told_in_english(made, awa):
    action = made.action(lifecycle="idea")
    change(action, lifecycle="done", done_on=date(2026, 3, 1))

    with translation.override("en"):
        found = told(action, awa)

    assert found["stage"] == ("idea", "done")
    assert found["done on"] == ("nothing", "1 March 2026")


def test_who_takes_an_action_over_does_not_read_what_was_written_before(made, awa, bruno):
    action = made.action(holder=made.organisation(), health="at_risk")
    change(action, health="blocked", blocked_cause="Négociation secrète")
    change(action, holder=organisation_of(bruno), blocked_cause="Litige")
    change(action, blocked_cause="Crue")

    entries = history.of(action, bruno)
    said = repr(entries)

    assert "Négociation" not in said
    assert "Litige" in repr(entries[0])  # what they found when it became theirs
    assert [each.before for each in entries[1].fields] == ["", ""]
    assert {each.name for each in entries[2].fields} == {"santé", "ce qui la bloque"}
    assert "Négociation secrète" in repr(history.of(action, awa))


def test_an_operation_that_one_may_not_see_is_not_named(made, awa, bruno):
    hidden = Operation.objects.create(
        slug="cachee", name="Implantation cachée", kind="development", visibility="internal"
    )
    action = made.action(holder=organisation_of(bruno))
    change(action, operation=hidden)

    assert told(action, bruno) == {
        "operation": ("rien", "une opération qui ne vous est pas montrée")
    }
    assert told(action, awa)["operation"][1] == "Implantation cachée"


def test_what_was_erased_stays_erased(made, awa):
    action = made.action()
    change(action, blocked_cause="Monsieur X")
    for entry in LogEntry.objects.get_for_object(action):
        entry.changes = {name: [history.ERASED] * 2 for name in entry.changes}
        entry.save()

    assert told(action, awa)["ce qui la bloque"] == ("effacé", "effacé")


def test_the_history_costs_the_same_for_many_changes(made, awa, django_assert_num_queries):
    action = made.action()
    for number in range(12):
        change(action, holder=made.organisation(), ends_on=date(2026, 1, 1) + timedelta(number))
    history.is_officer(awa)

    with django_assert_num_queries(2):
        assert len(history.of(action, awa)) == 13


@pytest.mark.parametrize("who", ["chloe", "dan"])
def test_nobody_else_reads_the_history(who, made, awa, client, request):
    action = made.action(visibility="public", title="Quai")
    change(action, source="Note interne du 3 mai", title="Quai nord")
    change(action, source="Convention")
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("programmes:action", args=[action.pk])).content.decode()

    assert "Note interne" not in page
    client.force_login(awa)
    page = unescape(client.get(reverse("programmes:action", args=[action.pk])).content.decode())
    assert "Note interne du 3 mai" in page
