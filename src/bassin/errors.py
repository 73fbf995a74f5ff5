"""The two families of errors a person may read. Anything else is a bug."""

from bassin.types import Text


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
