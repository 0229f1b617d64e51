"""Tables as files, and what a spreadsheet must not run."""

import csv
import io
import json
import tracemalloc
from datetime import date

import pytest
from openpyxl import load_workbook

from reviews.gateways import table
from reviews.gateways.table import LONGEST_CELL, write_csv, write_json, write_workbook

COLUMNS = ("words", "said", "many", "yes", "count", "day")
ROW = ("Moonflower “tea”, 40 mg\nat night", None, ("a", "b"), True, -3, date(2026, 3, 2))
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)", '=cmd|"/c calc"!A1']


def written(write, rows, columns=COLUMNS):
    file = io.BytesIO()
    count = write(file, columns=columns, rows=iter(rows))
    return count, file.getvalue()


def read_csv(held):
    return list(csv.reader(io.StringIO(held.decode("utf-8-sig"), newline="")))


def test_csv_says_what_was_given():
    count, held = written(write_csv, [ROW])

    assert count == 1
    assert read_csv(held) == [
        list(COLUMNS),
        ["Moonflower “tea”, 40 mg\nat night", "", "a; b", "yes", "-3", "2026-03-02"],
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_begins_like_a_formula(formula):
    _, held = written(write_csv, [(formula, (formula, "b"))], columns=("one", "two"))

    assert read_csv(held)[1] == [f"'{formula}", f"'{formula}; b"]


@pytest.mark.parametrize("formula", [*FORMULAS, "#N/A", "#REF!"])
def test_every_text_of_a_workbook_is_text(formula):
    _, held = written(write_workbook, [(formula,)], columns=("one",))

    cell = load_workbook(io.BytesIO(held)).active["A2"]
    assert cell.data_type == "s"
    assert cell.value == formula


def test_a_workbook_says_what_was_given():
    count, held = written(write_workbook, [ROW])

    rows = list(load_workbook(io.BytesIO(held)).active.iter_rows(values_only=True))
    assert count == 1
    assert rows[0] == COLUMNS
    assert rows[1][0] == ROW[0]
    assert rows[1][2:5] == ("a; b", "yes", -3)
    assert rows[1][5].date() == date(2026, 3, 2)


def test_a_workbook_leaves_out_what_it_cannot_hold():
    _, held = written(write_workbook, [("a\x07b", "x" * (LONGEST_CELL + 5))], columns=("one", "two"))

    one, two = load_workbook(io.BytesIO(held)).active["A2":"B2"][0]
    assert (one.value, len(two.value)) == ("ab", LONGEST_CELL)


def test_a_sheet_that_is_full_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(table, "ROWS_OF_A_SHEET", 2)

    count, held = written(write_workbook, [(n,) for n in range(5)], columns=("n",))

    sheets = load_workbook(io.BytesIO(held)).worksheets
    assert count == 5
    assert [[cell for (cell,) in sheet.iter_rows(values_only=True)] for sheet in sheets] == [
        ["n", 0, 1],
        ["n", 2, 3],
        ["n", 4],
    ]


def test_json_keeps_lists_and_what_is_missing():
    count, held = written(write_json, [ROW, ROW])

    assert count == 2
    assert (
        json.loads(held)
        == [{"words": ROW[0], "said": None, "many": ["a", "b"], "yes": True, "count": -3, "day": "2026-03-02"}] * 2
    )


@pytest.mark.parametrize("write", [write_csv, write_workbook, write_json])
def test_a_table_without_a_row_is_a_file_all_the_same(write):
    count, held = written(write, [])

    assert count == 0
    assert held


@pytest.mark.parametrize("write", [write_csv, write_json, write_workbook])
def test_memory_does_not_grow_with_the_rows(write, tmp_path):
    def peak(rows):
        tracemalloc.start()
        with (tmp_path / "table").open("w+b") as file:
            write(file, columns=("n", "words"), rows=((n, f"row {n} says something") for n in range(rows)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)

    assert peak(20_000) < peak(1_000) + 300_000
