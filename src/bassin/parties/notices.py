"""What a page says once, after a form: kept in the person's own cookie until it is read."""

from functools import cached_property

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.core import signing
from django.http import HttpRequest


class Notices(CookieStorage):
    """Django's, whose seal is made when there is something to seal or to read: few requests do."""

    def __init__(self, request: HttpRequest) -> None:
        BaseStorage.__init__(self, request)

    @cached_property
    def signer(self) -> signing.TimestampSigner:
        """What signs the cookie, so that nobody writes a notice for another."""
        return signing.get_cookie_signer(salt=self.key_salt)
