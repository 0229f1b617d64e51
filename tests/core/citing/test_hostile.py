"""Whatever comes in as references: only named refusals come out, and soon."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.core.citing.errors import BrokenMarkup, HostileMarkup, NotText, TooMuchAtOnce, UnreadableReferences
from reviews.core.citing.notices import read_notices
from reviews.core.citing.reading import MOST_BYTES, read_references

BITS = st.sampled_from(
    [
        "TY  - JOUR\n",
        "TI  - ",
        "AU  - ",
        "ER  - \n",
        "PMID- 1\n",
        "      ",
        "FN x\nVR 1.0\n",
        "PT J\n",
        "%0 Book\n",
        "%T ",
        "@article{a,\n",
        "title = {",
        'author = "',
        "}",
        "{",
        ",\n",
        "@string{x = ",
        "\\'",
        "$",
        "%",
        "#",
        "[Key]\n",
        "  title: ",
        '[{"title":',
        '"x"',
        "[",
        "]",
        '{"message":{',
        '"DOI":',
        '"author":[{"family":1}]',
        "1e999",
        "null",
        "}]",
        "\\u00",
        "<PubmedArticleSet>",
        "<PubmedArticle>",
        "<MedlineCitation>",
        "<PMID>1</PMID>",
        "</",
        "<xml><records><record>",
        "&lt;",
        "<![CDATA[",
        "]]>",
        "1. ",
        "(2019). ",
        "doi:10.1000/a",
        "Smith A, Jones B. ",
        "2019;12(3):4-5. ",
        "\n",
        "\n\n",
        " ",
    ]
)
SOUP = st.lists(BITS | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_any_text_is_read_or_refused_by_name(text):
    try:
        batch = read_references(text.encode("utf-8", "surrogatepass"))
    except UnreadableReferences:
        return

    assert batch.entries or batch.broken
    assert all(entry.record.title for entry in batch.entries)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_name(received):
    for read in (read_references, read_notices):
        try:
            read(received)
        except UnreadableReferences:
            continue


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["title", "author", "family", "given", "issued", "date-parts", "DOI", "type", "message", "items"]
            )
            | st.sampled_from(["container-title", "ISBN", "URL", "clinical-trial-number", "updated-by", "keyword"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused_by_name(value):
    try:
        read_references(json.dumps(value).encode())
    except UnreadableReferences:
        return


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><PubmedArticleSet>&b;</PubmedArticleSet>'


@pytest.mark.parametrize(
    ("hostile", "refusal"),
    [
        (LAUGHS, HostileMarkup),
        ('<!DOCTYPE x [<!entity % a SYSTEM "file:///etc/passwd">]><records>&a;</records>', HostileMarkup),
        ("<PubmedArticleSet>" + "<a>" * 5_000, HostileMarkup),
        ("<records>" + "<a b='>'>" * 5_000, HostileMarkup),
        ("<records>" + "<a>" * 50, BrokenMarkup),
        ("[" * 100_000 + '{"title":', HostileMarkup),
        ('[{"title": 1' + "0" * 10_000 + "}]", BrokenMarkup),
        (b"PK\x03\x04" + bytes(2_000), NotText),
        ("x" * (MOST_BYTES + 1), TooMuchAtOnce),
        ("TY  - JOUR\nTI  - x\nER  - \n" * 1_001, TooMuchAtOnce),
    ],
)
def test_what_would_hurt_is_refused_by_name(hostile, refusal):
    with pytest.raises(refusal):
        read_references(hostile if isinstance(hostile, bytes) else hostile.encode())


GROWING = {
    "ris": lambda n: "TY  - JOUR\nTI  - " + "x " * n + "\n" + "KW  - a; b\n" * (n // 10) + "ER  - \n",
    "ris without end": lambda n: "TY  - JOUR\nTI  - a\nN2  - " + "first\n" * (n // 6),
    "nbib": lambda n: "PMID- 1\nTI  - a\n" + "      more\n" * (n // 10),
    "bibtex open": lambda n: "@article{a,\n title = {" + "{" * 20 + "x = " * (n // 4),
    "bibtex quotes": lambda n: '@article{a, title = "' + '{"}' * (n // 3),
    "bibtex ats": lambda n: "@" * n + "{",
    "bibtex accents": lambda n: "@article{a, title = {" + r"\'e" * (n // 3) + "}}",
    "bibtex and": lambda n: "@article{a, title={x}, author = {" + "A and " * (n // 6) + "}}",
    "bibtex spaces": lambda n: "@article{a, title={x}, author = {" + " " * n + "}}",
    "json": lambda n: json.dumps([{"title": "<" * n, "author": [{"family": "x"}] * (n // 20)}]),
    "xml": lambda n: "<PubmedArticleSet>" + "<" * n,
    "xml attributes": lambda n: "<records>" + "<a b" * (n // 4),
    "xml doctype": lambda n: "<records/>" + "<!DOCTYPE [" * (n // 10),
    "prose dots": lambda n: "1. " + "A. " * (n // 3),
    "prose numbers": lambda n: "1 (" * (n // 3),
    "prose addresses": lambda n: "see https://x.example/" + "10.1000/" * (n // 8),
    "prose names": lambda n: "Ab C, " * (n // 6) + ". Title here. Journal 2019.",
    "blank": lambda n: " " * n + "x" * 20,
}


@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_with_the_text(kind):
    def seconds(size):
        received = GROWING[kind](size).encode()
        began = time.process_time()
        with suppress(UnreadableReferences):
            read_references(received)
        return time.process_time() - began

    seconds(1_000)

    assert seconds(200_000) < 120 * max(seconds(10_000), 0.002)  # twenty times as much; a square would be 400
