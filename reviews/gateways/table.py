"""Tables as files: CSV, a workbook, JSON; row by row, so that no more than a row is held in memory.

In a spreadsheet a cell may run: one that begins like a formula is written as plain text.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | bool | date | tuple[str, ...] | None
Row = Sequence[Cell]

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would run or drop (OWASP, "CSV Injection")."""

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold; what is longer is cut there, and only there."""

ROWS_OF_A_SHEET = 1_000_000
"""A sheet ends at 1,048,576 rows: before that the next one begins."""


def write_csv(file: IO[bytes], *, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a table as CSV in UTF-8 with a byte order mark, as spreadsheets want it; return how many rows.

    A text that would run has an apostrophe before it.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer, count = csv.writer(text), 0
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused(in_a_cell(cell)) for cell in row])
        count += 1
    text.flush()
    text.detach()
    return count


def write_workbook(file: IO[bytes], *, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a table as a workbook, every text as text; return how many rows."""
    book = Workbook(write_only=True)
    sheet, count = _sheet(book, columns=columns), 0
    for row in rows:
        if count and count % ROWS_OF_A_SHEET == 0:
            sheet = _sheet(book, columns=columns)
        sheet.append([_written(sheet, in_a_cell(cell)) for cell in row])
        count += 1
    book.save(file)
    return count


def write_json(file: IO[bytes], *, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a table as a JSON array of objects in UTF-8, a row a line; return how many rows."""
    count = 0
    file.write(b"[")
    for row in rows:
        said = {name: _plain(cell) for name, cell in zip(columns, row, strict=True)}
        file.write((",\n" if count else "\n").encode() + json.dumps(said, ensure_ascii=False).encode())
        count += 1
    file.write(b"\n]\n")
    return count


def defused(cell: Cell) -> Cell:
    """Return a cell of CSV so that no spreadsheet runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell


def in_a_cell(cell: Cell) -> Cell:
    """Return what a spreadsheet can hold: of several words one text, of yes and no a word."""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else cell


def _plain(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _sheet(book: Workbook, *, columns: Sequence[str]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    return sheet


def _written(sheet: WriteOnlyWorksheet, cell: Cell) -> object:
    """Return a cell that is text where it is a text: openpyxl takes "=1+1" and "#N/A" for more than that."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:LONGEST_CELL]
    if not text.startswith(("=", "#")):
        return text
    written = WriteOnlyCell(sheet, value=text)
    written.data_type = "s"
    return written
