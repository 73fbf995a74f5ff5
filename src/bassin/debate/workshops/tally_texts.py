"""Words and contributions: counted by what they say, shown once two said it or a person read it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bassin.debate.workshops import texts
from bassin.debate.workshops.tally_shares import Result

KINDS = ("words", "contributions")
SHOWN, HIDDEN = "shown", "hidden"
WITHHELD = "withheld"
ENOUGH = 2

Decisions = Mapping[str, Mapping[str, Any]]


def texts_of(
    kind: str, answers: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, Any]]
) -> Result:
    """One item for each thing said, with how many people said it."""
    decided: Decisions = {each["key"]: each for each in decisions}
    people: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    variants: dict[str, set[str]] = {}
    for answer in answers:
        told = set()
        for text in answer["texts"]:
            own = key_of(text)
            root = root_of(own, decided)
            told.add(root)
            variants.setdefault(root, set()).add(own)
            if isinstance(text, str) and own == root:
                forms.setdefault(root, Counter())[text] += 1
        people.update(told)
    items, waiting, hidden = [], 0, 0
    for key, count in people.items():
        state = decided.get(key, {}).get("state")
        if state == HIDDEN:
            hidden += 1
        elif state == SHOWN or (kind == "words" and count >= ENOUGH):
            items.append(_item(key, count, decided, forms) | {"variants": len(variants[key])})
        else:
            waiting += 1
    return {
        "items": sorted(items, key=lambda item: (-item["count"], item["label"], item["key"])),
        "waiting": waiting,
        "hidden": hidden,
        "distinct": len(people),
        "said": sum(len(answer["texts"]) for answer in answers),
    }


def key_of(text: str | Mapping[str, Any]) -> str:
    """The key of a text, or that of one which is withheld from publication: {"withheld": 3}."""
    return texts.key(text) if isinstance(text, str) else f"{WITHHELD}:{text[WITHHELD]}"


def root_of(key: str, decided: Decisions) -> str:
    """What a text was merged into, at the end of the chain; a ring leads to its least key."""
    seen = [key]
    while into := decided.get(seen[-1], {}).get("merged_into"):
        if into in seen:
            return min(seen[seen.index(into) :])
        seen.append(into)
    return seen[-1]


def _item(key: str, count: int, decided: Decisions, forms: Mapping[str, Counter[str]]) -> Result:
    """What is shown: the words chosen by whoever read it, else those most used."""
    spelt = forms.get(key, Counter())
    usual = min(spelt, key=lambda form: (-spelt[form], form), default="")
    decision = decided.get(key, {})
    return {
        "key": key,
        "label": decision.get("label") or usual,
        "count": count,
        "theme": decision.get("theme", ""),
    }
