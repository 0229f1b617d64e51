"""Word files and PDFs: read in a process of their own, and refused where they are built to harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.core.reading import cell, docx, pdf
from reviews.core.reading.errors import Damaged, Overfilled, TookTooLong, Unreadable, WithoutText
from reviews.core.reading.reading import read_article
from tests import documents
from tests.documents import paragraph
from tests.hostile.bombs import WORD_FILES

BODY = (
    paragraph("Zinc and colds", "Title")
    + paragraph("Zinc shortens a cold by a day &amp; more.")
    + paragraph("Dose", "Heading2")
    + f"<w:tbl><w:tr><w:tc>{paragraph('5 mg a day')}</w:tc></w:tr></w:tbl>"
    + paragraph("Or not.", "ListParagraph")
    + "<w:p><w:del><w:r><w:delText>Never.</w:delText></w:r></w:del><w:ins><w:r><w:t>Sold</w:t></w:r></w:ins><w:r><w:t> "
    + 'by </w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>a seller</w:t></w:r></w:hyperlink>, '
    + '<w:hyperlink r:id="rId2"><w:r><w:t>or not</w:t></w:r></w:hyperlink></w:p>'
)


def test_a_word_file_is_read_in_its_last_edition_with_its_build_and_links():
    document = read_article(documents.docx(BODY), form="docx").document

    (link,) = document.links
    assert document.title == "Zinc and colds"
    assert [(part.role, document.text[part.start : part.end]) for part in document.parts] == [
        ("heading", "Zinc and colds"),
        ("paragraph", "Zinc shortens a cold by a day & more."),
        ("heading", "Dose"),
        ("cell", "5 mg a day"),
        ("item", "Or not."),
        ("paragraph", "Sold by a selleror not"),
    ]
    assert (document.text[link.start : link.end], link.address) == ("a seller", "https://seller.example/")


def test_a_pdfs_text_layer_is_read_in_paragraphs():
    lines = [
        "Zinc and colds",
        "",
        "Zinc is said to shorten a cold by a day or more in those who take it at the first sneeze, and doc-",
        "tors doubt it.",
        "It may cause nausea in some of those who take it every day and on an empty stomach for a week.",
    ]

    document = read_article(documents.pdf(lines), form="pdf").document

    assert document.stretches("body")[0].split("\n\n")[-2].endswith("and doctors doubt it.")


@pytest.mark.parametrize(("made", "refusal"), WORD_FILES.values(), ids=WORD_FILES.keys())
def test_a_word_file_built_to_harm_is_refused_before_it_is_opened(made, refusal):
    with pytest.raises(refusal):
        docx.markup_of(made())


def test_a_refusal_comes_out_of_the_cell_as_itself_and_the_next_file_is_read():
    with pytest.raises(Overfilled):
        read_article(WORD_FILES["entities that multiply"][0](), form="docx")

    assert read_article(documents.docx(BODY), form="docx").document.title == "Zinc and colds"


def test_a_cell_that_takes_too_long_is_ended():
    with pytest.raises(TookTooLong):
        cell.opened(documents.docx(BODY), by="reviews.core.reading.docx", most_seconds=0.01)


def test_a_process_that_dies_of_a_file_says_that_the_file_is_damaged():
    with pytest.raises(Damaged):
        cell.opened(b"", by="reviews.core.reading.no_such_module")


@pytest.mark.parametrize(
    ("received", "refusal"),
    [
        (documents.pdf([]), WithoutText),
        (b"%PDF-1.4 and nothing more", Damaged),
        (b"", Damaged),
        (documents.pdf(["Zinc."]).replace(b"startxref\n", b"startxref\n" + b"9" * 40), Damaged),
        (documents.pdf(["Zinc."]).replace(b"/Size 6", b"/Prev " + b"9" * 40 + b" /Size 6"), Damaged),
    ],
    ids=["pictures only", "cut off", "empty", "a place beyond any file", "a table beyond any file"],
)
def test_a_pdf_that_cannot_be_read_says_why(received, refusal):
    with pytest.raises(refusal):
        pdf.text_of(received)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_only_named_errors_come_out_of_damaged_files(noise, place):
    for whole, read in ((documents.docx(BODY), docx.markup_of), (documents.pdf(["Zinc."]), pdf.text_of)):
        damaged = whole[:place] + noise + whole[place + len(noise) // 2 :]
        try:
            read(damaged)
        except Unreadable:
            continue
