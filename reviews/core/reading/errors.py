"""Why a text cannot be read. Each docstring is the sentence that the person reads."""

from reviews.core.refusals import NotTaken


class Unreadable(NotTaken):
    """This text could not be read."""


class NothingToRead(Unreadable):
    """There is no text here: paste the article, or choose a file that has some."""


class BinaryFile(Unreadable):
    """This file is not text: save the article as plain text or as an HTML page and add that."""


class TooLong(Unreadable):
    """This is longer than 2 MB (2,000,000 bytes; 12 MB for Word and PDF): add the article alone, or in parts."""


class NoSentences(Unreadable):
    """No sentence was found outside the menus and comments: add the article's own text."""


class AnchorOutsideText(NotTaken):
    """This stretch does not lie inside the text."""


class WithoutText(Unreadable):
    """This PDF has no text in it, only pictures of pages: have its text recognised first, or paste it."""


class Damaged(Unreadable):
    """This file is damaged, locked with a password, or not what its name says: save it again and add that."""


class Overfilled(Unreadable):
    """This file unpacks to far more than a document holds, or is built to wear a reader out: it was not opened."""


class AddressRefused(Unreadable):
    """Only a public http or https address on its usual port can be fetched, without a name or password in it."""


class NothingThere(Unreadable):
    """No page answered at this address: look at it in a browser, and paste the text if it shows there."""


class TooManyRedirects(Unreadable):
    """This address leads on and on to others: add the one that the page ends up at."""


class NotAPage(Unreadable):
    """This address leads to something other than a page, a text, a Word file or a PDF."""


class TookTooLong(Unreadable):
    """This file takes too long to open: add the article's text alone."""


class NotAFeed(Unreadable):
    """There is no feed at this address: look on the site for a link that says RSS, Atom or feed."""


class FeedElsewhere(NotAFeed):
    """This is a page and no feed. It names this feed, which you can watch instead: %(address)s"""
