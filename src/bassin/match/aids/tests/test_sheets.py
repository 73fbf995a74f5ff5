"""Sheets in a form: the same file both ways, checked by people alone, in service by two of them."""

import tomllib
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.match.aids import actions
from bassin.match.aids.editing.changes import changes, counted
from bassin.match.aids.editing.editor import Editor
from bassin.match.aids.models import Check, SheetVersion
from bassin.match.aids.rules.aid import aid
from bassin.match.aids.rules.toml import written
from bassin.match.aids.rules.unread import raw
from bassin.match.aids.tests.conftest import DAY
from bassin.match.aids.tests.test_catalogue import SHEET

WORDS = st.text("abcdéè '\"\\#€[]=", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.one_of(WORDS, st.fixed_dictionaries({"fr": WORDS, "en": WORDS}))
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
NUMBERS = st.integers(0, 10**7)
CONDITIONS = st.one_of(
    st.fixed_dictionaries(
        {"fact": st.sampled_from(["staff", "turnover_eur", "age_months"]),
         "op": st.sampled_from(["at_least", "at_most", "above", "below"]), "value": NUMBERS},
        optional={"quote": WORDS, "source": TEXTS, "from": DAYS, "said": TEXTS},
    ),
    st.fixed_dictionaries(
        {"fact": st.just("staff"), "op": st.just("between"),
         "value": st.tuples(NUMBERS, NUMBERS).map(lambda pair: sorted(pair))},
    ),
    st.fixed_dictionaries(
        {"fact": st.just("created_on"), "op": st.just("at_most"), "value": DAYS},
    ),
    st.fixed_dictionaries(
        {"fact": st.just("place"), "op": st.sampled_from(["in", "not_in"]),
         "value": st.just(["departement:75", "qpv:any", "region:11", "zone:zfu"])},
        optional={"until": DAYS},
    ),
    st.fixed_dictionaries(
        {"fact": st.sampled_from(["begun", "said:une-question"]), "op": st.just("is"),
         "value": st.booleans(), "question": TEXTS, "why": TEXTS},
    ),
)  # fmt: skip
SHEETS = st.fixed_dictionaries(
    {"title": TEXTS, "conditions": st.lists(
        st.one_of(CONDITIONS, st.fixed_dictionaries(
            {"any": st.lists(CONDITIONS, min_size=2, max_size=3)})), max_size=4)},
    optional={
        "others": st.lists(WORDS, min_size=1, max_size=2), "about": TEXTS, "opens_on": DAYS,
        "closing": TEXTS, "documents": st.lists(TEXTS, min_size=1, max_size=2),
        "budget": st.fixed_dictionaries({"state": st.just("short"), "said": TEXTS}),
        "contact": st.fixed_dictionaries({"name": WORDS, "url": st.just("https://a.fr/b")}),
        "stacking": st.fixed_dictionaries(
            {"de_minimis": st.just(True), "excludes": st.just(["acre"]), "said": TEXTS}),
        "amounts": st.lists(st.fixed_dictionaries(
            {"said": TEXTS},
            optional={"rate_pct": st.sampled_from([50, 12.5]), "ceiling_eur": NUMBERS,
                      "when": st.lists(CONDITIONS, min_size=1, max_size=2)}),
            min_size=1, max_size=2),
    },
)  # fmt: skip


def posted(editor):
    """What a browser sends back of a form as it is filled in."""
    sent = QueryDict(mutable=True)
    counts = {"conditions": len(editor.conditions), "amounts": len(editor.amounts)}
    counts |= {name: len(rows) for name, rows in editor.lines.items()}
    counts |= {f"amounts-{at}-when": len(row.when) for at, row in enumerate(editor.amounts)}
    for name, count in counts.items():
        sent[f"{name}-rows"] = str(count)
    for form in editor.forms():
        for bound in form:
            value = bound.field.prepare_value(bound.value())
            if isinstance(value, list | tuple):
                sent.setlist(bound.html_name, value)
            elif value is True:
                sent[bound.html_name] = "on"
            elif value is not None and value is not False:  # 0 is a value
                sent[bound.html_name] = str(value).replace("\n", "\r\n")
    return sent


def again(house, made, **more):
    """A sheet opened in the form and sent back as it is."""
    known = {"acre"}
    opened = Editor(house, made, known, fixed=made["slug"])
    sent = posted(opened)
    sent.update(more)
    return Editor(house, made, known, sent=sent, fixed=made["slug"])


@settings(max_examples=12, deadline=None)
@given(more=SHEETS)
def test_a_sheet_goes_to_its_file_and_to_the_form_and_comes_back_the_same(installed, more):
    told = aid(SHEET | more)

    assert aid(tomllib.loads(written(raw(told)))) == told
    editor = again(installed, raw(told))
    assert editor.is_valid(), [form.errors for form in editor.forms() if form.errors]
    assert editor.said() == raw(told)


def test_every_sheet_of_the_catalogue_passes_through_the_form_unchanged(installed, aids):
    for each in aids.values():
        editor = again(installed, raw(each))
        editor.main.known = set(aids)

        assert editor.is_valid(), (each.slug, [f.errors for f in editor.forms() if f.errors])
        assert aid(editor.said()) == each, each.slug


def test_a_day_of_check_leaves_a_condition_that_changes_and_stays_on_the_others(installed):
    stamp = {"verified_on": date(2026, 5, 1), "verified_by": "Chambre"}
    made = SHEET | stamp | {"conditions": [
        {"fact": "staff", "op": "below", "value": 50, **stamp},
        {"fact": "begun", "op": "is", "value": False, **stamp}]}  # fmt: skip
    made = raw(aid(made))

    same, other = again(installed, made), again(installed, made, **{"conditions-0-value": "49"})

    assert same.is_valid()
    assert same.said() == made
    assert other.is_valid()
    told = other.said()
    assert "verified_on" not in told
    assert "verified_on" not in told["conditions"][0]
    assert told["conditions"][1]["verified_on"] == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"conditions-0-value": "cinquante"}, "value", "250, ou 12,5"),
        ({"conditions-0-op": "in"}, "op", "est au moins"),
        ({"conditions-0-fact": "place", "conditions-0-op": "in", "conditions-0-value": "Atlantis"},
         "value", "commune:94054"),
        ({"conditions-0-fact": "project", "conditions-0-op": "in",
          "conditions-0-value": "fusée"}, "value", "embaucher"),
        ({"conditions-0-fact": "said"}, "op", "oui ou non"),
    ],
)  # fmt: skip
def test_a_condition_badly_written_is_told_beside_its_field(installed, more, field, told):
    made = raw(aid(SHEET | {"conditions": [{"fact": "staff", "op": "below", "value": 50}]}))

    editor = again(installed, made, **more)

    assert not editor.is_valid()
    assert told in str(editor.conditions[0].errors[field]).replace("\u00a0", " ")


