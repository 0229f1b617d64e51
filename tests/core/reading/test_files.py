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


PROSE = paragraph("Zinc shortens a cold by a day in most of those who take it at once.") * 3
LARGE, BOLD, CENTRED = '<w:sz w:val="32"/>', "<w:b/>", '<w:jc w:val="center"/>'
STYLES = f"""<w:styles {documents.SPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Haus"><w:name w:val="House"/><w:rPr><w:sz w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kopf"><w:name w:val="Head"/><w:basedOn w:val="Haus"/></w:style>
<w:style w:type="paragraph" w:styleId="Kreis"><w:name w:val="Ring"/><w:basedOn w:val="Kreis"/></w:style>
</w:styles>""".encode()


def title_of_word_file(body, **more):
    return read_article(documents.docx(body, more=more), form="docx").document.title


@pytest.mark.parametrize(
    "first",
    [
        documents.set_paragraph("Zinc and colds", run=LARGE),
        documents.set_paragraph("Zinc and colds", run=BOLD),
        documents.set_paragraph("Zinc and colds", place=CENTRED),
        paragraph("PRESS RELEASE") + documents.set_paragraph("Zinc and colds", run=LARGE),
        documents.set_paragraph("Springfield Institute", run='<w:b w:val="0"/>')
        + documents.set_paragraph("Zinc and colds", run=BOLD),
        paragraph("By Ann Example") + documents.set_paragraph("Zinc and colds", run=BOLD),
        paragraph("Zinc and colds"),
    ],
    ids=["larger", "bold", "centred", "below a mark of its kind", "below an institute", "below a byline", "short"],
)
def test_a_word_files_title_is_what_stands_out_at_its_head(first):
    assert title_of_word_file(first + PROSE) == "Zinc and colds"


@pytest.mark.parametrize("style", ["Titel", "Kopf"])
def test_what_stands_out_by_its_style_is_the_title_whatever_the_style_is_called(style):
    styles = {"word/styles.xml": STYLES}

    assert title_of_word_file(paragraph("Springfield Institute") + paragraph("Zinc", style) + PROSE, **styles) == (
        "Zinc" if style == "Titel" else "Springfield Institute"
    )
    assert title_of_word_file(paragraph("Zinc and colds", style) + PROSE, **styles) == "Zinc and colds"


def test_long_styles_are_read_once_and_not_for_every_paragraph():
    long = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/>{"<w:x/>" * 10_000}</w:style>' for n in range(12)
    )
    styles = f"<w:styles {documents.SPACES}>{long}</w:styles>".encode()

    assert (
        title_of_word_file(paragraph("Zinc and colds", "s0") * 5000, **{"word/styles.xml": styles}) == "Zinc and colds"
    )


def test_styles_that_lean_on_each_other_in_a_ring_end():
    assert title_of_word_file(paragraph("Zinc and colds", "Kreis") + PROSE, **{"word/styles.xml": STYLES})


@pytest.mark.parametrize(
    "body",
    [
        PROSE,
        documents.set_paragraph("Zinc shortens a cold by a day.", run=BOLD) + PROSE,
        PROSE + documents.set_paragraph("Zinc and colds", run=LARGE),
        f"<w:tbl><w:tr><w:tc>{documents.set_paragraph('Zinc and colds', run=LARGE)}</w:tc></w:tr></w:tbl>{PROSE}",
    ],
    ids=["prose alone", "a bold lead", "below prose", "in a table"],
)
def test_a_word_file_without_a_title_gets_none(body):
    assert title_of_word_file(body) == ""


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Does zinc help against colds?", "Does zinc help against colds?"),
        ("Microsoft Word - Zinc colds final.doc", ""),
        ("Document1", ""),
        ("zinc_colds_v2.docx", ""),
        ("House style of the Springfield Institute", ""),
        ("Zinc", ""),
        ("", ""),
    ],
)
def test_a_title_that_a_file_tells_is_believed_where_it_fits_the_text(told, title):
    body = PROSE + paragraph("It doesn't help against every cold, and colds help nobody.")

    assert title_of_word_file(body, **documents.properties(told)) == title
    assert read_article(documents.pdf(PDF_PROSE, title=told), form="pdf").document.title == title


