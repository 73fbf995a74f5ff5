"""A plan as a paper: what is printed for a meeting, with every reason and every source."""

from django.utils.translation import gettext as _

from bassin.match.skills.reconversion import shown
from bassin.match.skills.reconversion.plan import Line, Plan
from bassin.types import Origin
from bassin.ui.papers import Block, Heading, Items, Paper, Paragraph, Table
from bassin.ui.reader import language


def paper(made: Plan, labels: dict[str, str], *, house: str, place: str) -> Paper:
    """The plan in the reader's language; `place` is where the jobs are."""
    said = language()
    blocks: list[Block] = [
        Paragraph(shown.sentence(made), strong=True),
        Paragraph(made.on_day.said.say(said), strong=True),
        *_exposed(made, labels),
        Heading(_("Where could they lead?")),
        *[block for line in made.lines for block in _line(made, line)],
        *_scheme(made),
    ]
    title = _("Reconversion plan")
    return Paper(
        title=title, author=house, language=said, room="match",
        sample=made.origin == Origin.INVENTED,
        facts=[shown.kicker(made, place), _("Rules of {day}").format(day=shown.day(made))],
        foot=_("{title}, rules of {day}").format(title=title, day=shown.day(made)),
        blocks=blocks,
    )  # fmt: skip


def _exposed(made: Plan, labels: dict[str, str]) -> list[Block]:
    columns, rows = shown.exposed_table(made.asked.exposed, labels)
    return [
        Heading(_("How many jobs, in which trades?")),
        Table(
            _("Exposed jobs by trade"), [each.label for each in columns],
            [[row.heading.text, *(cell.text for cell in row.cells)] for row in rows],
            numbers=tuple(range(1, len(columns))), widths=(4, 1, 1, 1)[: len(columns)], note=bias(),
        ),
    ]  # fmt: skip


def bias() -> str:
    """What the share by trade rests on, and its bias."""
    return _(
        "The middles sum to that of the whole. Jobs of an activity are shared among trades as its "
        "hires are, in France: trades of short contracts weigh too much, and people whom the "
        "employment service never knew are absent."
    )


def _line(made: Plan, line: Line) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("{trade}: {count} jobs").format(
            trade=line.label, count=shown.jobs(line.part.central)), 2),
        Paragraph(_("The same trade elsewhere: {here}.").format(here=shown.here(line.stays))),
    ]  # fmt: skip
    for lead in line.leads:
        card = shown.card(lead)
        blocks.append(Heading(lead.label, 3))
        told = (*card.reasons, *card.others)
        blocks.append(Items([f"{each.reason.sentence} ({each.source})" for each in told]))
        missing = " ; ".join(lead.missing) or _("nothing")
        blocks.append(Paragraph(_("To learn: {missing}.").format(missing=missing)))
        blocks.append(Paragraph(shown.courses_said(lead), soft=True))
    if not line.leads:
        blocks.append(Paragraph(_("No promising trade is near enough and within reach.")))
    return blocks


def _scheme(made: Plan) -> list[Block]:
    if made.on_day.scheme is None:
        return []
    said = language()
    blocks: list[Block] = [
        Heading(made.on_day.scheme.title.say(said)),
        Table(
            _("Conditions"), [_("Condition"), _("What is known"), _("Source")],
            [[title, f"{_word(told.reason.says)} {told.reason.sentence}", told.source]
             for title, told, _checked in shown.conditions(made)],
            widths=(2, 5, 3),
        ),
    ]  # fmt: skip
    for found, caption in ((shown.rules_table(made), _("Rules")),
                           (shown.documents_table(made), _("Documents to prepare"))):  # fmt: skip
        if found:
            columns, rows = found
            blocks.append(
                Table(
                    caption, [each.label for each in columns],
                    [[row.heading.text, *(cell.text for cell in row.cells)] for row in rows],
                    widths=(2, 5, 3, 2)[: len(columns)],
                )
            )  # fmt: skip
    return [*blocks, *_money(made)]


def _word(says: str) -> str:
    return {"yes": _("Yes:"), "no": _("No:")}.get(says, _("To ask:"))


def _money(made: Plan) -> list[Block]:
    found = shown.money(made)
    if found is None:
        return []
    blocks: list[Block] = [Heading(_("What may it pay?"))]
    if found.each:
        blocks.append(
            Paragraph(
                _("{each} a person; {total} if everyone used it.").format(
                    each=found.each, total=found.total
                ),
                strong=True,
            )
        )
    if found.formula:
        blocks.append(Paragraph(_("Formula: {formula}.").format(formula=found.formula)))
    blocks += [Items([*found.questions, *found.notes])] if found.questions or found.notes else []
    if found.source:
        blocks.append(Paragraph(found.source, soft=True))
    return blocks
