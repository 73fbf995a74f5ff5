"""The heaviest page of the sample, its territory's profile, stays light on the wire."""

import gzip

from django.conf import settings as configured

HEAVIEST = 60 * 1024


def test_the_whole_profile_travels_in_sixty_kilobytes(sampled, client, settings, db):
    settings.VAR = sampled.var

    page = client.get("/lieux/ept/200058014/").content

    built = configured.STATICFILES_DIRS[0] / "ui"
    travels = {
        "page": len(gzip.compress(page, 6)),
        "style": len(gzip.compress((built / "bassin.css").read_bytes(), 9)),
        "script": len(gzip.compress((built / "bassin.js").read_bytes(), 9)),
        "letters": (built / "atkinson.woff2").stat().st_size,
    }
    assert b"Grand-Orly" in page
    assert sum(travels.values()) <= HEAVIEST, travels
