"""An address as a square to scan: SVG drawn here, so that nothing is asked of another server."""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""White modules around it, without which a telephone does not see it."""


@lru_cache(maxsize=256)
def svg(address: str, title: str) -> str:
    """The square of an address; `title` is what a screen reader says of it."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(address)
    made.make(fit=True)
    matrix = made.get_matrix()
    size = len(matrix)
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, on in enumerate(row) if on
    )
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<svg class="qr" role="img" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<title>{safe}</title><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{dark}"/></svg>'
    )
