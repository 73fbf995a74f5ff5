"""A mail server of our own on this machine: what the service sends, and the mailbox it reads.

`posted.sent` holds every e-mail that left by SMTP, and those to the service's own domain arrive in
its mailbox: a test answers a reminder as a person would.
"""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from smtplib import SMTP

import pytest
from aiosmtpd.controller import Controller
from imap_tools import MailBoxUnencrypted

USER, PASSWORD = "rapports", "secret"
ADDRESS = "rapports@example.org"
HOST = "127.0.0.1"

QUICK = """
from pymap.config import IMAPConfig
from pymap.main import main
from pysasl.hashing import BuiltinHash

IMAPConfig._get_hash_context = classmethod(lambda cls, given: BuiltinHash(rounds=1))
main()
"""
"""The server, with a password that is checked in no time: half a second each is for real ones."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """An IMAP server in a process of its own, which forgets everything when it stops."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        words = [sys.executable, "-c", QUICK, "--host", HOST, "--port", str(self.port), "--no-tls"]
        words += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
        out = subprocess.DEVNULL
        self.process = subprocess.Popen(words, stdout=out, stderr=out)
        deadline = time.monotonic() + 20
        while True:
            try:
                imaplib.IMAP4(HOST, self.port).logout()
            except (OSError, imaplib.IMAP4.abort):
                assert time.monotonic() < deadline, "the IMAP server did not start"
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def open(self) -> MailBoxUnencrypted:
        return MailBoxUnencrypted(HOST, self.port, timeout=10).login(USER, PASSWORD)

    def deliver(self, message: EmailMessage | bytes) -> None:
        """Put a message in the mailbox."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        with self.open() as box:
            box.append(raw)

    def empty(self) -> None:
        with self.open() as box:
            box.delete(box.uids())

    def unflag(self) -> None:
        """Make every message unread again."""
        with self.open() as box:
            box.flag(box.uids(), "\\Seen", value=False)

    def unread(self) -> int:
        with self.open() as box:
            return len(box.uids("UNSEEN"))


class _Post:
    """Takes what is sent; what is for the service goes to its mailbox."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.sent: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.sent.append(message)
        return "250 Message accepted for delivery"


@dataclass
class Posted:
    """What a test sees of the mail: what left, and how to answer it."""

    server: Server
    post: _Post
    smtp_port: int

    @property
    def sent(self) -> list[EmailMessage]:
        return self.post.sent

    def answer(
        self, to: EmailMessage, text: str, *, sender: str = "", **headers: str
    ) -> EmailMessage:
        """Answer an e-mail as a mail program does, and let it reach the mailbox."""
        reply = EmailMessage()
        reply["From"] = sender or to["To"]
        reply["To"] = to["Reply-To"] or to["From"]
        reply["Subject"] = f"Re: {to['Subject']}"
        reply["Message-ID"] = f"<answer-{time.monotonic_ns()}@example.org>"
        for name, value in headers.items():
            del reply[name.replace("_", "-")]
            reply[name.replace("_", "-")] = value
        quoted = "\n".join(f"> {line}" for line in to.get_content().splitlines())
        reply.set_content(f"{text}\n\nLe 26 nov. 2026 à 09:12, X a écrit :\n{quoted}\n")
        self.server.deliver(reply)
        return reply

    def smtp(self) -> SMTP:
        return SMTP(HOST, self.smtp_port)


@pytest.fixture(scope="session")
def imap_server() -> Iterator[Server]:
    """A running IMAP server, killed at the end."""
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def posted(imap_server: Server, settings) -> Iterator[Posted]:
    """Mail that leaves by SMTP and arrives by IMAP, on this machine only; the mailbox is empty."""
    if imap_server.process is None or imap_server.process.poll() is not None:
        imap_server.start()
    imap_server.empty()
    post = _Post(imap_server)
    controller = Controller(post, hostname=HOST, port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, controller.port
    settings.IMAP_HOST, settings.IMAP_PORT = HOST, imap_server.port
    settings.IMAP_SECURITY, settings.IMAP_FOLDER = "none", "INBOX"
    settings.IMAP_USER, settings.IMAP_PASSWORD = USER, PASSWORD
    settings.IMAP_ADDRESS, settings.SITE = ADDRESS, "https://economie.example.fr"
    yield Posted(imap_server, post, controller.port)
    controller.stop()
