"""Each kind of result in words: what it says first, and its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.debate.workshops import shown_groups, shown_ranking, wording
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.shown import (
    Board,
    Line,
    Shown,
    aligned,
    answered,
    apart,
    counted,
    hidden,
    in_french,
    quoted,
    share,
)
from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import number, signed
from bassin.types import LANGUAGES

MOST_WORDS = 15
"""So many words are shown at once; the others are one gesture away, and all of them on paper."""


def shown(result: Result, language: str) -> Shown:
    """The result in words and tables, in a language."""
    if not result["shown"]:
        return Shown(result["kind"], hidden(result["n"]))
    made = KINDS[result["kind"]](result, language)
    boards = [*made.boards, *shown_groups.boards(result, language)]
    return replace(made, facts=[*made.facts, answered(result)], boards=boards)


def _likert(result: Result, language: str) -> Shown:
    spoke = result["spoke"]
    agree, against = result["agree"]["count"], result["disagree"]["count"]
    sentence = _("{agree} agree, {disagree} do not, {mixed} are in two minds.").format(
        agree=share(agree, spoke, language),
        disagree=share(against, spoke, language),
        mixed=share(result["mixed"]["count"], spoke, language),
    )
    most = max(each["count"] for each in result["levels"])
    lines = [
        Line(
            label=str(wording.LEVELS[each["level"]]),
            cells=[share(each["count"], spoke, language), number(each["count"], 0, language)],
            share=each["pct"],
            strong=each["count"] == most,
        )
        for each in result["levels"]
    ]
    columns = [_("Degree"), _("Share"), _("People")]
    facts = [_median(result["median"]), _net(result["net"], language), _gap(result, language)]
    return Shown("likert", sentence, facts, [Board(_("Degrees of agreement"), columns, lines)])


def _median(median: float) -> str:
    low, high = int(median), int(median + 0.5)
    if low == high:
        return _("The answer in the middle: {level}.").format(level=quoted(wording.LEVELS[low]))
    return _("The middle falls between {low} and {high}.").format(
        low=quoted(wording.LEVELS[low]), high=quoted(wording.LEVELS[high])
    )


def _net(net: float, language: str) -> str:
    points = aligned(signed(net, 0, language))
    return _("Balance: {points} points, those who agree less those who do not.").format(
        points=points
    )


def _gap(result: Result, language: str) -> str:
    said_ = _(
        "Consensus: {value} out of 100. Two people drawn at random are {gap} degrees apart on "
        "average; they would be 2 if the room stood half at each end."
    )
    return said_.format(
        value=number(result["consensus"], 0, language),
        gap=number(result["gap"], 1, language, trim=True),
    )


def _options(
    lines: Sequence[Mapping[str, Any]], spoke: int, language: str, strong: Sequence[str] = ()
) -> list[Line]:
    return [
        Line(
            label=said(line["text"], language),
            cells=[share(line["count"], spoke, language), number(line["count"], 0, language)],
            share=line["pct"],
            strong=line["code"] in strong,
        )
        for line in lines
    ]


def _quiz(result: Result, language: str) -> Shown:
    spoke = result["spoke"]
    lines = [
        replace(made, mark=each["outcome"] if each["judged"] else "", notes=_proofs(each, language))
        for made, each in zip(
            _options(result["lines"], spoke, language), result["lines"], strict=True
        )
    ]
    lines = [replace(line, strong=line.mark == "right") for line in lines]
    columns = [_("Possible answer"), _("Ticked by"), _("People")]
    exact = result["exact"]
    if exact is None:
        sentence = _("The right answers are not shown yet.")
    else:
        told = ngettext(
            "{count} person ({share}) found exactly the right answers.",
            "{count} people ({share}) found exactly the right answers.",
            exact["count"],
        )
        sentence = told.format(count=exact["count"], share=share(exact["count"], spoke, language))
    note = ""
    if any(line.mark in ("depends", "unknown") for line in lines):
        note = _("An answer that depends on the comparison, or that nothing tells, counts neither "
                 "for nor against anybody.")  # fmt: skip
    return Shown("quiz", sentence, [], [Board(_("Answers ticked"), columns, lines, note)])


def _proofs(line: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """What makes an answer right or wrong: the verdict in words, then each figure and source.

    Figures and sources are kept in French and English; any other language has the verdict alone.
    """
    judged = line["judged"]
    if not judged:
        return []
    verdict = said(judged.get("said") or {}, language)
    if language not in LANGUAGES:
        verdict = str(wording.VERDICTS[line["outcome"]])
    proofs = [(verdict, "")]
    for each in judged.get("readings", ()):
        told = [said(each[name], language).rstrip(".") for name in ("said", "source")]
        proof = in_french(". ".join(dict.fromkeys(filter(None, told))) + ".", language)
        proofs.append((proof, each.get("url", "")))
    return [proof for proof in proofs if proof[0]]


def _choice(result: Result, language: str) -> Shown:
    spoke, leading = result["spoke"], result["leading"]
    texts = {line["code"]: said(line["text"], language) for line in result["lines"]}
    counts = {line["code"]: line["count"] for line in result["lines"]}
    names = [quoted(texts[code]) for code in leading]
    first = share(counts[leading[0]], spoke, language)
    if len(names) == 1:
        sentence = _("{name} comes first: {share}.").format(name=names[0], share=first)
    else:
        sentence = _("{names} are level: {share} each.").format(names=joined(names), share=first)
    lines = _options(result["lines"], spoke, language, leading)
    columns = [_("Possible answer"), _("Share"), _("People")]
    return Shown("choice", sentence, [], [Board(_("Answers chosen"), columns, lines)])


def joined(names: Sequence[str]) -> str:
    """« a, b and c »."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _points(result: Result, language: str) -> Shown:
    top = result["lines"][0]
    sentence = _("{name} gets the most points: {share} of all those given.").format(
        name=quoted(said(top["text"], language)),
        share=share(top["points"], result["total"], language),
    )
    lines = [
        Line(
            label=said(line["text"], language),
            cells=[
                share(line["points"], result["total"], language),
                number(line["points"], 0, language),
                number(line["givers"], 0, language),
            ],
            share=line["pct"],
            strong=line["points"] == top["points"],
        )
        for line in result["lines"]
    ]
    columns = [_("Possible answer"), _("Share of points"), _("Points"), _("Given by")]
    return Shown("points", sentence, [], [Board(_("Points given"), columns, lines)])