def test_names_of_places_and_words_of_codes_are_read_as_well_as_their_codes(installed):
    made = raw(aid(SHEET | {"conditions": [{"fact": "staff", "op": "below", "value": 50}]}))

    editor = again(installed, made, **{
        "conditions-0-fact": "place", "conditions-0-op": "in",
        "conditions-0-value": "Orly ; Île-de-France ; zone:zfu"})  # fmt: skip

    assert editor.is_valid(), editor.conditions[0].errors
    assert editor.said()["conditions"][0]["value"] == ["commune:94054", "region:11", "zone:zfu"]


def test_what_changed_is_told_line_by_line():
    lines = changes(written(SHEET), written(SHEET | {"holder": "Département"}))

    assert counted(lines) == (1, 1)
    assert 'holder = "Département"' in [each.text for each in lines if each.kind == "new"]
    assert changes("a\n", "a\n") == []


@pytest.fixture
def own(here):
    """The folder of the authority's sheets, left as it was found."""
    folder = here.var / "authority" / "aids"
    before = set(folder.glob("*"))
    yield folder
    for path in set(folder.glob("*")) - before:
        path.unlink()


def draft(house, people, who="bruno", **more):
    body = getattr(people, who).memberships.get().organisation
    return actions.write(house, raw(aid(SHEET | more)), organisation=body, why="Nouvelle",
                         base="", by=getattr(people, who), today=DAY)  # fmt: skip


