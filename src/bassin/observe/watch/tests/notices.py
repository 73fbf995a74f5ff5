"""Twenty notices on invented firms, written by hand, and the counts that their natures make."""

from datetime import date

from bassin.observe.watch.signals.openings import Notice

_N = 0


def notice(day: str, siren: str | None, kind: str, **more) -> Notice:
    """One notice, published a fortnight after its judgment unless told otherwise."""
    judged = date.fromisoformat(day)
    number = more.pop("number")
    facts = {
        "firm_number": 1, "company_name": f"EXEMPLE {siren or number}", "judged_on": judged,
        "published_on": date.fromordinal(judged.toordinal() + 14), "nature": kind,
        "is_opening": kind in ("safeguard", "receivership", "liquidation"),
        "is_correction": False, "is_cancellation": False, "previous_id": None,
    }  # fmt: skip
    return Notice(f"A2026{number:04d}1", siren=siren, kind=kind, **{**facts, **more})


A, B, C, D, E, F, G, H = (f"00000{each}005" for each in range(1, 9))

TWENTY = (
    notice("2026-01-10", A, "safeguard", number=1),
    notice("2026-04-02", A, "receivership", number=2),  # counted by the Banque de France alone
    notice("2026-06-20", A, "conversion", number=3),
    notice("2026-09-01", A, "closure", number=4),
    notice("2026-02-03", B, "receivership", number=5),
    notice("2026-03-03", B, "plan", number=6),
    notice("2026-05-05", B, "liquidation", number=7),  # within a year: the same failure
    notice("2026-02-11", C, "liquidation", number=8),
    notice("2026-02-11", C, "liquidation", number=9, is_correction=True,
           previous_id="A202600081"),
    notice("2026-03-15", D, "liquidation", number=10),
    notice("2026-03-15", D, "liquidation", number=11, is_cancellation=True,
           previous_id="A202600101"),
    notice("2026-04-01", E, "safeguard", number=12),
    notice("2024-11-30", F, "receivership", number=13),
    notice("2026-02-01", F, "receivership", number=14),  # more than a year later: another one
    notice("2026-05-01", G, "liquidation", number=15, judged_on=None,
           published_on=date(2026, 5, 15)),  # without a judgment day the Banque counts none
    notice("2026-05-20", None, "liquidation", number=16),
    notice("2026-05-21", None, "receivership", number=17),
    notice("2026-06-01", H, "conversion", number=18),
    notice("2026-06-02", H, "plan", number=19),
    notice("2026-06-03", H, "other", number=20),
)  # fmt: skip

BY_NATURE = {
    "safeguard": 2, "receivership": 5, "liquidation": 7, "conversion": 2, "plan": 2,
    "closure": 1, "other": 1,
}  # fmt: skip
COUNTED = {"opening": 9, "bdf": 7}
"""A, B, C, E, F twice, G and two unregistered; the same less A's and E's safeguards and G, and
with A's receivership: the cancelled notice on D is in neither."""
