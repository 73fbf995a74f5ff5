"""How a number, a quantity and a period are written, in French and in English.

French follows the Imprimerie nationale: decimal comma, narrow no-break spaces between
thousands and before %, €, ; and ?; plural from two ("1,8 point", "2 points"). English follows
British official use. Rounding is half away from zero, as statistical offices print it. A
language other than English is written in French.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"  # narrow no-break space
FIXED = "\u00a0"  # no-break space
MINUS = "\u2212"  # a true minus, as wide as a plus

MILLION = 1_000_000
BILLION = 1_000_000_000

# A share is said "one in three" within EXACT of it, "nearly" or "more than" within NEAR of it,
# both relative to the fraction; farther, only the exact figure is said.
EXACT_FRACTION = 0.02
NEAR_FRACTION = 0.06
_FRACTIONS = (
    *((1, bottom) for bottom in (2, 3, 4, 5, 6, 7, 8, 9, 10, 20)),
    *((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (9, 10)),
)
_WORDS_FR = {1: "un", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept"}
_WORDS_FR |= {8: "huit", 9: "neuf", 10: "dix", 20: "vingt"}
_WORDS_EN = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}
_WORDS_EN |= {8: "eight", 9: "nine", 10: "ten", 20: "twenty"}

_MONTHS_FR = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_QUARTERS_EN = ("first", "second", "third", "fourth")

_SYMBOLS_EN = {"hab.": "residents", "hab./km²": "people/km²", "€/hab.": "€/person"}
# Units that are words agree with their number: French one and many, English one and many.
# The key is the symbol that declarations write, the French plural.
UNIT_WORDS = {
    words[1]: words
    for words in (
        ("actif", "actifs", "active person", "active people"),
        ("an", "ans", "year", "years"),
        ("commune", "communes", "commune", "communes"),
        ("création", "créations", "creation", "creations"),
        ("défaillance", "défaillances", "failure", "failures"),
        ("emploi", "emplois", "job", "jobs"),
        ("entreprise", "entreprises", "company", "companies"),
        ("établissement", "établissements", "establishment", "establishments"),
        ("foyer", "foyers", "tax household", "tax households"),
        ("gare", "gares", "station", "stations"),
        ("habitant", "habitants", "resident", "residents"),
        ("heure", "heures", "hour", "hours"),
        ("jour", "jours", "day", "days"),
        ("ligne", "lignes", "line", "lines"),
        ("logement", "logements", "dwelling", "dwellings"),
        ("métier", "métiers", "occupation", "occupations"),
        ("ménage", "ménages", "household", "households"),
        ("mois", "mois", "month", "months"),
        ("offre", "offres", "offer", "offers"),
        ("personne", "personnes", "person", "people"),
        ("projet", "projets", "project", "projects"),
        ("recrutement", "recrutements", "hire", "hires"),
        ("salarié", "salariés", "employee", "employees"),
        ("structure", "structures", "organisation", "organisations"),
        ("vente", "ventes", "sale", "sales"),
    )
}


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Round half away from zero, on the digits a person would read (14.25 gives 14.3)."""
    result = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def is_plural(value: float | Decimal, language: str) -> bool:
    """Whether what is counted takes the plural: from 2 in French, unless it is 1 in English."""
    size = abs(float(value))
    return size != 1 if language == "en" else size >= 2


def number(value: float, decimals: int = 0, language: str = "fr", *, trim: bool = False) -> str:
    """Write a number; `trim` drops zeros that say nothing after the decimal sign."""
    amount = rounded(value, decimals)
    text = f"{abs(amount):,f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    if language != "en":
        text = text.translate({ord(","): NARROW, ord("."): ","})
    return (MINUS if amount < 0 else "") + text


