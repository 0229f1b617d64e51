"""Requests to review as lines of a table (CSV): read with whatever a spreadsheet makes of it, each bad line named.

The first line names the columns, in any order: *round* (its number) or *article* (title or address), or both;
*reviewer* (an e-mail address); *due* (2026-12-31; empty: when the round is due). Lines without a reviewer are left out:
they are those of the template that nobody filled in.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reviews.core.phrases import Phrase
from reviews.core.refusals import NotTaken

MOST_BYTES = 200_000
MOST_LINES = 500
COLUMNS = ("round", "article", "reviewer", "due")
OTHER_NAMES = {"due on": "due", "due date": "due", "address": "reviewer", "e-mail": "reviewer", "email": "reviewer"}
DELIMITERS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would calculate."""

TOO_LARGE = Phrase("A table has at most %(lines)s lines and %(size)s KB.", lines=MOST_LINES, size=MOST_BYTES // 1000)
NO_HEADER = Phrase("The first line has to name the columns: round or article, reviewer, due.")
BROKEN_TABLE = Phrase("This is no table: a quotation mark is never closed, or stands where none can be.")


class LineRefused(NotTaken):
    """This line is no request."""


@dataclass(frozen=True)
class Line:
    """One request as it was written; ``number`` is the line in the file, from 1, on which it begins."""

    number: int
    round: str
    article: str
    reviewer: str
    due: date | None


@dataclass(frozen=True)
class Sheet:
    """What a table holds: its requests, and of each bad line its number and what is wrong. ``skipped`` have nobody."""

    lines: tuple[Line, ...] = ()
    bad: tuple[tuple[int, Phrase], ...] = ()
    skipped: int = 0


def text_of(received: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 by its mark, UTF-8, or else what Windows writes in the West."""
    if received.startswith((b"\xff\xfe", b"\xfe\xff")):
        return received.decode("utf-16", errors="replace").lstrip("\ufeff")
    try:
        return received.decode("utf-8-sig")
    except UnicodeDecodeError:
        return received.decode("cp1252", errors="replace")


def read_sheet(text: str) -> Sheet:
    """Read a table. What is wrong with it as a whole is said of line 1."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    if len(text.encode()) > MOST_BYTES:
        return Sheet(bad=((1, TOO_LARGE),))
    try:
        (first, header), *rows = _rows_of(text) or [(1, [])]
    except csv.Error:
        return Sheet(bad=((1, BROKEN_TABLE),))
    columns = _columns(header)
    if "reviewer" not in columns or not {"round", "article"} & set(columns):
        return Sheet(bad=((first, NO_HEADER),))
    if len(rows) > MOST_LINES:
        return Sheet(bad=((1, TOO_LARGE),))
    return _sheet(rows, columns=columns)


def write_template(rounds: Iterable[tuple[int, str, date]]) -> str:
    """Return a table to fill in: a line for each open round with its number, its article and its day.

    It begins with a byte-order mark, without which spreadsheets take it for another encoding.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([number, harmless(title), "", due.isoformat()] for number, title, due in rounds)
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the number of the line on which it begins. Raises csv.Error."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, begins = [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append((begins, row))
        begins = reader.line_num + 1
    return rows


def _columns(header: Sequence[str]) -> list[str]:
    names = [" ".join(name.lower().replace("_", " ").split()) for name in header]
    return [OTHER_NAMES.get(name, name) for name in names]


def _sheet(rows: Sequence[tuple[int, list[str]]], *, columns: Sequence[str]) -> Sheet:
    lines: list[Line] = []
    bad: list[tuple[int, Phrase]] = []
    skipped = 0
    for number, row in rows:
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(columns, map(_plain, row), strict=False))
        if not cells["reviewer"]:
            skipped += 1
            continue
        try:
            lines.append(_line(number, cells, extra=len(row) > len(columns)))
        except LineRefused as refusal:
            bad.append((number, refusal.phrase))
    return Sheet(tuple(lines), tuple(bad), skipped)


def _line(number: int, cells: dict[str, str], *, extra: bool) -> Line:
    """Return a line. Raises LineRefused, which says what is wrong with it."""
    if extra:
        raise LineRefused("There are more cells than columns.")
    for name in COLUMNS:
        if cells[name].startswith("="):
            raise LineRefused(
                "“%(cell)s” under %(column)s is a formula: put its value there.", cell=cells[name][:60], column=name
            )
    if not cells["round"] and not cells["article"]:
        raise LineRefused("It names neither a round nor an article.")
    return Line(number, cells["round"], cells["article"], cells["reviewer"], _day(cells["due"]))


def _plain(cell: str) -> str:
    """Return a cell without white space around it and without the apostrophe that made a formula harmless."""
    cell = cell.strip()
    return cell[1:] if cell.startswith(tuple("'" + sign for sign in FORMULA)) else cell


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", written):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(written)
    except ValueError:
        raise LineRefused(
            "“%(cell)s” is no day that can be read only one way: write 2026-12-31.", cell=written[:60]
        ) from None
