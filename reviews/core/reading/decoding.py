"""Bytes to clean text: whatever encoding a person's file has, and none of what hides in it."""

import codecs
import re
import unicodedata

from reviews.core.reading.errors import BinaryFile

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (
        codecs.BOM_UTF32_LE,
        "utf-32-le",
    ),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x7fELF",
    b"SQLite format 3",
    b"7z\xbc\xaf",
    b"Rar!",
    b"OggS",
    b"ID3",
)
MOST_CONTROLS = 0.02  # the share of control bytes above which a file is no text
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Only encodings that pages are written in: a page may not choose "zip" or the quadratic "punycode".
OF_PAGES = re.compile(
    r"utf-8|iso8859-\d+|cp125\d|cp866|cp874|cp932|cp949|koi8-[ru]|mac-\w+|shift_jis\w*|euc_\w+|gb2312|gbk"
    r"|gb18030"
    r"|big5\w*|iso2022_jp|tis-620"
)
LATIN = frozenset({"iso8859-1", "ascii"})  # what says so is windows-1252 (WHATWG Encoding Standard, 4.2)

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
JOINED = "\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
"""Between letters of scripts that join, and between pictures of one emoji, a joiner or its contrary makes the word."""

INVISIBLE = re.compile(
    f"(?<![{JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{JOINED}])|"
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, without tab and newline
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # soft hyphen, bidi, zero width
    "\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f"  # annotation marks, non-characters, tag characters
    "\ud800-\udfff"
    "]"
)


def decode(received: bytes) -> str:
    """Return the bytes as clean text.

    Tried in this order: byte order mark, UTF-16 without a mark, UTF-8, the charset that an HTML page
    declares, UTF-8 with a few broken bytes, windows-1252. Raises BinaryFile.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if received.startswith(mark):
            return clean_text(decode_as(received[len(mark) :], encoding=encoding))
    if received.lstrip()[:16].startswith(SIGNATURES):
        raise BinaryFile
    if wide := wide_encoding(received):
        return clean_text(decode_as(received, encoding=wide))
    refuse_binary(received)
    return clean_text(decode_narrow(received))


def clean_text(text: str) -> str:
    """Return the text in NFC with `\\n` line ends and without anything invisible.

    Control characters but newline and tab, bidirectional controls, zero-width characters and lone surrogates
    go; letters of every script stay, also those written from right to left, and what joins or parts them.
    """
    if text.isascii() and text.isprintable():
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    lines = LINE_ENDS.sub("\n", TERMINAL_COLOURS.sub("", joined))
    return unicodedata.normalize("NFC", INVISIBLE.sub("", lines))


def decode_as(received: bytes, *, encoding: str) -> str:
    """Return text in a known encoding; refuse what is mostly control characters even so."""
    text = received.decode(encoding, "replace")
    controls = sum(character < " " and character not in "\t\n\r\f\x0b\x1b" for character in text)
    if controls > MOST_CONTROLS * len(text):
        raise BinaryFile
    return text


def wide_encoding(received: bytes) -> str | None:
    """Return UTF-16's name where every other byte is NUL: European text without a byte order mark."""
    sample = received[: 4096 // 2 * 2]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def refuse_binary(received: bytes) -> None:
    """Raise BinaryFile where too many bytes are controls that no text has."""
    controls = bytes({*range(32)} - {*b"\t\n\r\f\x0b\x1b"})
    found = len(received) - len(received.translate(None, controls))
    if found > max(MOST_CONTROLS * len(received), 1):
        raise BinaryFile


def decode_narrow(received: bytes) -> str:
    """Return the text of bytes without a mark."""
    declared = declared_encoding(received)
    if declared == "iso2022_jp":  # pure ASCII bytes, so it would pass for UTF-8
        return received.decode(declared, "replace")
    try:
        return received.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    if declared and declared != "utf-8":
        return received.decode(declared, "replace")
    mended = received.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in mended)
    if mended.count("\ufffd") * 5 < foreign:
        return mended
    return received.decode("windows-1252", "replace")


def declared_encoding(received: bytes) -> str | None:
    """Return Python's name of the charset declared in the first 4096 bytes, where it is one of pages."""
    found = DECLARED.search(received[:4096])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    if name in LATIN:
        return "cp1252"
    return name if OF_PAGES.fullmatch(name) else None
