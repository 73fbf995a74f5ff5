"""What a declaration may not say, because a number would be wrong: one sentence for each.

Each refusal tells what it is `about`, so that a form shows the sentence beside its question.
"""

import re
from typing import Any

from bassin.errors import Refused
from bassin.indicators.secrecy.regimes import Regime, regime
from bassin.types import Text

_RATE = re.compile(
    r"(_pct|_rate|_share|_ratio|_taux|_part)$|^(taux|part|rate|share|mean|median|moyenne|mediane)_"
    r"|_per_"
)
"""Names of columns that hold a rate, a mean or a median of a place, and not an amount."""

Facts = dict[str, Any]


class Wrong(Refused):
    """A refused declaration; `about` is the path of what is wrong, "unit.difference"."""

    def __init__(self, where: str, about: str, said: Text) -> None:
        fr, en = said.fr, said.say("en")
        super().__init__(
            Text(f"{where} : {fr}", f"{where}: {en}") if where else Text(_raised(fr), _raised(en))
        )
        self.about = about


def _raised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def refuse_aggregation(facts: Facts, where: str) -> None:
    """Say in words what the schema would only refuse: adding rates, aggregating medians."""
    kind = facts.get("kind")
    aggregation = facts.get("aggregation")
    rule = aggregation.get("rule") if isinstance(aggregation, dict) else None
    if kind == "ratio" and rule in ("sum", "none"):
        raise Wrong(where, "aggregation.rule", Text(
            "les taux ne s'additionnent pas. Déclarez un numérateur et un dénominateur, et "
            'aggregation.rule = "recompute_from_parts" (ou "published_only").',
            "rates are not added. Declare a numerator and a denominator, and "
            'aggregation.rule = "recompute_from_parts" (or "published_only").',
        ))  # fmt: skip
    if kind == "median" and rule != "published_only":
        raise Wrong(where, "aggregation.rule", Text(
            "la médiane de plusieurs lieux n'est ni la somme ni la moyenne de leurs médianes. "
            'Choisissez aggregation.rule = "published_only".',
            "a median of several places is neither the sum nor the mean of their "
            'medians. Set aggregation.rule = "published_only".',
        ))  # fmt: skip


def refuse_nonsense(facts: Facts, where: str) -> None:
    """Rules that a schema cannot say."""
    _refuse_two_tables(facts["measure"], where)
    _refuse_percent(facts["unit"], where)
    _refuse_close_surveys(facts, where)
    _refuse_uncounted(facts, where)
    _refuse_added_rates(facts["measure"], where)
    _refuse_added(facts, where)


def _refuse_two_tables(measure: Facts, where: str) -> None:
    first = measure["numerator"]["dataset"]
    for term in (each for each in measure.values() if isinstance(each, dict)):
        if term["dataset"] != first:
            other = term["dataset"]
            raise Wrong(where, "measure.denominator.dataset", Text(
                f"le numérateur vient de {first} et le dénominateur de {other}. Un rapport prend "
                "les deux dans une seule table et une seule exploitation : il faut dériver une "
                "table qui contienne les deux.",
                f"the numerator comes from {first} and the denominator from {other}. A ratio takes "
                "both from one dataset and one exploitation; derive a table that holds both.",
            ))  # fmt: skip


def _refuse_percent(unit: Facts, where: str) -> None:
    if unit["symbol"] == "%" and unit.get("difference") != "points":
        raise Wrong(where, "unit.difference", Text(
            "un taux en % s'écarte d'un autre de quelques points, et non de quelques %. "
            'Choisissez unit.difference = "points".',
            "a rate in % differs from another by points, not by %. "
            'Set unit.difference = "points".',
        ))  # fmt: skip


def _refuse_close_surveys(facts: Facts, where: str) -> None:
    time, sampled = facts["time"], facts["quality"]["sampling"]
    window, gap = time.get("window", "P1Y"), time.get("min_gap_for_change", "P1Y")
    if sampled and years(gap) < years(window):
        raise Wrong(where, "time.min_gap_for_change", Text(
            f"chaque valeur repose sur {years(window)} ans d'enquêtes : deux valeurs séparées de "
            f"moins de {years(window)} ans partagent des réponses. "
            f'Choisissez time.min_gap_for_change = "{window}" ou plus.',
            f"each value rests on {years(window)} years of surveys, so that two values "
            f"less than {years(window)} years apart share answers. "
            f'Set time.min_gap_for_change = "{window}" or more.',
        ))  # fmt: skip


def _refuse_uncounted(facts: Facts, where: str) -> None:
    if rule_of(facts["secrecy"]).protects and "units" not in facts["measure"]:
        code = facts["secrecy"]["regime"]
        raise Wrong(where, "measure.units", Text(
            f"le régime de secret {code} compte qui se trouve derrière un chiffre. Dites "
            "measure.units : la colonne qui compte les entreprises, les contribuables…",
            f"the secrecy regime {code} counts who stands behind a figure. Declare measure.units: "
            "the column that counts firms, taxpayers, …",
        ))  # fmt: skip


def _refuse_added_rates(measure: Facts, where: str) -> None:
    """A column that holds rates or means of places already is not added up."""
    for name, term in measure.items():
        if not isinstance(term, dict) or term["agg"] != "sum":
            continue
        column = term["column"]
        if not column.isidentifier():
            continue  # an amount: a mean times how many it is a mean of
        if _RATE.search(column):
            raise Wrong(where, f"measure.{name}.column", Text(
                f"la colonne {column} contient des taux, des moyennes ou des médianes de lieux : "
                "10 % et 20 % ne font pas 30 %. Additionnez les effectifs dont ils sont tirés, ou "
                "montrez la valeur publiée.",
                f"the column {column} holds rates, means or medians of places: 10% and 20% are not "
                "30%. Add up the counts that they come from, or show the published value.",
            ))  # fmt: skip


def _refuse_added(facts: Facts, where: str) -> None:
    if facts["aggregation"]["rule"] != "sum":
        return
    if facts["kind"] == "mean":
        raise Wrong(where, "aggregation.rule", Text(
            "les moyennes ne s'additionnent pas. Recalculez à partir des parties, ou lisez lieu "
            "par lieu.",
            "means are not added. Recompute from parts, or publish only.",
        ))  # fmt: skip
    if facts["measure"]["numerator"]["agg"] in ("median", "value"):
        raise Wrong(where, "aggregation.rule", Text(
            "une valeur publiée ne s'additionne pas entre les lieux : elle se lit lieu par lieu.",
            "a published value is not summed over places.",
        ))  # fmt: skip


def rule_of(declared: Facts) -> Regime:
    """The secrecy rule of a declaration: the law's, or stricter where the declaration says so.

    Raises:
        Refused: the regime is unknown, or the declaration asks for less than the law.
    """
    rule = regime(declared["regime"]).stricter(
        min_units=declared.get("min_units"), dominance_pct=declared.get("dominance")
    )
    return rule.waive_dominance(Text.of(declared["waiver"])) if "waiver" in declared else rule


def years(duration: str) -> int:
    """Years of a duration, "P5Y"; 0 for a shorter one."""
    return int(duration[1:-1]) if duration.endswith("Y") else 0
