"""The 24 communes of Grand-Orly Seine Bièvre, on which tests reconcile with known figures."""

COMMUNES = frozenset((
    "91027", "91326", "91432", "91479", "91589", "91687", "94001", "94003", "94016",
    "94021", "94022", "94034", "94037", "94038", "94041", "94043", "94054", "94065",
    "94073", "94074", "94076", "94077", "94078", "94081",
))  # fmt: skip
