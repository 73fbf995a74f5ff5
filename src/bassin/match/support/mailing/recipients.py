"""Who a letter goes to: contacts of one's own cases, of firms of the selection, on a ground.

Nobody is left out in silence: each one who is not written to is counted with the reason.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bassin.match.support.mailing import fields, refusing
from bassin.match.support.models import Case, Contact
from bassin.types import Text

REASONS: dict[str, Text] = {
    "no_contact": Text("entreprises de la sélection sans contact chez nous",
                       "firms of the selection without a contact here"),
    "no_address": Text("contacts sans adresse électronique", "contacts without an e-mail address"),
    "no_ground": Text("contacts à qui l'on n'a pas dit que des lettres pourraient venir",
                      "contacts who were not told that letters may come"),
    "refused": Text("contacts qui ne veulent plus de lettres", "contacts who want no more letters"),
    "twice": Text("contacts déjà comptés sous la même adresse",
                  "contacts counted already under the same address"),
    "hole": Text("lettres qui auraient un champ vide", "letters that would have an empty field"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipient:
    """One message to be: where it goes, and what its fields say."""

    address: str
    values: Mapping[str, str]
    ground: str
    origin: str


@dataclass(slots=True)
class Found:
    """Who would be written to, and why others would not."""

    recipients: list[Recipient] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    holes: Counter[str] = field(default_factory=Counter)

    @property
    def reasons(self) -> list[tuple[Text, int]]:
        """Why some are left out, in words, with how many."""
        return [(REASONS[code], self.left_out[code]) for code in REASONS if self.left_out[code]]

    @property
    def missing(self) -> list[tuple[Text, int]]:
        """The fields that would be empty, with for how many."""
        return [(fields.FIELDS[code], count) for code, count in self.holes.most_common()]


def find(
    organisation: int, sirets: Collection[str], communes: Mapping[str, str], *texts: str
) -> Found:
    """The recipients of a letter among the contacts of an organisation's own cases."""
    wanted = set(sirets)
    sirens = {each[:9] for each in wanted}
    cases = Case.objects.kept_by([organisation]).filter(siren__in=sirens)
    cases = cases.select_related("adviser", "organisation").prefetch_related("contacts__reach")
    held = [each for each in cases if each.siret in wanted or not each.siret]
    found = Found()
    known = {each.siret or each.siren for each in held}
    found.left_out["no_contact"] = len(
        [each for each in wanted if each not in known and each[:9] not in known]
    )
    pairs = [(case, contact) for case in held for contact in case.contacts.all()]
    refusals = refusing.refused(contact.contact_email for _case, contact in pairs)
    seen: set[str] = set()
    for case, contact in pairs:
        _one(case, contact, found, seen, refusals, communes, texts)
    return found


def _one(
    case: Case, contact: Contact, found: Found, seen: set[str], refusals: set[str],
    communes: Mapping[str, str], texts: Collection[str],
) -> None:  # fmt: skip
    address = refusing.plain(contact.contact_email)
    reach = getattr(contact, "reach", None)
    why = (
        "no_address" if not address
        else "refused" if address in refusals
        else "no_ground" if reach is None
        else "twice" if address in seen
        else ""
    )  # fmt: skip
    said = values(case, contact, communes)
    if not why and (holes := fields.missing(said, *texts)):
        why = "hole"
        found.holes.update(holes)
    if why or reach is None:
        found.left_out[why] += 1
        return
    seen.add(address)
    found.recipients.append(
        Recipient(contact.contact_email.strip(), said, reach.ground, case.origin)
    )


def values(case: Case, contact: Contact, communes: Mapping[str, str]) -> dict[str, str]:
    """What the fields of a letter say of a firm: names alone, nothing of the case."""
    return {
        "firm": case.firm_name,
        "commune": communes.get(case.commune_code, ""),
        "siret": case.siret,
        "contact": contact.contact_name,
        "function": contact.function,
        "adviser": case.adviser.name if case.adviser else "",
        "organisation": str(case.organisation),
    }
