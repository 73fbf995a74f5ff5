"""The words that cases are told with: needs, stages, outcomes, forms of contact."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What a firm, a project holder or a prospect comes for."""

    CREATE = "create", _("create or take over a firm")
    PREMISES = "premises", _("premises or land")
    RECRUIT = "recruit", _("recruit")
    TRAIN = "train", _("train, keep skills")
    FINANCE = "finance", _("finance an investment")
    CASH = "cash", _("a difficulty, cash")
    ENERGY = "energy", _("energy, waste, ecological transition")
    INNOVATE = "innovate", _("innovate, go digital")
    MARKETS = "markets", _("customers, public contracts")
    NETWORK = "network", _("meet other firms")
    MOVE = "move", _("move, be displaced by works")
    HAND_OVER = "hand_over", _("hand the firm over")
    RULES = "rules", _("rules, papers, permits")
    OTHER = "other", _("something else")


class Stage(models.TextChoices):
    """Where a project or a settling stands. A firm's case has none."""

    IDEA = "idea", _("idea")
    STUDY = "study", _("study")
    FORM = "form", _("legal form")
    FINANCE = "finance", _("financing")
    PREMISES = "premises", _("premises")
    CREATED = "created", _("created")
    LEAD = "lead", _("lead")
    QUALIFIED = "qualified", _("qualified")
    VISIT = "visit", _("visit")
    OFFER = "offer", _("offer")
    DECISION = "decision", _("decision")
    INSTALLED = "installed", _("installed")
    FOLLOWED = "followed", _("followed for 24 months")


PATHWAY = (Stage.IDEA, Stage.STUDY, Stage.FORM, Stage.FINANCE, Stage.PREMISES, Stage.CREATED)
PIPELINE = (
    Stage.LEAD, Stage.QUALIFIED, Stage.VISIT, Stage.OFFER, Stage.DECISION, Stage.INSTALLED,
    Stage.FOLLOWED,
)  # fmt: skip


class SocialForm(models.TextChoices):
    """Forms that undertake in another way."""

    SCOP = "scop", _("workers' cooperative (SCOP)")
    SCIC = "scic", _("cooperative of collective interest (SCIC)")
    CAE = "cae", _("cooperative of activity and employment (CAE)")
    ASSOCIATION = "association", _("association")
    ESUS = "esus", _("firm approved as of social use (ESUS)")
    OTHER = "other", _("other social economy form")


class Channel(models.TextChoices):
    """How the request arrived."""

    CALL = "call", _("telephone")
    MAIL = "mail", _("e-mail")
    VISIT = "visit", _("visit")
    EVENT = "event", _("event")
    PARTNER = "partner", _("a partner")
    WATCH = "watch", _("the watch")
    IMPORT = "import", _("an earlier table")
    OTHER = "other", _("another way")


class Outcome(models.TextChoices):
    """What came of a case."""

    ANSWERED = "answered", _("need answered")
    PARTLY = "partly", _("need partly answered")
    PARTNER = "partner", _("a partner follows it")
    CREATED = "created", _("firm created")
    INSTALLED = "installed", _("installed here")
    ELSEWHERE = "elsewhere", _("went elsewhere")
    GIVEN_UP = "given_up", _("given up by the firm")
    UNREACHED = "unreached", _("could not be reached")
    CEASED = "ceased", _("the firm ceased")