def test_a_sheet_is_proposed_by_one_person_and_put_in_service_by_another(here, own, people):
    made = draft(here, people)
    actions.check(here, made, actions.SHEET, by=people.bruno, today=DAY)
    held = actions.propose(made, why="Une aide de plus", by=people.bruno, today=DAY)

    with pytest.raises(PermissionDenied):
        actions.accept(here, held, by=people.bruno, today=DAY)
    kept = actions.accept(here, held, by=people.awa, today=DAY)

    assert kept.state == SheetVersion.State.IN_SERVICE
    told = aid(tomllib.loads((own / "essai.toml").read_text("utf-8")))
    assert (told.owner, told.verified_on, told.verified_by) == ("Test chamber", DAY, "Test chamber")
    assert actions.in_service(here, "essai", DAY) == kept.content
    assert actions.keeper("essai").slug == "test-chamber"
    assert [(each.by, each.on) for each in Check.objects.all()] == [(people.bruno, DAY)]


def test_a_version_begun_from_another_sheet_than_that_in_service_is_not_accepted(here, own, people):
    held = actions.propose(draft(here, people), why="Oui", by=people.bruno, today=DAY)
    (own / "essai.toml").write_text(written(SHEET), "utf-8")

    with pytest.raises(Refused):
        actions.accept(here, held, by=people.awa, today=DAY)


def test_the_form_keeps_a_draft_adds_rows_and_refuses_beside_the_field(here, own, people, client):
    client.force_login(people.bruno)
    address = reverse("aids:new_sheet")
    sent = {
        "title_fr": "Prêt d'essai", "promise_fr": "Un prêt.", "holder": "Chambre",
        "natures": ["loan"], "scale": "local", "source_fr": "Règlement", "budget": "unknown",
        "review_on": "2027-01-31", "organisation": people.bruno.memberships.get().organisation_id,
        "conditions-rows": "1", "conditions-0-fact": "staff", "conditions-0-op": "below",
        "conditions-0-value": "moins",
    }  # fmt: skip

    more = client.post(address, sent | {"add": "conditions"})
    wrong = client.post(address, sent)
    kept = client.post(address, sent | {"conditions-0-value": "50"})

    assert more.status_code == 200
    assert b'name="conditions-1-fact"' in more.content
    assert wrong.status_code == 400
    assert "250, ou 12,5" in wrong.content.decode().replace("\u00a0", " ")
    made = SheetVersion.objects.get()
    assert kept.url == reverse("aids:version", args=[made.pk])
    assert made.slug == "pret-d-essai"
    assert made.raw["owner"] == "Test chamber"
    said = client.get(kept.url).content.decode()
    assert "Qui serait concerné" in said
    assert client.get(reverse("aids:version_file", args=[made.pk])).content.decode() == made.content


@pytest.mark.parametrize("who", ["chloe", "dan", "eve"])
def test_nobody_else_reads_or_changes_a_draft(here, people, client, who, request):
    other = request.getfixturevalue(who) if who in ("dan", "eve") else people.chloe
    made = draft(here, people)
    client.force_login(other)

    for name, more in (("version", [made.pk]), ("version_file", [made.pk])):
        assert client.get(reverse(f"aids:{name}", args=more)).status_code == 404
    assert client.get(reverse("aids:edit_sheet", args=["essai"])).status_code in (403, 404)
    assert client.get(reverse("aids:edit_sheet", args=["acre"])).status_code == 403
    assert client.post(reverse("aids:act", args=[made.pk]), {"do": "propose"}).status_code == 404
