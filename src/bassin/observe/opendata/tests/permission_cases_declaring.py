"""Who may make figures and read them: the expected answer of every permission."""

from dataclasses import replace

from bassin.indicators.catalogue import indicators
from bassin.observe.opendata.models import DeclaredFigure
from tests.parties.test_matrix import Case


def _by(name: str, state: str = "draft"):
    return lambda people: DeclaredFigure(author=getattr(people, name), state=state)


def _kept(visibility: str, status: str = "published"):
    def made(_people):
        first = next(iter(indicators().values()))
        access = {"visibility": visibility, "steward": "observatory"}
        return replace(first, status=status, raw={**first.raw, "access": access})

    return made


ALL = "awa bruno chloe dan eve visitor"
PERMISSIONS = {
    "can_declare_indicator": [Case("any", yes="awa")],
    "can_see_declared": [
        Case("Awa's own draft", _by("awa"), yes="awa"),
        Case("of Bruno, who was an officer", _by("bruno"), yes="awa bruno"),
    ],
    "can_change_declared": [
        Case("a draft of Bruno, an officer no more", _by("bruno"), yes="awa"),
        Case("Awa's, published", _by("awa", "published")),
    ],
    "can_publish_declared": [
        Case("a draft of Bruno, an officer no more", _by("bruno"), yes="awa"),
        Case("Awa's own draft", _by("awa"), yes="awa"),
        Case("Awa's, published", _by("awa", "published")),
    ],
    "can_end_declared": [
        Case("published", _by("bruno", "published"), yes="awa"),
        Case("a draft", _by("awa")),
        Case("withdrawn", _by("awa", "withdrawn")),
    ],
    "can_read_indicator": [
        Case("everyone's", _kept("public"), yes=ALL),
        Case("of partners", _kept("partners"), yes="awa bruno eve"),
        Case("of officers", _kept("internal"), yes="awa"),
        Case("a draft for everyone later", _kept("public", "draft"), yes="awa"),
        Case("a withdrawn one for partners", _kept("partners", "withdrawn"), yes="awa"),
    ],
}
