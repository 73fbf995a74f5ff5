"""The frameworks of the sample's authority: complete, cited, apart from what is invented."""

import shutil
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import models

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.parties import sample as people
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes import documents, sample
from bassin.steer.programmes.models import (
    Action,
    Body,
    Commitment,
    Contribution,
    Framework,
    Funding,
    FundingRequest,
    Milestone,
    Node,
    NodeLineage,
    Placement,
    StatedCount,
    Update,
)
from tests.support.installing import bring_documents

TODAY = date(2026, 11, 20)
ROADMAP = "feuille-de-route-2021-2025"
PHASE_1, PHASE_2 = "territoire-d-industrie-2018-2022", "territoire-d-industrie-2023-2027"


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """A folder that holds the sample authority's documents."""
    made = tmp_path_factory.mktemp("programmes")
    bring_documents(made)
    return made


@pytest.fixture
def var(brought, settings):
    settings.VAR = brought
    return brought


@pytest.fixture
def built(var, db):
    """The sample as `bassin demo` writes it."""
    people.build(TODAY)
    sample.build(TODAY)


def kinds(slug: str) -> Counter:
    return Counter(Node.objects.filter(framework__slug=slug).values_list("kind", flat=True))


def everything() -> dict[str, int]:
    """How many rows each table of the programmes holds."""
    tables = [Framework, Node, Action, Placement, Update, Milestone, Funding, Commitment, Body]
    tables += [NodeLineage, StatedCount, Contribution, FundingRequest, Organisation, Person]
    return {each.__name__: each.objects.count() for each in tables}


def test_the_frameworks_hold_what_their_documents_count(var, both_databases):
    sample.build(TODAY)

    roadmap = kinds(ROADMAP)
    assert roadmap["axis"] == 7
    assert roadmap["priority"] == 23
    assert Action.objects.filter(ref__startswith="roadmap:action:").count() == 33
    assert (roadmap["stake"], roadmap["family"], roadmap["domain"]) == (5, 5, 4)
    assert kinds("convention-de-partenariat-2018")["axis"] == 9
    signed = Commitment.objects.filter(role="signatory", state="signed")
    assert signed.values("organisation").distinct().count() == 6
    assert kinds(PHASE_1) == {"axis": 4, "region_priority": 3, "stake": 5, "other": 1}
    assert kinds(PHASE_2) == {"axis": 4}
    assert kinds("strategie-numerique") == {"ambition": 4, "mission": 5, "row": 11}
    assert kinds("feuille-de-route-projet-5-axes") == {"axis": 5}


def test_each_axis_of_the_roadmap_holds_its_priorities_and_its_actions(built):
    axes = Node.objects.filter(framework__slug=ROADMAP, kind="axis").order_by("order")

    assert [axis.children.count() for axis in axes] == [3, 3, 3, 3, 3, 5, 3]
    primary = [axis.placements.filter(primary=True).count() for axis in axes]
    assert primary == [3, 5, 3, 6, 4, 7, 5]
    assert len({axis.heading for axis in axes}) == 2


def test_the_major_works_are_one_list_that_points_to_actions_without_counting_them_again(built):
    works = Node.objects.filter(framework__slug=ROADMAP, kind="work")

    assert works.count() == 15
    assert not Placement.objects.filter(node__in=works, primary=True).exists()
    assert all(work.placements.exists() for work in works)


def test_building_again_on_a_later_day_writes_nothing_more(var, both_databases):
    sample.build(TODAY)
    before = everything()

    sample.build(date(2027, 1, 31))

    assert everything() == before


def test_what_people_changed_since_is_left_as_they_made_it(built):
    Framework.objects.filter(slug=ROADMAP).update(title="Renommée")
    Placement.objects.filter(action__ref="roadmap:action:1").delete()

    sample.build(TODAY)

    assert Framework.objects.get(slug=ROADMAP).title == "Renommée"
    assert not Placement.objects.filter(action__ref="roadmap:action:1").exists()


def test_nothing_is_invented_about_a_real_action(built):
    real = Action.objects.exclude(origin="invented")

    assert real.count() == 34
    assert not Update.objects.filter(action__in=real).exists()
    assert not FundingRequest.objects.filter(action__in=real).exists()
    for table in (Funding, Contribution):
        assert not table.objects.filter(action__in=real, origin="invented").exists()
    # Nothing can be late: no due date is open, no stage is told but the documented one.
    assert not Milestone.objects.filter(action__in=real, done_on=None).exists()
    assert not real.exclude(ends_on=None).exists()
    roadmap = real.filter(ref__startswith="roadmap:")
    assert set(roadmap.values_list("lifecycle", "health", "holder")) == {("unknown", "", None)}


def test_every_invented_project_says_so_in_its_title(built):
    invented = Action.objects.filter(origin="invented")

    assert invented.count() == 12
    for each in invented:
        assert "fictif" in each.title or "fictive" in each.title
        assert "ictional" in each.title_en


def test_the_industry_plan_shows_eleven_projects_entered_of_about_sixty_announced(built):
    framework = Framework.objects.get(slug=PHASE_1)
    placed = Action.objects.filter(placements__framework=framework)

    assert framework.announced_count == 60
    assert "soixantaine" in framework.announced_note
    assert placed.exclude(kind="labelled").count() == 11
    assert placed.filter(kind="labelled").count() == 1


