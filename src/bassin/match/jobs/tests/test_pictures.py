"""Pictures of presented trades: real files, deleted from the disk when their time is over."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from bassin.commons.models import Document
from bassin.match.jobs import actions_trades
from bassin.match.jobs.models import TradeShown
from bassin.match.jobs.tests.conftest import TODAY, firm
from bassin.parties.privacy.actions import forget_what_is_over

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
END = TODAY + timedelta(days=30)


@pytest.fixture
def disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(disk: Path) -> list[bytes]:
    return sorted(each.read_bytes() for each in disk.rglob("*") if each.is_file())


def hung(awa, content=PNG, **more):
    values = {"rome_code": "N1101", "kind": "picture", "title": "Le quai", "alt": "Un quai",
              "rights": "Exemple, CC BY", "shown_until": END, **more}  # fmt: skip
    return actions_trades.propose(
        by=awa, today=TODAY, picture=ContentFile(content, "quai.png"), **values
    )


def test_a_picture_leaves_the_disk_the_night_after_its_last_day(
    db, disk, awa, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = hung(awa)
    assert made.picture.reference == made.reference
    assert files(disk) == [PNG]
    with django_capture_on_commit_callbacks(execute=True):
        assert actions_trades.forget_pictures(END) == 0  # still shown that day
    assert files(disk) == [PNG]

    with django_capture_on_commit_callbacks(execute=True):
        assert actions_trades.forget_pictures(END + timedelta(days=1)) == 1

    assert files(disk) == []
    assert not Document.objects.exists()
    assert TradeShown.objects.get().picture is None
    assert actions_trades.forget_pictures(END + timedelta(days=1)) == 0


def test_a_picture_that_is_replaced_leaves_the_disk(
    db, disk, awa, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = hung(awa)
        actions_trades.change(made, by=awa, today=TODAY, picture=ContentFile(PNG + b"2", "b.png"))

    assert files(disk) == [PNG + b"2"]
    assert Document.objects.count() == 1


def test_who_is_forgotten_leaves_no_file_behind(db, disk, awa, django_capture_on_commit_callbacks):
    hung(awa, person_name="Lina", agreed_on=TODAY)
    late = END + timedelta(days=45)

    with django_capture_on_commit_callbacks(execute=True):
        forget_what_is_over(today=late)  # a month after: the record no longer holds the picture
        assert TradeShown.objects.get().picture is None
        actions_trades.forget_pictures(late)

    assert files(disk) == []


def test_taken_off_it_leaves_the_disk_at_once_and_another_trade_keeps_its_own(
    client, here, disk, awa, chloe, django_capture_on_commit_callbacks
):
    until = timezone.localdate() + timedelta(days=9)
    made, other = hung(awa, shown_until=until), hung(awa, PNG + b"3", shown_until=until)
    page = f"/accompagner/emplois/metiers/presenter/{made.pk}/"
    client.force_login(chloe)
    assert client.get(page).status_code == 404
    client.force_login(awa)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"do": "off", "why": "la personne l'a demandé"})

    assert files(disk) == [PNG + b"3"]
    made.refresh_from_db()
    other.refresh_from_db()
    assert made.archived_at is not None
    assert other.picture is not None


def test_a_firm_changes_its_presentation_and_it_is_reviewed_again(client, here, chloe, awa):
    made = actions_trades.propose(
        by=chloe, today=TODAY, organisation=firm(chloe), rome_code="N1101", kind="visit",
        title="Visite", text="Chaque mardi.", shown_until=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    actions_trades.review(made, by=awa, today=TODAY)
    page = f"/accompagner/emplois/metiers/presenter/{made.pk}/"
    client.force_login(chloe)
    opened = client.get(page).content.decode()
    typed = {"organisation": firm(chloe).pk, "rome_code": "N1101", "kind": "visit",
             "title": "Visite", "text": "Chaque jeudi.", "shown_until": made.shown_until,
             "base": opened.split('name="base" value="')[1].split('"')[0]}  # fmt: skip

    client.post(page, typed)
    assert client.post(page, {**typed, "text": "Le lundi."}).status_code == 409

    made.refresh_from_db()
    assert (made.text, made.state) == ("Chaque jeudi.", "proposed")
