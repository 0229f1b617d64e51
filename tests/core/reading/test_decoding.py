"""Whatever encoding a file has, the text is the same; what hides in it goes; what is no text is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.reading.decoding import clean_text, decode
from reviews.core.reading.errors import BinaryFile

WORDS = "Café “naïve” – 5 µg\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
def test_the_same_words_come_out_of_every_encoding(encoding):
    assert decode(WORDS.encode(encoding)) == WORDS


def test_a_page_may_declare_its_charset():
    page = '<html><head><meta charset="koi8-r"></head><p>Здоровье</p>'

    assert decode(page.encode("koi8-r")) == page


def test_a_page_that_declares_latin_1_is_read_as_windows_1252():
    assert decode(b'<meta charset="iso-8859-1"><p>\x93yes\x94') == '<meta charset="iso-8859-1"><p>“yes”'


@pytest.mark.parametrize("declared", ["punycode", "zip", "unicode_escape", "no-such-charset", "utf-7"])
def test_a_page_cannot_choose_a_codec_that_no_page_is_written_in(declared):
    page = f'<meta charset="{declared}"><p>caf\xe9'

    assert decode(page.encode("windows-1252")) == page


def test_utf_8_with_one_broken_byte_stays_utf_8():
    text = "é" * 20

    assert decode(text.encode() + b"\xff ok") == text + "\ufffd ok"


@pytest.mark.parametrize(
    "received",
    [
        b"%PDF-1.7 ...",
        b"PK\x03\x04word/document.xml",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 hello}",
        bytes(range(256)) * 4,
        b"\x00\x01\x02" * 50,
        b"\xff\xfe" + b"\x01\x00" * 50,
    ],
)
def test_what_is_no_text_is_refused(received):
    with pytest.raises(BinaryFile):
        decode(received)


def test_a_single_nul_in_a_text_is_dropped():
    assert decode(b"Sleep\x00 helps memory in most adults.") == "Sleep helps memory in most adults."


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\x07b\x1b[31mc\x7fd\te", "abcd\te"),
        ("safe\u202eelbisreversed\u202c\u2066x\u2069", "safeelbisreversedx"),
        ("zero\u200bwidth\ufeff\u2060 soft\u00adhyphen", "zerowidth softhyphen"),
        ("שלום عليكم", "שלום عليكم"),
        ("e\u0301", "é"),
        ("lone \ud800 surrogate \udfff", "lone  surrogate "),
        ("pair \ud83d\ude00", "pair \U0001f600"),
    ],
)
def test_nothing_invisible_stays(hidden, shown):
    assert clean_text(hidden) == shown


@pytest.mark.parametrize(
    "word",
    ["می\u200cخواهم", "क\u094d\u200dष", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f\u200d\U0001f525"],
)
def test_what_joins_or_parts_the_letters_of_a_word_stays(word):
    assert clean_text(f"A {word}\u200d, b\u200cc\u200d") == f"A {word}, bc"


def test_surrogates_written_as_utf_8_bytes_do_not_come_through():
    assert decode("a\ud800b".encode("utf-8", "surrogatepass")) == "ab"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_become_a_text_that_a_database_takes(received):
    try:
        text = decode(received)
    except BinaryFile:
        return

    assert "\x00" not in text
    assert text.encode().decode() == text


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)
