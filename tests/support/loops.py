"""Run a coroutine in a test, in a thread of its own.

Playwright keeps an event loop in the tests' main thread from the first browser test on; there,
`asyncio.run` would refuse.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The result of the coroutine."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()
