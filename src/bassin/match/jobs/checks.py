"""What is wrong, missing or worth asking about an offer, before anybody else reads it.

`contradictions` cannot be written; `lacking` cannot be published; `questions` never stop anything.
"""

from django.utils.translation import gettext as _

from bassin.match.jobs import wording
from bassin.match.jobs.licences import licences
from bassin.match.jobs.models import Offer
from bassin.types import Text

_FIXED = (Offer.Contract.CDI.value,)


def contradictions(offer: Offer) -> list[str]:
    """Values that cannot be true together, or that no list knows."""
    found = []
    low, high = offer.pay_from_eur, offer.pay_to_eur
    if low is not None and high is not None and high < low:
        found.append(_("The pay goes from {low} € down to {high} €: exchange the two amounts.")
                     .format(low=low, high=high))  # fmt: skip
    if (low is not None or high is not None) and not offer.pay_per:
        found.append(_("Say what the pay is for: an hour, a month or a year."))
    if offer.contract in _FIXED and offer.contract_months:
        found.append(_("A permanent contract has no length: take it out, or change the contract."))
    if unknown := [code for code in offer.licences or [] if code not in licences()]:
        found.append(_("These licences are not in the list: {codes}.")
                     .format(codes=", ".join(map(str, unknown))))  # fmt: skip
    if offer.positions is not None and not offer.filled <= offer.positions:
        found.append(_("{filled} positions are filled already: there cannot be fewer.")
                     .format(filled=offer.filled))  # fmt: skip
    if offer.positions is not None and offer.positions < 1:
        found.append(_("An offer is for one position at least."))
    if (offer.latitude is None) != (offer.longitude is None):
        found.append(_("A point has a latitude and a longitude: give both, or none."))
    return found


def lacking(offer: Offer) -> list[Text]:
    """What a reader cannot do without."""
    found = []
    if not offer.title.strip():
        found.append(Text("Donnez un intitulé.", "Give a title."))
    if not offer.employer_said:
        found.append(Text("Dites quel est l'employeur.", "Say who the employer is."))
    if not offer.commune_code and not offer.place:
        found.append(
            Text(
                "Dites où l'on travaille, même à peu près.", "Say where the work is, even roughly."
            )
        )
    if not reachable(offer):
        found.append(
            Text(
                "Dites comment postuler : un téléphone, une adresse, un lieu ou un conseiller.",
                "Say how to apply: a telephone, an address, a place or an adviser.",
            )
        )
    return found


def reachable(offer: Offer) -> bool:
    """Whether somebody who reads it can do the next step."""
    by = offer.apply_by
    if by == Offer.Apply.CALL:
        return bool(offer.contact_telephone)
    if by == Offer.Apply.APPLY:
        return bool(offer.apply_url or offer.contact_email or offer.apply_words)
    if by == Offer.Apply.COME:
        return bool(offer.place or offer.apply_words)
    return by == Offer.Apply.ADVISER


def questions(offer: Offer) -> list[Text]:
    """What candidates will ask, and that the offer does not say. It is asked, never refused."""
    asked = []
    if offer.pay_from_eur is None and offer.pay_to_eur is None:
        asked.append(
            Text(
                "Combien ce travail est-il payé ? Une fourchette suffit ; une offre qui la donne "
                "est plus lue, et la directive (UE) 2023/970 demande de la dire avant l'entretien.",
                "How much is it paid? A range is enough; an offer that gives it is read more, and "
                "directive (EU) 2023/970 asks to tell it before the interview.",
            )
        )
    if offer.hours_week is None:
        asked.append(Text("Combien d'heures par semaine ?", "How many hours a week?"))
    if offer.shift_start is None:
        asked.append(
            Text(
                "À quelle heure commence la journée ? C'est elle qui dit si l'on peut venir en "
                "transport en commun.",
                "When does the day begin? It tells whether one can come by public transport.",
            )
        )
    if offer.level is None:
        asked.append(
            Text(
                "Un diplôme est-il vraiment demandé ? Sinon, dites « sans diplôme ».",
                "Is a diploma really asked for? If not, say “no diploma asked”.",
            )
        )
    if not offer.contract:
        asked.append(Text("Quel est le contrat ?", "Which contract is it?"))
    if not offer.rome_code:
        asked.append(
            Text(
                "Quel est le métier ? Sans code ROME, l'offre n'est proposée à personne.",
                "Which trade is it? Without a ROME code, the offer is proposed to nobody.",
            )
        )
    return asked


def flags(offer: Offer) -> list[wording.Flag]:
    """The words to look at again, the forbidden ones first."""
    return wording.judge(offer.title, offer.text, contract=offer.contract)


def forbidden(offer: Offer) -> list[wording.Flag]:
    """Those that keep it from being published."""
    return wording.refused(flags(offer))
