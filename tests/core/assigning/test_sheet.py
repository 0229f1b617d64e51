"""A table of requests, with whatever spreadsheets make of it."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.assigning.sheet import (
    BROKEN_TABLE,
    MOST_LINES,
    NO_HEADER,
    TOO_LARGE,
    Line,
    Sheet,
    harmless,
    read_sheet,
    text_of,
    write_template,
)

DAY = date(2026, 12, 3)
ONE = Line(2, "7", "Tea", "ada@example.org", DAY)


@pytest.mark.parametrize(
    "table",
    [
        "round,article,reviewer,due\n7,Tea,ada@example.org,2026-12-03\n",
        "\ufeffround;article;reviewer;due\r\n7;Tea;ada@example.org;03.12.2026\r\n",
        "Due date\tE-mail\tRound\tArticle\n2026-12-03\tada@example.org\t7\tTea",
        'round,article,reviewer,due\n"7"," Tea ","ada@example.org",2026-12-03\n,,,\n\n',
        "article,due_on,reviewer,round,note\nTea,3.12.2026,ada@example.org,7,whatever",
        "round,article,reviewer,due\n7,T\x00ea,ada@example.org,2026-12-03",
    ],
)
def test_a_table_is_read_however_it_is_written(table):
    assert read_sheet(table) == Sheet((ONE,))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_whatever_encoding(encoding):
    assert text_of("Müller – Tee".encode(encoding)) == "Müller – Tee"


@pytest.mark.parametrize(
    ("table", "bad"),
    [
        ("", (1, NO_HEADER)),
        ("7,Tea,ada@example.org", (1, NO_HEADER)),
        ("reviewer,due\na@b.org,", (1, NO_HEADER)),
        ('round,reviewer\n7,"ada@example.org\n', (1, BROKEN_TABLE)),
        ("round,reviewer\n" + "7,a@b.org\n" * (MOST_LINES + 1), (1, TOO_LARGE)),
        ("round,reviewer\n7," + "ä" * 100_000, (1, TOO_LARGE)),
        ("round,reviewer\n\n7,a@b.org,more", (3, "There are more cells than columns.")),
        ("round,reviewer\n=1+6,a@b.org", (2, "“=1+6” under round is a formula: put its value there.")),
        ("round,article,reviewer\n,,a@b.org", (2, "It names neither a round nor an article.")),
        (
            "round,reviewer,due\n7,a@b.org,03/12/2026",
            (2, "“03/12/2026” is no day that can be read only one way: write 2026-12-31."),
        ),
        (
            "round,reviewer,due\n7,a@b.org,31.2.2026",
            (2, "“31.2.2026” is no day that can be read only one way: write 2026-12-31."),
        ),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_reason(table, bad):
    sheet = read_sheet(table)

    number, why = bad
    assert (sheet.lines, [(line, str(words)) for line, words in sheet.bad]) == ((), [(number, str(why))])


def test_a_cell_of_several_lines_does_not_shift_the_numbers():
    sheet = read_sheet('round,article,reviewer\n7,"Tea\nand more",a@b.org\n8,,b@b.org\n')

    assert [line.number for line in sheet.lines] == [2, 4]


def test_lines_without_a_reviewer_are_left_out_and_counted():
    assert read_sheet("round,reviewer,due\n7,,2026-12-03\n8, ,nonsense\n") == Sheet(skipped=2)


def test_the_template_is_read_again_and_holds_no_formula():
    table = write_template([(7, "=HYPERLINK(1)", DAY), (8, "Tea, “hot”", DAY)])
    filled = table.replace(",,", ",a@b.org,")

    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))

    assert rows[1:] == [["7", "'=HYPERLINK(1)", "", "2026-12-03"], ["8", "Tea, “hot”", "", "2026-12-03"]]
    assert [
        (line.round, line.reviewer, line.due) for line in read_sheet(filled.replace("'=HYPERLINK(1)", "Tea")).lines
    ] == [
        ("7", "a@b.org", DAY),
        ("8", "a@b.org", DAY),
    ]


@given(st.text(max_size=300))
def test_no_table_is_too_odd_to_be_answered(text):
    sheet = read_sheet("round,reviewer,due\n" + text)

    assert all(line.reviewer for line in sheet.lines)
    assert all(number >= 1 and words for number, words in sheet.bad)


@given(st.text(max_size=20))
def test_no_harmless_cell_is_calculated(cell):
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
