"""Signatories are counted on a day, from what was signed and withdrawn by then."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bassin.errors import Refused
from bassin.steer.programmes import actions_signatories as verbs
from bassin.steer.programmes import signatories
from bassin.steer.programmes.models import Commitment, Framework
from bassin.steer.programmes.tests.conftest import TODAY

SIGNED = date(2019, 11, 14)


@pytest.fixture
def manifesto(db, made) -> Framework:
    return made.framework(kind="manifesto", title="Manifeste", public=True)


def promise(manifesto, made, **more) -> Commitment:
    facts = {"role": "signatory", "state": "signed", "signed_on": SIGNED}
    more.setdefault("organisation", made.organisation())
    return manifesto.commitments.create(**{**facts, **more})


def count(manifesto, on: date) -> int:
    return len(signatories.on(manifesto, on))


def test_the_count_is_that_of_a_day(manifesto, made):
    promise(manifesto, made, signed_on=date(2018, 11, 22))
    promise(manifesto, made)

    assert count(manifesto, date(2018, 11, 21)) == 0
    assert count(manifesto, date(2018, 11, 22)) == 1
    assert count(manifesto, SIGNED) == 2


def test_who_withdrew_counts_until_the_day_before(manifesto, made):
    promise(manifesto, made, state="withdrawn", withdrawn_on=date(2021, 5, 1))

    assert count(manifesto, date(2021, 4, 30)) == 1
    assert count(manifesto, date(2021, 5, 1)) == 0


def test_an_organisation_that_promised_twice_counts_once(manifesto, made):
    first = promise(manifesto, made, text="Recruter")
    promise(manifesto, made, text="Former", organisation=first.organisation)

    (one,) = signatories.on(manifesto, TODAY)

    assert one.promises == ("Recruter", "Former")


@pytest.mark.parametrize("more", [{"state": "proposed", "signed_on": None}, {"role": "witness"}])
def test_who_did_not_sign_is_not_counted(manifesto, made, more):
    promise(manifesto, made, **more)

    assert count(manifesto, TODAY) == 0


def test_a_signature_then_a_withdrawal_are_noted(both_databases, manifesto, made, awa):
    proposed = promise(manifesto, made, state="proposed", signed_on=None)

    signed = verbs.sign(proposed, on=SIGNED, by=awa, today=TODAY)
    with pytest.raises(Refused, match="déjà"):
        verbs.sign(proposed, on=SIGNED, by=awa, today=TODAY)
    with pytest.raises(Refused, match="entre la signature et aujourd'hui"):
        verbs.withdraw(signed, on=date(2019, 1, 1), by=awa, today=TODAY)
    verbs.withdraw(signed, on=TODAY, by=awa, today=TODAY)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.signed_on, proposed.withdrawn_on) == (
        "withdrawn", SIGNED, TODAY,
    )  # fmt: skip


def test_only_officers_note_signatures(manifesto, made, bruno):
    with pytest.raises(PermissionDenied):
        verbs.sign(promise(manifesto, made, state="proposed"), on=SIGNED, by=bruno, today=TODAY)


def test_the_page_says_the_day_and_what_documents_state_beside_it(manifesto, made, client):
    promise(manifesto, made)
    manifesto.stated_counts.create(
        what="signatories", value=50, approximate=True, on=date(2019, 6, 1), source="La page"
    )
    address = reverse("programmes:signatories", args=[manifesto.slug])

    now = client.get(address).content.decode()
    before = client.get(f"{address}?le=2019-01-01").content.decode()

    assert "1 signataire saisi" in now
    assert "50" in now
    assert re.search(r"0 signataire saisi, le 1(er)? janvier 2019", before)
    assert client.get(f"{address}?le=hier").status_code == 200


def test_an_officer_notes_a_signature_from_the_page(manifesto, made, awa, client):
    proposed = promise(manifesto, made, state="proposed", signed_on=None)
    client.force_login(awa)

    client.post(
        reverse("programmes:sign", args=[manifesto.slug, proposed.pk]), {"on": "2019-11-14"}
    )

    assert count(manifesto, SIGNED) == 1
