"""What a programme says of its money: its words always, numbers where they are plain."""

import re
from collections.abc import Mapping
from typing import Any

from bassin.territory.search import folded

_FIELDS = {
    "montant du financement": "",
    "montant du prêt": "Montant du prêt : ",
    "durée du prêt": "Durée du prêt : ",
    "montant de l'avantage fiscal": "",
    "coût de l'accompagnement": "Coût de l'accompagnement : ",
    "durée de l'accompagnement": "Durée de l'accompagnement : ",
}
_RATE = re.compile(r"(\d{1,3}(?:,\d+)?) ?%")
_CEILING = re.compile(r"(?:maximum|limite|plafond\w*)(?: de)?(?: à)? ([\d ]+) ?€")
_RULE = re.compile(r"(effectif|région) (>=|<=|=) (.+)")
_OPS = {">=": "at_least", "<=": "at_most"}
_MONEY = "Montant du dispositif"


def amounts(raw: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The amounts of a programme; those of a size or a région first, then everybody's."""
    tiers = [made for each in raw.get("champs conditionnels", ()) if (made := _tier(each, names))]
    common = [
        plain(words, said) for key, words in _FIELDS.items() if (said := str(raw.get(key, "")))
    ]
    if any(_MONEY in str(each) for each in raw.get("champs conditionnels", ())):
        common = [each for each in common if each["said"] != raw.get("montant du financement")]
    return [*tiers, *common]


def plain(words: str, said: str) -> dict[str, Any]:
    """An amount with its words; a rate and a ceiling when it says one of each and no other."""
    made: dict[str, Any] = {"said": f"{words}{said}".strip()}
    text = said.lower().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    rates, ceilings = _RATE.findall(text), _CEILING.findall(text)
    if len(rates) == 1 and not words:
        made["rate_pct"] = float(rates[0].replace(",", "."))
        if len(ceilings) == 1:
            made["ceiling_eur"] = float(ceilings[0].replace(" ", ""))
    return made


def _tier(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any] | None:
    rules = [*raw.get("toutes ces conditions", ()), *raw.get("une de ces conditions", ())]
    said = " ; ".join(
        f"{key} : {value}" if key != _MONEY else str(value)
        for key, value in raw.items()
        if key not in ("toutes ces conditions", "une de ces conditions")
    )
    if not said:
        return None
    when, places = [], []
    for rule in rules:
        found = _RULE.fullmatch(rule)
        if found is None:
            return {"said": f"{' ; '.join(rules)} : {said}"}
        what, op, value = found.groups()
        if what == "région":
            places.append(names.get(folded(value), f"name:{folded(value)}"))
        elif int(value):
            when.append({"fact": "staff", "op": _OPS[op], "value": int(value)})
    if places:
        when.append({"fact": "place", "op": "in", "value": places})
    return {**plain("", said), "when": when}
