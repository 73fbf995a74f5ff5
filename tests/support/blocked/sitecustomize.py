"""Put in PYTHONPATH, it leaves a process without any network: every connection outwards fails."""

import socket

_connect = socket.socket.connect


def connect(self: socket.socket, address: object) -> None:
    """Connect only inside this machine."""
    if self.family != socket.AF_UNIX and (
        not isinstance(address, tuple) or address[0] not in ("127.0.0.1", "::1", "localhost")
    ):
        raise OSError(f"this test has no network, and something asked for {address}")
    _connect(self, address)


def getaddrinfo(host: object, *more: object, **named: object) -> list[object]:
    """Refuse every name."""
    raise OSError(f"this test has no network, and something asked for {host}")


socket.socket.connect = connect  # type: ignore[method-assign]
socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]
