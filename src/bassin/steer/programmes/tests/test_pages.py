"""The pages of Piloter: what each person finds there, and what nobody else does."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from bassin.steer.programmes.models import Action
from bassin.steer.programmes.tests.conftest import organisation_of


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def plan(db, made):
    """A public framework of one axis and two priorities."""
    framework = made.framework(public=True, slug="plan", title="Le plan")
    axis = made.node(framework, code="1", title="Un axe")
    made.node(framework, axis, kind="priority", code="1.1", title="Une priorité")
    made.node(framework, axis, kind="priority", code="1.2", title="Une autre")
    return framework


def at(plan, code):
    return plan.nodes.get(code=code)


def page(client, name, *, status=200, **keys):
    answer = client.get(reverse(f"programmes:{name}", kwargs=keys or None))
    assert answer.status_code == status, answer.content[:300]
    return answer.content.decode()


def test_a_resident_sees_the_public_actions_of_a_public_framework_and_no_other(client, made, plan):
    made.action(at(plan, "1.1"), title="Ouverte à tous", visibility="public")
    made.action(at(plan, "1.1"), title="Entre partenaires", visibility="partners")
    made.action(at(plan, "1.2"), title="Interne")
    made.action(at(plan, "1.2"), title="Confidentielle", visibility="public", confidential=True)

    for name in ("framework", "table", "timeline", "public"):
        shown = page(client, name, slug="plan")
        assert ("Ouverte à tous" in shown) is (name != "timeline")
        assert not any(each in shown for each in ("partenaires", "Interne", "Confidentielle"))
    for extension in ("csv", "json"):
        shown = page(client, "export", slug="plan", extension=extension)
        assert "Ouverte à tous" in shown
        assert not any(each in shown for each in ("Entre", "Interne", "Confidentielle"))


def test_an_officer_can_see_a_framework_as_everyone_does(client, made, plan, awa):
    made.action(at(plan, "1.1"), title="Interne")
    client.force_login(awa)

    assert "Interne" in page(client, "framework", slug="plan")
    assert "Interne" not in page(client, "public", slug="plan")


def test_a_visitor_is_asked_to_sign_in_whether_a_page_exists_or_not(client, made, db):
    hidden = made.action()
    made.framework(slug="cache", public=False)

    for address in (
        f"/piloter/actions/{hidden.pk}/", "/piloter/actions/999999/",
        "/piloter/cadres/cache/", "/piloter/cadres/jamais/", "/piloter/cadres/cache.json",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 302
        assert "next=" in answer.url


def test_the_front_of_the_room_opens_every_page_that_it_names(client, made, plan, awa, today):
    decision = made.decision()
    decision.body.meetings.create(on=today + timedelta(3))
    client.force_login(awa)
    shown = client.get(reverse("programmes:home"))

    addresses = [url for _word, url in shown.context["elsewhere"]]
    for address in [*addresses, shown.context["meeting_url"]]:
        assert client.get(address).status_code == 200, address
    client.logout()
    public = [url for _word, url in client.get("/piloter/").context["elsewhere"]]
    assert len(public) == 4
    for address in public:
        assert client.get(address).status_code == 200, address


def test_a_tree_says_over_what_its_average_is(client, made, plan, awa, today):
    first = made.action(at(plan, "1.1"))
    made.update(first, on=today, progress=60)
    made.action(at(plan, "1.1"))
    made.action(at(plan, "1.2"), lifecycle="abandoned", abandoned_why="Trop cher")
    client.force_login(awa)

    shown = page(client, "framework", slug="plan")

    silent = "non renseignées\u00a0: 1\u202f; abandonnées\u00a0: 1"
    said = f"60\u202f% sur 1 action renseignée\u202f; {silent}"
    assert said in shown


def test_a_framework_says_what_was_announced_and_what_is_entered(client, made, plan):
    plan.announced_count, plan.announced_note = 60, "selon la page du label"
    plan.save()
    made.action(at(plan, "1.1"), visibility="public")

    shown = page(client, "framework", slug="plan")

    assert "Environ 60 annoncées (selon la page du label), 1 saisie ici" in shown


def test_an_action_of_two_frameworks_is_shown_in_both_and_its_page_says_so(client, made, plan, awa):
    label = made.framework(slug="label", title="Le label")
    action = made.action(at(plan, "1.1"), made.node(label), title="Deux fois")
    client.force_login(awa)

    assert "Deux fois" in page(client, "framework", slug="label")
    shown = page(client, "action", pk=action.pk)
    assert "Le plan" in shown
    assert "Le label" in shown


@pytest.mark.parametrize("name", ["framework", "table", "timeline", "lineage", "promises"])
def test_a_framework_asks_as_many_queries_for_three_actions_as_for_forty(
    client, made, plan, awa, today, name, django_assert_max_num_queries
):
    client.force_login(awa)
    payer = made.organisation()

    def fill(count):
        for index in range(count):
            node = at(plan, "1.1" if index % 2 else "1.2")
            holder = made.organisation()
            action = made.action(node, holder=holder, starts_on=today, ends_on=today)
            action.milestones.create(title="x", due_on=today - timedelta(3))
            made.update(action, on=today, progress=50)
            action.fundings.create(organisation=payer, year=2026, planned_eur=10)

    fill(3)
    page(client, name, slug="plan")
    with django_assert_max_num_queries(40) as few:
        page(client, name, slug="plan")
    fill(40)
    with django_assert_max_num_queries(len(few)):
        page(client, name, slug="plan")


@pytest.mark.parametrize("name", ["home", "board", "communes"])
def test_the_room_asks_as_many_queries_for_three_actions_as_for_forty(
    client, made, plan, bruno, today, name, django_assert_max_num_queries
):
    client.force_login(bruno)

    def fill(count):
        for _index in range(count):
            action = made.action(at(plan, "1.1"), holder=organisation_of(bruno))
            action.milestones.create(title="x", due_on=today - timedelta(3))
            made.update(action, on=today - timedelta(60), progress=50)

    fill(3)
    page(client, name)
    with django_assert_max_num_queries(30) as few:
        page(client, name)
    fill(40)
    with django_assert_max_num_queries(len(few)):
        page(client, name)


def test_a_table_is_filtered_by_its_address(client, made, plan, awa, today):
    holder = made.organisation(name="La Chambre")
    late = made.action(at(plan, "1.1"), title="Tardive", holder=holder, commune_codes=["94041"],
                       ends_on=today - timedelta(5), health="at_risk")  # fmt: skip
    done = made.action(at(plan, "1.2"), title="Finie", lifecycle="done", done_on=today)
    made.update(late, on=today, progress=10)
    made.action(at(plan, "1.2"), title="Muette")
    client.force_login(awa)
    url = reverse("programmes:table", kwargs={"slug": "plan"})

    def titles(query):
        shown = client.get(f"{url}?{query}").content.decode()
        return {each for each in ("Tardive", "Finie", "Muette") if f">{each}</a>" in shown}

    assert titles("") == {"Tardive", "Finie", "Muette"}
    assert titles("retard=1") == {"Tardive"}
    assert titles("muet=1") == {"Muette"}
    assert titles("axe=1.2") == {"Finie", "Muette"}
    assert titles("axe=1") == {"Tardive", "Finie", "Muette"}
    assert titles("commune=94041") == {"Tardive"}
    assert titles(f"porteur={holder.pk}") == {"Tardive"}
    assert titles("etape=done") == {"Finie"}
    assert titles("sante=at_risk") == {"Tardive"}
    assert titles("sante=none") == {"Finie", "Muette"}
    assert titles("texte=muet") == {"Muette"}
    assert titles("etape=jamais&commune=00000") == {"Tardive", "Finie", "Muette"}
    assert done.pk


def test_a_table_sorted_by_progress_puts_what_is_not_known_last(client, made, plan, awa, today):
    for title, share in (("Moitié", 50), ("Zéro", 0)):
        made.update(made.action(at(plan, "1.1"), title=title), on=today, progress=share)
    made.action(at(plan, "1.1"), title="Inconnue")
    client.force_login(awa)

    shown = client.get("/piloter/cadres/plan/tableau/?tri=avancement").content.decode()

    places = [shown.index(f">{each}</a>") for each in ("Zéro", "Moitié", "Inconnue")]
    assert places == sorted(places)


def test_an_action_page_says_its_lateness_its_health_and_on_what_its_progress_rests(
    client, made, awa, today
):
    action = made.action(
        ends_on=today - timedelta(70), health="blocked", blocked_cause="Un recours"
    )
    action.milestones.create(title="Étude", done_on=today, weight=3)
    action.milestones.create(title="Travaux", weight=1)
    action.fundings.create(organisation=made.organisation(), year=2026, planned_eur=30000)
    client.force_login(awa)

    shown = page(client, "action", pk=action.pk)

    assert "Elle a 70 jours de retard" in shown
    assert "Elle est bloquée\u00a0: Un recours" in shown
    assert "75\u202f%" in shown
    assert "poids des étapes faites" in shown
    assert "30\u202f000\u202f€" in shown
    assert "non connu" in shown


def test_two_people_edit_one_action_and_the_second_sees_what_changed(client, made, awa, bruno):
    action = made.action(title="Avant", text="Texte", holder=organisation_of(bruno), tags=["a"])
    url = reverse("programmes:edit", kwargs={"pk": action.pk})
    client.force_login(bruno)
    form = client.get(url).context
    sealed = {"base": form["base"], "edition": form["edition"]}
    Action.objects.filter(pk=action.pk).update(title="Titre d'Awa", tags=["a", "b"], edition=2)
    typed = {"title": "Titre de Bruno", "text": "Texte de Bruno", "kind": "action",
             "lifecycle": "in_progress", "tags": "a"}  # fmt: skip

    answer = client.post(url, {**typed, **sealed})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Titre d&#x27;Awa" in shown
    assert "Texte de Bruno" in shown
    fields = answer.context["form"].data
    assert (fields["title"], fields["tags"]) == ("Titre de Bruno", "a, b")
    assert Action.objects.get(pk=action.pk).title == "Titre d'Awa"
    again = {**fields.dict(), "base": answer.context["base"], "edition": answer.context["edition"]}
    assert client.post(url, again).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.tags, action.text) == (
        "Titre de Bruno", ["a", "b"], "Texte de Bruno",
    )  # fmt: skip


def test_a_mistake_corrected_does_not_hide_what_somebody_else_saved_meanwhile(
    client, made, awa, bruno
):
    action = made.action(title="Avant", holder=organisation_of(bruno))
    url = reverse("programmes:edit", kwargs={"pk": action.pk})
    client.force_login(bruno)
    form = client.get(url).context
    typed = {"title": "", "kind": "action", "lifecycle": "in_progress"}
    sealed = {"base": form["base"], "edition": form["edition"]}
    Action.objects.filter(pk=action.pk).update(title="Titre d'Awa", edition=2)

    wrong = client.post(url, {**typed, **sealed}).context
    sealed = {"base": wrong["base"], "edition": wrong["edition"]}
    refused = client.post(url, {**typed, "title": "Titre de Bruno", **sealed})

    assert refused.status_code == 409
    assert Action.objects.get(pk=action.pk).title == "Titre d'Awa"


def test_a_holder_reports_from_the_board_and_the_action_leaves_the_list(client, made, bruno, today):
    action = made.action(holder=organisation_of(bruno), title="À dire")
    step = action.milestones.create(title="Première pierre", due_on=today)
    client.force_login(bruno)
    assert "1 action attend votre mot" in page(client, "board")

    answer = client.post(
        reverse("programmes:report", kwargs={"pk": action.pk}),
        {"text": "La première pierre est posée.", "health": "on_track", "done": [step.pk]},
        follow=True,
    )

    assert "Tout est dit pour ce mois-ci" in answer.content.decode()
    action.refresh_from_db()
    step.refresh_from_db()
    assert (action.health, step.done_on) == ("on_track", today)
    assert action.updates.get().author == bruno


def test_a_report_that_is_refused_keeps_what_was_typed_and_closes_no_step(
    client, made, bruno, today
):
    action = made.action(holder=organisation_of(bruno))
    step = action.milestones.create(title="Étape", due_on=today)
    client.force_login(bruno)

    answer = client.post(
        reverse("programmes:report", kwargs={"pk": action.pk}),
        {"text": "Tout est arrêté", "health": "blocked", "done": [step.pk]},
    )

    assert "Tout est arrêté" in answer.content.decode()
    assert "ce qui la bloque" in answer.content.decode()
    step.refresh_from_db()
    assert step.done_on is None
    assert not action.updates.exists()


WRITING = (
    ("edit", {}), ("report", {}), ("add_milestone", {}), ("add_funding", {}), ("add_request", {}),
    ("add_contribution", {}), ("place", {}), ("archive", {}), ("restore", {}),
)  # fmt: skip


@pytest.mark.parametrize("who", ["bruno", "chloe", "dan"])
def test_another_organisations_account_opens_and_writes_nothing(client, made, plan, who, request):
    person = request.getfixturevalue(who)
    hidden = made.action(at(plan, "1"), holder=made.organisation())
    shown = made.action(at(plan, "1"), holder=made.organisation(), visibility="public")
    step = shown.milestones.create(title="x")
    line = shown.fundings.create(organisation=made.organisation(), year=2026, paid_eur=1)
    claim = shown.contributions.create(indicator="population", hypothesis="x")
    promise = plan.commitments.create(organisation=made.organisation(), role="signatory")
    client.force_login(person)
    tries = [(name, {"pk": each.pk}) for name, _k in WRITING for each in (hidden, shown)]
    tries += [
        ("action", {"pk": hidden.pk}), ("keep", {"pk": promise.pk}), ("create_framework", {}),
        ("milestone", {"pk": shown.pk, "step": step.pk}),
        ("funding", {"pk": shown.pk, "line": line.pk}),
        ("contribution", {"pk": shown.pk, "claim": claim.pk}),
        ("review", {"pk": shown.pk, "claim": claim.pk}),
        ("withdraw", {"pk": shown.pk, "placement": shown.placements.get().pk}),
        *((name, {"slug": "plan"}) for name in (
            "edit_framework", "adopt", "advance", "archive_framework", "add_node", "add_promise")),
        ("node", {"slug": "plan", "pk": plan.nodes.first().pk}),
    ]  # fmt: skip

    for name, keys in tries:
        url = reverse(f"programmes:{name}", kwargs=keys or None)
        for answer in (client.get(url), client.post(url, {"title": "Piraté", "why": "x"})):
            assert answer.status_code in (403, 404, 405), (name, answer.status_code)
    assert not Action.objects.filter(title="Piraté").exists()


def test_a_step_of_another_action_is_not_edited_through_ones_own(client, made, bruno):
    mine = made.action(holder=organisation_of(bruno))
    theirs = made.action(visibility="public").milestones.create(title="Leur étape")
    client.force_login(bruno)

    url = reverse("programmes:milestone", kwargs={"pk": mine.pk, "step": theirs.pk})
    assert client.post(url, {"title": "Piraté", "weight": 1, "order": 0}).status_code == 404


def test_a_firm_sees_its_own_page_and_no_other_signatorys(client, made, chloe):
    firm, other = organisation_of(chloe), made.organisation()
    made.framework(public=True, title="Convention").commitments.create(
        organisation=firm, role="signatory", text="Accueillir dix apprentis"
    )
    client.force_login(chloe)

    assert "Accueillir dix apprentis" in page(client, "signatory", slug=firm.slug)
    page(client, "signatory", slug=other.slug, status=404)


def test_a_promise_is_said_kept_by_who_made_it(client, made, bruno, today):
    promise = made.framework().commitments.create(
        organisation=organisation_of(bruno), role="signatory", text="Ouvrir un guichet",
        due_on=today - timedelta(3), state="signed", signed_on=today - timedelta(300),
    )  # fmt: skip
    client.force_login(bruno)
    slug = promise.organisation.slug
    assert "en retard" in page(client, "signatory", slug=slug)

    client.post(
        reverse("programmes:keep", kwargs={"pk": promise.pk}),
        {"evidence": "Guichet ouvert", "on": today.isoformat()},
    )

    shown = page(client, "signatory", slug=slug)
    assert "tenue, en retard" in shown
    assert "Guichet ouvert" in shown


def test_a_spreadsheet_of_a_sample_says_so_and_runs_nothing(client, made, plan, awa):
    made.action(at(plan, "1.1"), title='=HYPERLINK("http://x")', origin="invented")
    client.force_login(awa)

    answer = client.get("/piloter/cadres/plan.xlsx")
    book = load_workbook(ContentFile(answer.content))
    rows = list(book["Actions"].iter_rows(values_only=True))
    kinds = {cell.data_type for row in book["Actions"].iter_rows() for cell in row}
    told = client.get("/piloter/cadres/plan.csv").content.decode("utf-8-sig")

    assert "EXEMPLE-plan.xlsx" in answer.headers["Content-Disposition"]
    assert rows[1][0] == "EXEMPLE"
    assert "f" not in kinds
    assert "'=HYPERLINK" in told
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_framework_as_json_tells_what_is_not_known_from_zero(client, made, plan, awa, today):
    action = made.action(at(plan, "1.1"))
    action.fundings.create(organisation=made.organisation(), year=2026, planned_eur=Decimal(0))
    client.force_login(awa)

    told = json.loads(client.get("/piloter/cadres/plan.json").content)

    (row,) = told["actions"]
    assert (row["planned_eur"], row["paid_eur"], row["progress_pct"]) == (0.0, None, None)
    assert told["nodes"][0]["not_reported"] == 1


def test_a_lineage_shows_what_a_part_became(client, made, plan, awa):
    after = made.framework(slug="suite", title="La suite", public=True)
    heir = made.node(after, code="A", title="Héritier")
    heir.came_from.create(before=at(plan, "1"), kind="split", note="coupé en deux")
    after.ancestors.add(plan)
    client.force_login(awa)

    assert "scindé : A Héritier" in page(client, "lineage", slug="plan")
    assert "coupé en deux" in page(client, "lineage", slug="suite")
    assert "Le plan" in page(client, "lineage", slug="suite")


def test_a_draft_is_written_then_adopted_by_a_decision_from_its_pages(client, made, awa):
    client.force_login(awa)
    facts = {"slug": "neuf", "kind": "plan", "title": "Neuf", "version": "1"}
    client.post(reverse("programmes:create_framework"), facts)
    node = {"kind": "axis", "code": "1", "title": "Axe", "order": 1}
    client.post(reverse("programmes:add_node", kwargs={"slug": "neuf"}), node)

    client.post(
        reverse("programmes:adopt", kwargs={"slug": "neuf"}), {"decision": made.decision().pk}
    )

    shown = page(client, "framework", slug="neuf")
    assert "adopté par" in shown
    again = client.post(
        reverse("programmes:add_node", kwargs={"slug": "neuf"}), {**node, "code": "2"}
    )
    assert "ne change plus" in again.content.decode()


def test_an_action_is_written_placed_funded_and_put_away_from_its_pages(client, made, plan, awa):
    client.force_login(awa)
    payer = made.organisation()
    client.post(
        reverse("programmes:create"),
        {"title": "Neuve", "kind": "project", "lifecycle": "idea", "visibility": "internal"},
    )
    action = Action.objects.get(title="Neuve")
    urls = {name: reverse(f"programmes:{name}", kwargs={"pk": action.pk}) for name, _k in WRITING}
    client.post(urls["place"], {"node": at(plan, "1.1").pk, "primary": "on", "weight": "1"})
    client.post(urls["add_milestone"], {"title": "Étape", "weight": "1", "order": "1"})
    client.post(urls["add_funding"], {"organisation": payer.pk, "year": 2027, "planned_eur": "5"})
    client.post(urls["add_request"], {"organisation": payer.pk, "state": "prepared"})
    claim = {"indicator": "population", "hypothesis": "Plus de monde", "targets": "2028-12-31 5,5"}
    client.post(urls["add_contribution"], claim)

    assert action.placements.get().node.code == "1.1"
    assert action.milestones.get().title == "Étape"
    assert action.fundings.get().planned_eur == 5
    assert action.funding_requests.get().organisation == payer
    assert action.contributions.get().targets.get().value == 5.5
    client.post(urls["archive"], {"why": "Doublon"})
    assert "Doublon" in page(client, "action", pk=action.pk)
    client.post(urls["restore"])
    action.refresh_from_db()
    assert action.archived_at is None


def test_a_partner_proposes_an_action_in_its_own_name_as_an_idea(client, bruno):
    client.force_login(bruno)

    client.post(
        reverse("programmes:create"), {"title": "Idée", "kind": "action", "lifecycle": "done"}
    )

    action = Action.objects.get(title="Idée")
    assert (action.holder, action.lifecycle) == (organisation_of(bruno), "idea")


def test_the_reading_of_a_confidential_sheet_is_kept(client, made, bruno):
    from auditlog.models import LogEntry

    action = made.action(holder=organisation_of(bruno), confidential=True)
    client.force_login(bruno)

    page(client, "action", pk=action.pk)

    read = LogEntry.objects.get_for_object(action).filter(action=LogEntry.Action.ACCESS)
    assert read.get().actor == bruno


def test_the_script_that_filters_in_place_gets_the_results_alone(client, made, plan, awa):
    made.action(at(plan, "1.1"), title="Quai nord", lifecycle="in_progress")
    made.action(at(plan, "1.2"), title="École", lifecycle="idea")
    client.force_login(awa)
    address = f"{reverse('programmes:table', kwargs={'slug': 'plan'})}?texte=quai"

    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})

    for answer in (whole, part):
        assert "Quai nord" in answer.content.decode()
        assert "École" not in answer.content.decode()
        assert "HX-Request" in answer.headers["Vary"]
    assert "<h1" in whole.content.decode()
    assert "<h1" not in part.content.decode()
    assert 'data-filters="Filtres (1 actif)' in part.content.decode()
    assert "<summary>Filtres (1 actif)" in whole.content.decode()
