"""The two families of errors a person may read, and the disk that is full. The rest are bugs."""

import errno

from bassin.types import Text

NO_ROOM = Text(
    "Le disque du serveur est plein : rien n'a été gardé de cet envoi, et rien de ce qui est en "
    "service n'a changé. Prévenez qui administre le site, puis recommencez.",
    "The server's disk is full: nothing was kept of what you sent, and nothing in service changed. "
    "Tell who runs the site, then try again.",
)
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_TOLD = ("no space left on device", "database or disk is full", "file too large")


class Refused(Exception):
    """A person asked for something that cannot be done; the sentence says what to do instead.

    Commands say it in English; pages by `text`, in the reader's language, where it was written in
    both. What a page said in one language alone is told as it is.
    """

    def __init__(self, said: object = "") -> None:
        self.text = said if isinstance(said, Text) else Text(str(said), str(said))
        super().__init__(self.text.say("en"))


class SourceError(Exception):
    """A publisher's data could not be used; the last good version stays in place.

    Commands say it in English, as logs do; pages in the reader's language, where it was written.
    """

    def __init__(self, said: Text | str) -> None:
        self.text = said if isinstance(said, Text) else Text("", said)
        super().__init__(self.text.say("en"))


def no_room(error: BaseException | None) -> bool:
    """Whether a full disk, or a quota, is what is behind an error."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if any(words in str(error).lower() for words in _TOLD):
            return True
        error = error.__cause__ or error.__context__
    return False