def _sorting(result: Result, language: str) -> Shown:
    names = [said(each, language) for each in result["columns"]]
    names = names if len(names) == 2 else [_("Left"), _("Right")]
    sides = [sum(line["side"] == side for line in result["lines"]) for side in (0, 1)]
    sentence = _("{left}: {first} of them; {right}: {second}.").format(
        left=apart(names[0]), first=sides[0], right=apart(names[1]), second=sides[1]
    )
    level = len(result["lines"]) - sum(sides)
    facts = []
    if level:
        told = ngettext("The room is split on {count}.", "The room is split on {count}.", level)
        facts.append(told.format(count=level))
    lines = [
        Line(
            label=said(line["text"], language),
            cells=[
                counted(line["left"], line["left"] + line["right"], language),
                number(line["right"], 0, language),
                number(line["unplaced"], 0, language),
            ],
            share=line["left_pct"],
            strong=line["side"] == 0,
        )
        for line in sorted(result["lines"], key=lambda line: -(line["left_pct"] or 0))
    ]
    columns = [_("Item"), *names, _("Not placed")]
    return Shown("sorting", sentence, facts, [Board(_("Where each was placed"), columns, lines)])


def _words(result: Result, language: str) -> Shown:
    items = result["items"]
    facts = _unshown(result)
    if not items:
        return Shown("words", _("Nothing was said twice, or read by the facilitators, yet."), facts)
    spoke = result["spoke"]
    top = [quoted(each["label"]) for each in items if each["count"] == items[0]["count"]][:3]
    told = ngettext("Said most often: {names} ({count} person).",
                    "Said most often: {names} ({count} people).", items[0]["count"])  # fmt: skip
    sentence = told.format(names=joined(top), count=items[0]["count"])
    lines = [
        Line(
            label=each["label"],
            cells=[number(each["count"], 0, language)],
            share=100 * each["count"] / spoke,
            strong=each["count"] == items[0]["count"],
        )
        for each in items
    ]
    columns = [_("Word or phrase"), _("People")]
    boards = [Board(_("Words and phrases"), columns, lines[:MOST_WORDS])]
    if lines[MOST_WORDS:]:
        boards.append(Board(_("Said less often"), columns, lines[MOST_WORDS:], aside=True))
    return Shown("words", sentence, facts, boards)


def _contributions(result: Result, language: str) -> Shown:
    items, facts = result["items"], _unshown(result)
    if not items:
        return Shown("contributions", _("No contribution was read and shown yet."), facts)
    told = ngettext("{count} contribution is shown.", "{count} contributions are shown.",
                    len(items))  # fmt: skip
    themes = sorted({each["theme"] for each in items}, key=lambda theme: (not theme, theme))
    columns = [_("Contribution"), _("People")]
    boards = [
        Board(
            theme or (_("Without a theme") if len(themes) > 1 else _("Contributions")),
            columns,
            [
                Line(each["label"], [number(each["count"], 0, language)])
                for each in items
                if each["theme"] == theme
            ],
        )
        for theme in themes
    ]
    return Shown("contributions", told.format(count=len(items)), facts, boards)


def _unshown(result: Result) -> list[str]:
    facts = []
    if result["waiting"]:
        told = ngettext("{count} text that nobody read yet is not shown.",
                        "{count} texts that nobody read yet are not shown.",
                        result["waiting"])  # fmt: skip
        facts.append(told.format(count=result["waiting"]))
    if result["hidden"]:
        told = ngettext("{count} text was read and is not shown.",
                        "{count} texts were read and are not shown.", result["hidden"])  # fmt: skip
        facts.append(told.format(count=result["hidden"]))
    return facts


KINDS: dict[str, Callable[[Result, str], Shown]] = {
    "quiz": _quiz,
    "likert": _likert,
    "choice": _choice,
    "ranking": shown_ranking.ranking,
    "points": _points,
    "sorting": _sorting,
    "words": _words,
    "contributions": _contributions,
}
