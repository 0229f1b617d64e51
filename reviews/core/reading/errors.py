"""Why a text cannot be read. Each docstring is the sentence that the person reads."""


class Unreadable(Exception):
    """This text could not be read."""


class NothingToRead(Unreadable):
    """There is no text here: paste the article, or choose a file that has some."""


class BinaryFile(Unreadable):
    """This file is not text: save the article as plain text or as an HTML page and add that."""


class TooLong(Unreadable):
    """This is longer than 2 MB (2,000,000 bytes): add the article alone, or in parts."""


class NoSentences(Unreadable):
    """No sentence was found outside the menus and comments: add the article's own text."""


class AnchorOutsideText(ValueError):
    """This stretch does not lie inside the text."""
