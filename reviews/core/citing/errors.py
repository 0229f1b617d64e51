"""Why references could not be read. Each docstring is the sentence that the person reads."""

from reviews.core.refusals import NotTaken


class UnreadableReferences(NotTaken):
    """These references cannot be read."""


class NoReferences(UnreadableReferences):
    """There is no reference in this: paste some, or choose a file that has some."""


class TooMuchAtOnce(UnreadableReferences):
    """This is too much at once: import at most 4 MB and 1,000 references at a time."""


class NotText(UnreadableReferences):
    """This file is no text: export the references as RIS, nbib, BibTeX, CSL-JSON or XML."""


class UnknownMarkup(UnreadableReferences):
    """This is XML or JSON, but not of PubMed, EndNote, CSL or Crossref."""


class ColumnsMissing(UnknownMarkup):
    """The columns %(columns)s are missing: is it Retraction Watch's?"""


class NotATable(UnknownMarkup):
    """After line %(line)s this is no CSV: %(error)s."""


class BrokenMarkup(UnreadableReferences):
    """This XML or JSON is broken: export it again."""


class BrokenAt(BrokenMarkup):
    """This XML or JSON is broken: export it again. (%(error)s)"""


class HostileMarkup(UnreadableReferences):
    """This declares entities or nests deeper than any list of references: it is not read."""


class NothingToName(UnreadableReferences):
    """It has neither a title nor an identifier: nobody could tell what it is."""