PDF_PROSE = [
    "Zinc shortens a cold by a day in most of those who take it at the first sneeze of all.",
    "It doesn't help against every cold, and colds help nobody who has one or two of them.",
] * 2


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("Springfield Institute", 12), ("Zinc and", 18), ("colds", 18), *PDF_PROSE], ""),
        ([("Zinc and colds", 18), ("7", 40), *PDF_PROSE], "Another thing altogether"),
        (["Springfield Institute", "Zinc and", "colds", *PDF_PROSE], "Zinc and colds"),
    ],
    ids=["the largest lines", "larger than all but a number", "told and found"],
)
def test_a_pdfs_title_is_what_is_set_largest_or_what_it_tells(lines, told):
    document = read_article(documents.pdf(lines, title=told), form="pdf").document

    assert document.title == "Zinc and colds"
    assert document.text.count("Zinc and") == 1
    assert document.stretches("title") == ("Zinc and colds",)


@pytest.mark.parametrize("lines", [PDF_PROSE, [("Zinc shortens every cold by a day or by two days.", 18), *PDF_PROSE]])
def test_a_pdf_without_a_title_gets_none(lines):
    assert read_article(documents.pdf(lines), form="pdf").document.title == ""


def test_a_pdfs_paragraphs_part_at_headings_and_where_lines_stand_wider_apart():
    wide, short = "Zinc shortens a cold by a day in most of those who take it at the first sneeze of all", "and others"
    part, harm = [("What is", 15), ("said of it", 15)], ("Harm", 15)
    lines = [("Zinc and colds", 18), wide, short, "", wide, short, *part, wide, harm, short]

    document = read_article(documents.pdf(lines), form="pdf").document

    assert [(part.role, document.text[part.start : part.end]) for part in document.parts] == [
        ("heading", "Zinc and colds"),
        ("paragraph", f"{wide} {short}"),
        ("paragraph", f"{wide} {short}"),
        ("heading", "What is said of it"),
        ("paragraph", wide),
        ("heading", "Harm"),
        ("paragraph", short),
    ]


def test_a_title_that_an_editor_gave_goes_before_the_one_of_a_pdf():
    document = read_article(documents.pdf([("Zinc and colds", 18), *PDF_PROSE]), form="pdf", title="Colds").document

    assert document.title == "Colds"
    assert "#" not in document.text


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
        (documents.pdf(["Zinc.) Tj () F1 12 0 R14 TL (Tea"]), Damaged),
        (documents.pdf(["Zinc."]).replace(b"startxref\n", b"startxref\n" + b"9" * 40), Damaged),
        (documents.pdf(["Zinc."]).replace(b"/Size 7", b"/Prev " + b"9" * 40 + b" /Size 7"), Damaged),
    ],
    ids=[
        "pictures only",
        "cut off",
        "empty",
        "a font that is not there",
        "a place beyond any file",
        "a table beyond any file",
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(received, refusal):
    with pytest.raises(refusal):
        pdf.text_of(received)


def test_a_part_that_cannot_be_unpacked_is_damage():
    made = documents.docx(BODY)
    place = made.index(b"word/document.xml") + len(b"word/document.xml")

    with pytest.raises(Damaged):
        docx.markup_of(made[:place] + b"\xff" * 20 + made[place + 20 :])


def test_a_word_file_of_more_paragraphs_than_any_document_has_is_refused():
    with pytest.raises(Overfilled):
        docx.markup_of(documents.docx(paragraph("a") * (docx.MOST_PARAGRAPHS + 1)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_only_named_errors_come_out_of_damaged_files(noise, place):
    for whole, read in ((documents.docx(BODY), docx.markup_of), (documents.pdf(["Zinc."]), pdf.text_of)):
        damaged = whole[:place] + noise + whole[place + len(noise) // 2 :]
        try:
            read(damaged)
        except Unreadable:
            continue
