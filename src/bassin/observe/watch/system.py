"""The visiting card of the watch."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "roadmap:priority:3": Text(
        "Chaque signal est daté, prouvé et confié à quelqu'un ; on mesure qui a été contacté en "
        "cinq jours ouvrés, et à quoi l'alerte a servi.",
        "Each signal is dated, proven and given to somebody; who was contacted within five "
        "working days is measured, and what the alert was good for.",
    ),
}
"""What these pages make easier to keep, and how."""

SYSTEM = System(
    slug="watch",
    room="observe",
    title=Text("Veille", "Watch"),
    summary=Text(
        "Ce qui vient d'arriver aux entreprises et aux chiffres, combien d'emplois en dépendent, "
        "et qui s'en occupe.",
        "What just happened to firms and figures, how many jobs hang on it, and who sees to it.",
    ),
    people=Text(
        "agents du développement économique, conseillers des partenaires",
        "economic development officers, partners' advisers",
    ),
    home="watch:home",
    order=90,
    serves=tuple(SERVED),
    how=SERVED,
    resolve="bassin.observe.watch.references.resolve",
    firm_of="bassin.observe.watch.references.firm_of",
    alarm="bassin.observe.watch.chain.alarm",
    at_risk="bassin.observe.watch.chain.at_risk",
    sample="bassin.observe.watch.sample.build",
)
