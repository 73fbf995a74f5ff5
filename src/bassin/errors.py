"""The two families of errors a person may read. Anything else is a bug."""


class Refused(Exception):
    """A person asked for something that cannot be done; the sentence says what to do instead."""


class SourceError(Exception):
    """A publisher's data could not be used; the last good version stays in place."""