def signed(value: float, decimals: int = 0, language: str = "fr", *, trim: bool = False) -> str:
    """Write a number with its sign, + included; zero has none."""
    text = number(value, decimals, language, trim=trim)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def percent(value: float, decimals: int = 1, language: str = "fr", *, trim: bool = False) -> str:
    """Write a percentage given in percent: 14.3 gives « 14,3 % », "14.3%"."""
    return number(value, decimals, language, trim=trim) + (
        "%" if language == "en" else NARROW + "%"
    )


def points(value: float, decimals: int = 1, language: str = "fr") -> str:
    """Write a difference of rates: « 0,8 point », « 2 points »; "0.8 points", "1 point"."""
    word = "points" if is_plural(rounded(value, decimals), language) else "point"
    return f"{number(value, decimals, language, trim=True)} {word}"


def scaled(value: float, language: str = "fr") -> tuple[str, str]:
    """Write a large number as people say it: ("12,5", "millions"), ("1.2", "billion").

    Below a million the second part is empty. One decimal is kept, so the exact value must be
    shown elsewhere.
    """
    # 999,960,000 reads "1 billion", not "1,000 million": the scale is chosen once rounded.
    if abs(rounded(value / MILLION, 1)) >= BILLION / MILLION:
        amount, french, english = value / BILLION, "milliard", "billion"
    elif abs(rounded(value)) >= MILLION:
        amount, french, english = value / MILLION, "million", "million"
    else:
        return number(value, 0, language), ""
    many = "s" if is_plural(rounded(amount, 1), "fr") else ""
    size = english if language == "en" else french + many
    return number(amount, 1, language, trim=True), size


def euros(value: float, decimals: int = 0, language: str = "fr") -> str:
    """Write an exact amount: « 20 262 € », "€20,262"."""
    text = number(value, decimals, language)
    if language != "en":
        return f"{text}{NARROW}€"
    return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"


def euros_in_words(value: float, language: str = "fr", decimals: int = 0) -> str:
    """Write an amount for a sentence: « 128,2 millions d'euros », "€128.2 million"."""
    amount, size = scaled(value, language)
    if not size:
        return euros(value, decimals, language)
    if language != "en":
        return f"{amount}{FIXED}{size} d'euros"
    sign, figure = (MINUS, amount[1:]) if amount.startswith(MINUS) else ("", amount)
    return f"{sign}€{figure}{FIXED}{size}"


def quantity(value: float, symbol: str = "", decimals: int = 0, language: str = "fr") -> str:
    """Write an exact value with the symbol of its unit, as a table or a big number shows it."""
    if symbol == "%":
        return percent(value, decimals, language)
    if symbol == "€":
        return euros(value, decimals, language)
    if symbol in ("points", "point"):
        return points(value, decimals, language)
    text = number(value, decimals, language)
    if not symbol:
        return text
    if symbol in UNIT_WORDS:
        many = is_plural(rounded(value, decimals), language)
        return f"{text}{FIXED}{UNIT_WORDS[symbol][2 * (language == 'en') + many]}"
    if language != "en":
        return f"{text}{NARROW}{symbol}"
    if symbol.startswith("€/"):
        return f"{euros(value, decimals, language)}{unit(symbol, language)[1:]}"
    return f"{text}{FIXED}{_SYMBOLS_EN.get(symbol, symbol)}"


def unit(symbol: str, language: str = "fr") -> str:
    """The unit alone, as the head of a column gives it: a word in the plural, or its symbol."""
    if language != "en":
        return symbol
    words = UNIT_WORDS.get(symbol)
    return words[3] if words else _SYMBOLS_EN.get(symbol, symbol)


def ordinal(position: int, language: str = "fr", *, feminine: bool = False) -> str:
    """Write a position: « 1er », « 1re », « 2e »; "1st", "2nd", "11th"."""
    if language != "en":
        return f"{position}{('re' if feminine else 'er') if position == 1 else 'e'}"
    if position % 100 in (11, 12, 13):
        return f"{position}th"
    return f"{position}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(position % 10, 'th') }"


