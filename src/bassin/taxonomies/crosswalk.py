"""What is known of the passage from NAF rev. 2 to NAF 2025 without INSEE's correspondence table."""

from bassin.taxonomies.codes import Level, Nomenclature
from bassin.taxonomies.declared import declared
from bassin.taxonomies.naf import parse
from bassin.types import Text

NOTE = Text.of(declared("naf_2025")["crosswalk"]["note"])


def successors(code: str) -> tuple[str, ...]:
    """Where the activities of a NAF rev. 2 section, division, class or sub-class mainly went.

    A section or a division that is not known to move keeps its code; a class or sub-class that is
    not known to move gives nothing: the same digits may mean something else in NAF 2025, and only
    INSEE's table tells (`NOTE` says it to people). A group is answered through its classes.

    Raises:
        Refused: the code is not in NAF rev. 2.
    """
    entry = parse(code, Nomenclature.REV2)
    known = declared("naf_2025")["crosswalk"]
    if entry.level is Level.SECTION:
        return tuple(known["sections"].get(entry.code, [entry.code]))
    if entry.level is Level.DIVISION:
        return tuple(known["divisions"].get(entry.code, [entry.code]))
    found: dict[str, None] = {}
    for class_code, targets in known["classes"].items():
        if class_code.startswith(entry.code) or entry.code.startswith(class_code):
            found.update(dict.fromkeys(targets))
    return tuple(found)
