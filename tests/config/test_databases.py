"""The two databases of the tests are the real ones, and a test leaves nothing behind."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from bassin.config import databases
from bassin.parties.models import Person


def test_a_test_on_both_databases_runs_on_each(both_databases):
    Person.objects.create_user("Awa@example.org")

    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[both_databases]
    assert Person.objects.get().email == "awa@example.org"


@pytest.mark.postgres
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_on_postgresql_is_gone_in_the_next(postgres_db, turn):
    assert Person.objects.count() == 0

    Person.objects.create_user(f"bruno-{turn}@example.org")


@pytest.mark.postgres
def test_the_server_of_the_tests_listens_on_no_network(postgres_db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)


def test_a_database_that_has_its_shape_is_left_alone(db, settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path / "var"
    asked = []
    monkeypatch.setattr(databases, "call_command", lambda name, **_: asked.append(name))

    databases.migrate()
    assert asked == []

    MigrationRecorder.Migration.objects.filter(app="parties").last().delete()
    databases.migrate()
    assert asked == ["migrate"]
