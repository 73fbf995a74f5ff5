"""NAF rev. 2 and NAF 2025: counts, codes however written, labels, parents, what is not loaded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused, SourceError
from bassin.taxonomies import aggregates, crosswalk, naf
from bassin.taxonomies.codes import Level, Nomenclature, level_of, nomenclature_of, normalise
from bassin.types import Text


@pytest.mark.parametrize(
    ("level", "count"),
    [
        (Level.SECTION, 21),
        (Level.DIVISION, 88),
        (Level.GROUP, 272),
        (Level.CLASS, 615),
        (Level.SUBCLASS, 732),
    ],
)
def test_naf_rev2_has_every_post_of_its_five_levels(level, count):
    codes = naf.rev2().codes(level)

    assert len(codes) == len(set(codes)) == count


def test_naf_2025_has_its_sections_and_divisions_without_any_file():
    known = naf.naf_2025()

    assert len(known.codes(Level.SECTION)) == 22
    assert len(known.codes(Level.DIVISION)) == 87
    assert "45" not in known
    assert not known.complete


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("0111Z", "01.11Z"),
        ("01.11Z", "01.11Z"),
        ("01.11z ", "01.11Z"),
        ("01. 11Z", "01.11Z"),
        ("0111", "01.11"),
        ("011", "01.1"),
        ("01", "01"),
        ("c", "C"),
        ("SECTION C", "C"),
    ],
)
def test_a_code_is_written_as_insee_does_however_it_came(written, canonical):
    assert normalise(written) == canonical


@pytest.mark.parametrize(
    "wrong", ["", "1", "1.11Z", "0.111Z", "01.", "01.111", "0111ZZ", "W", "٠١"]
)
def test_what_is_not_a_naf_code_is_refused_with_an_example(wrong):
    with pytest.raises(Refused, match=r"not a NAF code.*01\.11Z"):
        normalise(wrong)


@pytest.mark.parametrize("former", ["01.1A", "741J"])
def test_a_code_older_than_2008_is_refused_by_its_name(former):
    with pytest.raises(Refused, match="older than 2008"):
        normalise(former)


# Arabic digits, a full-width letter and a trailing newline are among what text() finds.
@given(st.text(max_size=8))
def test_normalising_twice_changes_nothing(text):
    try:
        once = normalise(text)
    except Refused:
        return

    assert normalise(once) == once


@given(st.data())
def test_any_post_is_found_again_with_or_without_dot_blank_or_capital(data):
    code = data.draw(st.sampled_from([entry.code for entry in naf.rev2()]))
    written = code.replace(".", data.draw(st.sampled_from(["", ".", " .", ". "])))
    written = data.draw(st.sampled_from([written, written.lower(), f" {written}\t"]))

    found = naf.parse(written, Nomenclature.REV2)

    assert found.code == code
    assert found.level is level_of(written)


@given(st.data())
def test_every_post_is_a_child_of_its_parent_and_its_section_is_its_last_ancestor(data):
    known = naf.rev2()
    entry = data.draw(st.sampled_from([one for one in known if one.parent]))

    above = known.ancestors(entry.code)

    assert entry.code in known.children(entry.parent)
    assert above[0] == entry.parent
    assert above[-1] == entry.section
    assert known.entry(entry.parent).level == entry.level - 1


def test_the_letter_tells_the_nomenclature():
    assert nomenclature_of("01.11Z") is Nomenclature.REV2
    assert nomenclature_of("45.20A") is Nomenclature.REV2
    assert nomenclature_of("01.11Y") is Nomenclature.NAF_2025
    assert nomenclature_of("4711L") is Nomenclature.NAF_2025
    assert nomenclature_of("01.11") is None
    assert nomenclature_of("V") is Nomenclature.NAF_2025


def test_a_letter_of_neither_nomenclature_is_refused():
    with pytest.raises(Refused, match="ends in X"):
        nomenclature_of("01.11X")


def test_labels_are_given_at_any_level_and_english_falls_back_on_french():
    assert naf.label("c") == "Industrie manufacturière"
    assert naf.label("C", "en") == "Manufacturing"
    assert naf.label("2562B") == "Mécanique industrielle"
    assert naf.label("25.62B", "en") == "Mécanique industrielle"
    assert naf.section_of("2562b") == "C"


def test_an_unknown_code_is_refused_with_those_that_exist_beside_it():
    with pytest.raises(Refused, match=r"45\.20C is not in NAF rev\. 2\. Under 45\.20.*45\.20A"):
        naf.parse("45.20C")


def test_a_code_of_naf_2025_is_recognised_before_its_label_is_loaded():
    found = naf.parse("9531G")

    assert (found.code, found.division, found.section) == ("95.31G", "95", "T")
    assert found.nomenclature is Nomenclature.NAF_2025
    assert found.label.fr.startswith("à charger")


def test_a_code_in_a_division_that_naf_2025_dropped_is_refused():
    with pytest.raises(Refused, match=r"45\.20G is not in NAF 2025"):
        naf.parse("45.20G")


def test_a_code_of_the_other_nomenclature_is_refused_where_one_was_asked_for():
    with pytest.raises(Refused, match=r"a code of NAF 2025, not of NAF rev\. 2"):
        naf.parse("01.11Y", Nomenclature.REV2)
    with pytest.raises(Refused, match="not in NAF 2025"):
        naf.naf_2025().entry("01.11Z")


def test_the_same_digits_mean_what_the_asked_nomenclature_says():
    assert naf.label("38", nomenclature=Nomenclature.NAF_2025).startswith("Collecte, valorisation")
    assert naf.label("38").startswith("Collecte, traitement")
    assert naf.children("T", Nomenclature.NAF_2025) == ("94", "95", "96")
    assert naf.children("T") == ("97", "98")


def test_sub_classes_that_are_not_loaded_are_not_invented():
    with pytest.raises(Refused, match=r"not loaded.*naf-2025\.csv"):
        naf.naf_2025().subclasses(["C"])


def test_prefixes_of_any_level_make_a_set_of_sub_classes_less_the_excluded_ones():
    known = naf.rev2()

    assert known.subclasses(["38.3", "39"]) == ("38.31Z", "38.32Z", "39.00Z")
    assert known.subclasses(["45.2"], ["45.20B"]) == ("45.20A",)
    assert len(known.subclasses(known.codes(Level.SECTION))) == 732


def test_a_prefix_that_does_not_exist_is_refused_rather_than_counted_as_nothing():
    with pytest.raises(Refused, match=r"34 is not in NAF rev\. 2"):
        naf.rev2().subclasses(["34"])


def test_loaded_labels_replace_ours_but_capitals_alone_do_not():
    known = naf.rev2().relabelled(
        {"C": Text("INDUSTRIE MANUFACTURIÈRE"), "33": Text("Réparation", "Repair")}
    )

    assert known.label("C") == "Industrie manufacturière"
    assert known.label("C", "en") == "Manufacturing"
    assert known.label("33") == "Réparation"
    assert known.label("33", "en") == "Repair"
    assert known.children("33") == naf.rev2().children("33")


def test_a_missing_package_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setenv("BASSIN_NODE_MODULES", str(tmp_path))

    with pytest.raises(SourceError, match=r"@socialgouv/codes-naf.*npm ci.*BASSIN_NODE_MODULES"):
        naf.rev2()


def test_a_damaged_package_says_so(tmp_path, monkeypatch):
    package = tmp_path / "@socialgouv" / "codes-naf"
    package.mkdir(parents=True)
    (package / "index.json").write_text('[{"code": "01"}]')
    monkeypatch.setenv("BASSIN_NODE_MODULES", str(tmp_path))

    with pytest.raises(SourceError, match="does not hold NAF codes"):
        naf.rev2()


@pytest.mark.parametrize(("level", "count"), [("a10", 10), ("a17", 17), ("a38", 38)])
def test_an_aggregation_puts_each_division_in_one_post(level, count):
    posts = aggregates.aggregates(level)

    divisions = [division for post in posts for division in post.divisions]
    assert len(posts) == count
    assert sorted(divisions) == sorted(naf.rev2().codes(Level.DIVISION))


def test_the_post_of_a_code_is_found_and_a_section_is_too_wide():
    assert aggregates.aggregate_of("2562B", "a10").code == "BE"
    assert aggregates.aggregate_of("26.11Z", "a17").code == "C3"
    assert aggregates.aggregate_of("62", "a38").code == "JC"
    with pytest.raises(Refused, match="give a division"):
        aggregates.aggregate_of("C", "a38")


def test_an_unknown_aggregation_is_refused():
    with pytest.raises(Refused, match="a64"):
        aggregates.aggregates("a64")


def test_the_crosswalk_tells_the_great_moves_and_never_guesses_a_class():
    assert crosswalk.successors("45") == ("46", "47", "95")
    assert crosswalk.successors("45.20A") == ("95.31",)
    assert crosswalk.successors("K") == ("L",)
    assert crosswalk.successors("C") == ("C",)
    assert crosswalk.successors("46.71Z") == ()
    assert "À charger" in crosswalk.NOTE.fr


def test_every_destination_of_the_crosswalk_exists_in_naf_2025():
    for section in naf.rev2().codes(Level.SECTION):
        for target in crosswalk.successors(section):
            assert naf.naf_2025().entry(target).level is Level.SECTION
    for division in naf.rev2().codes(Level.DIVISION):
        for target in crosswalk.successors(division):
            assert naf.naf_2025().entry(target).level is Level.DIVISION


def test_divisions_of_naf_rev_2_have_english_and_lend_it_to_their_only_activity():
    known = naf.declared_rev2()

    assert all(known.entry(code).label.en for code in known.codes(Level.DIVISION))
    assert known.label("25", "en").startswith("Manufacture of fabricated metal products")
    assert known.label("75.00Z", "en") == known.label("75", "en") == "Veterinary activities"
    assert known.entry("25.62B").label.en == ""