def test_the_documented_project_has_its_published_amounts_and_its_source(built):
    roof = Action.objects.get(ref="industry:project:single-roof")

    assert roof.cost_eur == Decimal(30_000_000)
    paid = {each.organisation.slug: each.committed_eur for each in roof.fundings.all()}
    assert paid == {"region-ile-de-france": Decimal(1_000_000), "etat": Decimal(800_000)}
    assert (roof.lifecycle, roof.done_on) == ("done", date(2023, 9, 13))
    assert "airfrance" in roof.source
    assert roof.origin == "cited"


def test_the_five_axis_draft_and_the_first_phase_lead_to_what_followed(built):
    draft = Node.objects.filter(framework__slug="feuille-de-route-projet-5-axes")

    became = {node.code: sorted(line.after.code for line in node.became.all()) for node in draft}
    assert became == {"1": ["4", "5"], "2": ["2"], "3": ["6"], "4": ["3"], "5": ["7"]}
    new = NodeLineage.objects.filter(before=None, after__framework__slug=ROADMAP)
    assert [each.after.code for each in new] == ["1"]
    dropped = NodeLineage.objects.get(after=None)
    assert dropped.before.title.startswith("Simplifier")
    assert Framework.objects.get(slug=PHASE_2).ancestors.get().slug == PHASE_1


def test_an_action_of_the_roadmap_stands_in_other_frameworks_too(built):
    held = Placement.objects.filter(action__ref="roadmap:action:18", primary=True)

    slugs = set(held.values_list("framework__slug", flat=True))
    assert slugs == {ROADMAP, "contrat-de-transition-ecologique"}


def test_witnesses_are_not_signatories_and_have_signed_nothing(built):
    witnesses = Commitment.objects.filter(role="witness")

    assert {each.state for each in witnesses} == {"witnessed"}
    assert not witnesses.exclude(signed_on=None).exists()


def test_stated_numbers_keep_their_document_and_what_it_says_of_the_date(built):
    manifesto = StatedCount.objects.filter(framework__slug="manifeste-territoire-productif")

    stated = {(each.what, each.value, each.approximate, each.period) for each in manifesto}
    assert stated == {
        ("signatories", 50, True, ""), ("signatories", 60, True, "2020"),
        ("new_signatories", 4, False, "2019-11"),
    }  # fmt: skip
    assert all(each.source for each in StatedCount.objects.all())


def test_figures_that_actions_aim_at_exist_and_say_where_the_hypothesis_comes_from(built):
    declared = set(indicators())

    assert set(Contribution.objects.values_list("indicator", flat=True)) <= declared
    assert set(Contribution.objects.values_list("origin", flat=True)) == {"cited", "invented"}
    assert not Contribution.objects.filter(hypothesis="").exists()
    aimed = Contribution.objects.exclude(targets=None)
    assert {each.origin for each in aimed} == {"invented"}


def test_the_people_named_by_documents_can_not_sign_in(built):
    pair = Body.objects.get(kind="pair")

    named = [seat.person for seat in pair.seats.all()]
    assert len(named) == 2
    assert all(each.email is None and not each.has_usable_password() for each in named)


def test_a_real_installation_gets_the_documents_and_no_invented_action(var, db, tmp_path):
    shutil.copytree(var / "authority", tmp_path / "authority")
    (tmp_path / "authority" / "programmes" / "invented.toml").unlink()

    written = documents.write(tmp_path)

    assert len(written) == Framework.objects.count() == 11
    assert Action.objects.count() == 34
    for table in (Action, Body, Organisation, Commitment, Contribution):
        assert not table.objects.filter(origin="invented").exists()


def test_an_authority_without_documents_gets_nothing(db, tmp_path):
    assert documents.write(tmp_path) == []
    assert not Framework.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('[framework]\nslug = "x"\nkind = "plan"\ntitle = "X"\nprogramme = "nowhere"\n', "nowhere"),
        ('[framework]\nslug = "x"\nkind = "plan"\ntitle = "X"\nowner = "nobody"\n', "nobody"),
        ('[framework]\nslug = "x"\nkind = "plan"\n', "title"),
        ('[framework]\nslug = "x', "cannot be read"),
        (
            '[framework]\nslug = "x"\nkind = "plan"\ntitle = "X"\n'
            '[[placements]]\nnode = "9"\nactions = []\n',
            "lacks",
        ),
    ],
)
def test_a_damaged_file_is_refused_whole_with_what_to_correct(db, tmp_path, wrong, says):
    folder = tmp_path / "authority" / "programmes"
    folder.mkdir(parents=True)
    (folder / "good.toml").write_text('[framework]\nslug = "a"\nkind = "plan"\ntitle = "A"\n')
    (folder / "wrong.toml").write_text(wrong)

    with pytest.raises(Refused, match=says):
        documents.write(tmp_path)

    assert not Framework.objects.exists()


def test_every_text_of_the_documents_is_in_both_languages(built):
    for table, names in ((Framework, ["title", "summary"]), (Node, ["title"]), (Action, ["title"])):
        for name in names:
            silent = table.objects.filter(models.Q(**{f"{name}_en": ""}))
            assert not silent.exists(), (table, name, silent.first())
