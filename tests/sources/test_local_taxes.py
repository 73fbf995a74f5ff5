"""Business taxes and fiscal potential of communes."""

from bassin.sources.local_taxes import FiscalPotential, LocalTaxes
from tests.support.loading import DATA, edited, loaded

REI = DATA / "local_taxes" / "finances" / "rei.csv"
CRITERIA = DATA / "fiscal_potential" / "finances" / "criteres_repartition_2023.csv"


def variables(found, commune):
    return {r["variable_code"]: r for r in found.rows if r["commune_code"] == commune}


def test_bases_rates_and_amounts_are_told_apart(tmp_path):
    rungis = variables(loaded(LocalTaxes(), tmp_path, REI), "94065")
    assert {code: (r["measure"], r["value"]) for code, r in rungis.items()} == {
        "P11": ("base", 41000000.5),
        "P12": ("rate", 26.18),
        "P13": ("amount", 10700000.0),
    }


def test_taxes_on_households_are_left_out(tmp_path):
    assert {r["tax"] for r in loaded(LocalTaxes(), tmp_path, REI).rows} == {"CFE"}


def test_what_the_grouping_levies_is_not_what_the_commune_levies(tmp_path):
    found = loaded(LocalTaxes(), tmp_path, REI)
    assert variables(found, "01004")["P33"]["beneficiary"] == "GFP"


def test_a_secret_amount_is_empty_and_flagged(tmp_path):
    found = loaded(LocalTaxes(), tmp_path, REI)
    hidden = variables(found, "01001")["P13"]
    assert (hidden["value"], hidden["value_masked"]) == (None, True)


def test_a_refused_row_is_told_with_its_line_in_the_file(tmp_path):
    # given a bad code after the line of a tax on households
    path = edited(REI, tmp_path / "finances", ("Ain;01004", "Ain;1004"))
    source = LocalTaxes()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [(r["line"], r["value"]) for r in found.refused] == [(6, "1004")]


def test_a_renamed_column_of_the_rei_is_named(tmp_path):
    path = edited(REI, tmp_path / "finances", ("dispositif_fiscal", "taxe"))
    found = loaded(LocalTaxes(), tmp_path / "store", path)
    assert "has no column dispositif_fiscal" in found.run.error


def test_potentials_are_read_with_blanks_commas_and_lost_zeros(tmp_path):
    found = loaded(FiscalPotential(), tmp_path, CRITERIA)
    small = next(r for r in found.rows if r["commune_code"] == "01001")
    assert (small["population_dgf"], small["fiscal_potential_eur"]) == (880, 612345.5)
    assert (small["financial_potential_eur"], small["period"]) == (655000, "2023")


def test_labels_of_another_year_are_read_too(tmp_path):
    # given labels without "final" and with "Année N"
    path = edited(
        CRITERIA,
        tmp_path / "finances",
        ("Population DGF de l'année N", "Population DGF Année N"),
        (" 4 taxes final", " 4 taxes"),
        ("Potentiel financier final", "Potentiel financier"),
    )
    found = loaded(FiscalPotential(), tmp_path / "store", path)
    assert (found.run.status, found.run.rows) == ("published", 2)


def test_a_potential_per_inhabitant_never_passes_for_the_potential(tmp_path):
    path = edited(CRITERIA, tmp_path / "finances", ("Potentiel fiscal 4 taxes final;", "X;"))
    found = loaded(FiscalPotential(), tmp_path / "store", path)
    assert found.run.status == "failed"
    assert "Potentiel fiscal 4 taxes" in found.run.error


def test_a_name_without_a_year_fails_and_says_how_to_name_it(tmp_path):
    found = loaded(FiscalPotential(), tmp_path, CRITERIA, name="finances/criteres.csv")
    assert "its name must give the year" in found.run.error
