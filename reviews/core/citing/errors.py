"""Why references could not be read. Each docstring is the sentence that the person reads."""


class UnreadableReferences(Exception):
    """These references cannot be read."""

    def __str__(self) -> str:
        return super().__str__() or " ".join((self.__doc__ or "").split())


class NoReferences(UnreadableReferences):
    """There is no reference in this: paste some, or choose a file that has some."""


class TooMuchAtOnce(UnreadableReferences):
    """This is too much at once: import at most 4 MB and 1,000 references at a time."""


class NotText(UnreadableReferences):
    """This file is no text: export the references as RIS, nbib, BibTeX, CSL-JSON or XML."""


class UnknownMarkup(UnreadableReferences):
    """This is XML or JSON, but not of PubMed, EndNote, CSL or Crossref."""


class BrokenMarkup(UnreadableReferences):
    """This XML or JSON is broken: export it again."""


class HostileMarkup(UnreadableReferences):
    """This declares entities or nests deeper than any list of references: it is not read."""


class NothingToName(UnreadableReferences):
    """It has neither a title nor an identifier: nobody could tell what it is."""