@dataclass(frozen=True, slots=True)
class PeopleFraction:
    """A share as people say it: `top` in `bottom`; `nearness` is 0, -1 (nearly) or 1 (more)."""

    top: int
    bottom: int
    nearness: int


def people_fraction(share_pct: float) -> PeopleFraction | None:
    """Return the simple fraction a share is close to, or None when none is within 6 % of it."""
    share = share_pct / 100
    top, bottom = min(_FRACTIONS, key=lambda f: abs(share * f[1] / f[0] - 1))
    distance = share * bottom / top - 1
    if abs(distance) > NEAR_FRACTION:
        return None
    nearness = 0 if abs(distance) <= EXACT_FRACTION else (1 if distance > 0 else -1)
    return PeopleFraction(top, bottom, nearness)


def fraction(
    share_pct: float, one: str, many: str, language: str = "fr", *, feminine: bool = False
) -> str:
    """Say a share of things: « près d'un emploi sur cinq », "nearly one in five jobs".

    `one` and `many` name the thing counted, singular and plural; the answer is empty when the
    share is close to no simple fraction.
    """
    found = people_fraction(share_pct)
    if found is None:
        return ""
    if language == "en":
        start = {-1: "nearly ", 0: "", 1: "more than "}[found.nearness]
        return f"{start}{_WORDS_EN[found.top]} in {_WORDS_EN[found.bottom]} {many}"
    single = found.top == 1
    top = "une" if single and feminine else _WORDS_FR[found.top]
    start = {-1: "près ", 0: "", 1: "plus "}[found.nearness]
    link = ("d'" if single else "de ") if found.nearness else ""
    return f"{start}{link}{top} {one if single else many} sur {_WORDS_FR[found.bottom]}"


_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:[QT](?P<quarter>[1-4])|S(?P<half>[12])|W(?P<week>\d{1,2})"
    r"|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?))?"
)
_YEARS = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4})")


def period(text: str, language: str = "fr", *, article: bool = False) -> str:
    """Write a period: "2019-Q4" gives « 4e trimestre 2019 », "2019-06" « juin 2019 ».

    Years, half-years (S1), quarters (Q1 or T1), ISO weeks (W12), months, days and spans of
    years are known; anything else comes back as it is. With `article`, it fits after "entre",
    "depuis", "between" or "since".
    """
    if years := _YEARS.fullmatch(text):
        return f"{years[1]}–{years[2]}"
    found = _PERIOD.fullmatch(text)
    if found is None:
        return text
    parts = {key: int(value) for key, value in found.groupdict().items() if value}
    return _period_en(parts, article) if language == "en" else _period_fr(parts, article)


def _period_fr(parts: dict[str, int], article: bool) -> str:
    year, the = parts["year"], "le " if article else ""
    if "quarter" in parts:
        return f"{the}{ordinal(parts['quarter'])} trimestre {year}"
    if "half" in parts:
        return f"{the}{ordinal(parts['half'])} semestre {year}"
    if "week" in parts:
        return f"{'la ' if article else ''}semaine {parts['week']} de {year}"
    if "day" in parts:
        day = "1er" if parts["day"] == 1 else str(parts["day"])
        return f"{the}{day} {_MONTHS_FR[parts['month'] - 1]} {year}"
    return f"{_MONTHS_FR[parts['month'] - 1]} {year}" if "month" in parts else str(year)


def _period_en(parts: dict[str, int], article: bool) -> str:
    year, the = parts["year"], "the " if article else ""
    if "quarter" in parts:
        return f"{the}{_QUARTERS_EN[parts['quarter'] - 1]} quarter of {year}"
    if "half" in parts:
        return f"{the}{_QUARTERS_EN[parts['half'] - 1]} half of {year}"
    if "week" in parts:
        return f"week {parts['week']} of {year}"
    if "month" in parts:
        day = f"{parts['day']} " if "day" in parts else ""
        return f"{day}{_MONTHS_EN[parts['month'] - 1]} {year}"
    return str(year)
