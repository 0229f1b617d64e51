"""Ratings made countable: the distinct ways in which units were rated, and how many units were rated so.

A million units rated by five raters on five levels are rated in at most 3,125 ways: what is measured afterwards no
longer depends on the number of units.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

Code = str | int | float
Ratings = Sequence[Sequence[Code | None]] | Sequence[NDArray[Any]] | NDArray[Any]
Matrix = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_WAYS = 2**20
"""Above so many possible ways to rate a unit, each unit is kept for itself."""
MOST_NUMBER = 2**62
"""Above so many possible rows of counts, they are compared place by place."""
WIDEST_RANGE = 1_000
"""Whole numbers that lie further apart than this are looked up, not counted along."""
FAR_FROM_ZERO = 1_000_000
"""Whole numbers beyond this are shifted first, so that their sums fit 64 bits."""
NO_SEQUENCES = (Mapping, set, frozenset, bytes, bytearray)


class NotRatings(ValueError):
    """The ratings are not one sequence per rater, all of the same length."""


class NotCounts(ValueError):
    """The counts are not whole numbers of 0 or more, units by categories."""


@dataclass(frozen=True, eq=False)
class Profiles:
    """The ways in which units were rated.

    ``counts`` (ways x values) says how many raters gave each value, ``times`` how many units were rated that way.
    ``values`` are in order: as given, else numbers by size, then words by alphabet.
    """

    counts: Integers
    times: Integers
    values: tuple[Code, ...]
    raters: int


@dataclass(frozen=True, eq=False)
class Places:
    """Every rater's ratings as places in ``values``, counted from ``first``.

    Where some may be ``missing``, the place after the last value says so.
    """

    rows: Sequence[NDArray[Any]]
    values: tuple[Code, ...]
    missing: bool = False
    first: int = 0

    @property
    def base(self) -> int:
        return len(self.values) + self.missing

    @property
    def units(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def profiles_of(ratings: Ratings, *, values: Iterable[Code] | None = None) -> Profiles:
    """Return the ways in which ``ratings`` (raters x units) rate their units.

    ``values`` are all values there are, in order; without them they are those in use. Raises ``NotRatings``.
    """
    placed = places_of(ratings, values=values)
    counts, times = counted(placed)
    if values is None:
        used = counts.any(axis=0)
        counts, kept = counts[:, used], tuple(np.flatnonzero(used).tolist())
        return Profiles(counts, times, tuple(placed.values[place] for place in kept), len(placed.rows))
    return Profiles(counts, times, placed.values, len(placed.rows))


def profiles_of_counts(counts: Any, *, values: Iterable[Code] | None = None) -> Profiles:
    """Return the same of a matrix of counts, units x categories; ``values`` name its columns, by default 0, 1, 2 ...

    Raises ``NotCounts``.
    """
    matrix = checked_counts(counts)
    named = distinct_values(values) if values is not None else tuple(range(matrix.shape[1]))
    if len(named) != matrix.shape[1]:
        raise NotCounts(f"{len(named)} values were given for {matrix.shape[1]} columns of counts.")
    counts, times = _alike(matrix)
    return Profiles(counts, times, named, raters=int(counts.sum(axis=1).max(initial=0)))


def _alike(counts: Integers, *, times: Integers | None = None) -> tuple[Integers, Integers]:
    """Return the distinct rows of the counts, sorted, and how many units have them: one for each row, or ``times``.

    Sorted, so that sums come out the same to the last bit in whatever order raters and units were given.
    """
    base, columns = int(counts.max(initial=0)) + 1, counts.shape[1]
    if base**columns > MOST_NUMBER:
        distinct, number = np.unique(counts, axis=0, return_inverse=True)
        return distinct, _summed(number, times)
    numbers = _as_digits(list(counts.T), base=base, units=len(counts))
    if base**columns > MOST_WAYS:
        distinct, numbers = np.unique(numbers, return_inverse=True)
        sums = _summed(numbers, times)
    else:
        sums = _summed(numbers, times)
        distinct = np.flatnonzero(sums)
        sums = sums[distinct]
    powers = base ** np.arange(columns - 1, -1, -1)
    return distinct[:, None] // powers % base, sums


def _summed(numbers: Integers, times: Integers | None) -> Integers:
    """Return the sum of times for each number, by default how often it comes; exact, for it stays far below 2^53."""
    return np.bincount(numbers, weights=times).astype(np.int64)


def checked_counts(counts: Any) -> Integers:
    try:
        matrix = np.asarray(counts)
    except ValueError as ragged:
        raise NotCounts("The rows of the counts are not of the same length.") from ragged
    if matrix.size == 0:
        return np.zeros(matrix.shape if matrix.ndim == 2 else (0, 0), dtype=np.int64)
    if matrix.ndim != 2 or matrix.dtype.kind not in "iuf":
        _refuse_what_is_no_number(counts)
        raise NotCounts(NotCounts.__doc__)
    if matrix.min() < 0 or matrix.dtype.kind == "f":
        _refuse_what_is_no_count(matrix)
    return matrix.astype(np.int64, copy=False)


def _refuse_what_is_no_number(counts: Any) -> None:
    for unit, row in enumerate(counts, 1):
        for column, count in enumerate(row if isinstance(row, Iterable) else [], 1):
            if not isinstance(count, Real) or isinstance(count, bool | np.bool_):
                raise NotCounts(f"Unit {unit}, category {column}: {count!r} is not a count.")


def _refuse_what_is_no_count(matrix: NDArray[Any]) -> None:
    wrong = np.argwhere((matrix < 0) | (matrix != np.floor(matrix)) | ~np.isfinite(matrix))
    if len(wrong):
        unit, column = wrong[0].tolist()
        raise NotCounts(f"Unit {unit + 1}, category {column + 1}: {matrix[unit, column]} is not a count.")


def places_of(ratings: Ratings, *, values: Iterable[Code] | None = None) -> Places:
    """Return every rating as its value's place; raises ``NotRatings``."""
    rows = list(ratings)
    _check_lengths(rows)
    whole = [_whole_numbers(row) for row in rows]
    known = distinct_values(values) if values is not None else None
    given = [row for row in whole if row is not None]
    if given and len(given) == len(rows) and given[0].size and not _lie_far_apart(given):
        return _places_of_whole(given, known)
    return _places_of_any([_listed(row) for row in rows], known)


def counted(placed: Places) -> tuple[Integers, Integers]:
    """Return ``counts`` and ``times`` of the ways in use (see ``Profiles``)."""
    if placed.base ** len(placed.rows) > MOST_WAYS:
        return _alike(counts_of_units(placed))
    times = np.bincount(ways_of(placed))
    ways = np.flatnonzero(times)
    return _alike(counts_of_ways(ways, placed), times=times[ways])


def ways_of(placed: Places) -> Integers:
    """Return each unit's way of being rated as one number, its places being the digits."""
    return _as_digits(placed.rows, base=placed.base, units=placed.units, first=placed.first)


def _as_digits(rows: Sequence[NDArray[Any]], *, base: int, units: int, first: int = 0) -> Integers:
    shift = first * sum(base**place for place in range(len(rows)))
    number = np.zeros(units, dtype=np.int64)
    for row in rows[:-1]:
        number += row
        number *= base
    for row in rows[-1:]:
        number += row
    number -= shift
    return number


def counts_of_ways(ways: NDArray[Any], placed: Places) -> Integers:
    """Return how many raters gave each value, ways x values."""
    counts = np.zeros((len(ways), placed.base), dtype=np.int64)
    rest, every = ways.astype(np.int64), np.arange(len(ways))
    for _ in placed.rows:
        rest, place = np.divmod(rest, placed.base)
        counts[every, place] += 1
    return counts[:, : len(placed.values)]


def distinct_values(values: Iterable[Code]) -> tuple[Code, ...]:
    """Return the values as they were given; raises ``NotRatings`` where one comes twice or is no rating."""
    listed = tuple(_rating(value, where="Among the values") for value in values)
    if None in listed or len(set(listed)) < len(listed):
        raise NotRatings(f"The values must be distinct ratings, not {listed}.")
    return tuple(value for value in listed if value is not None)


def counts_of_units(placed: Places) -> Integers:
    """Return how many raters gave each value, units x values, in the order of the units."""
    counts = np.zeros((placed.units, placed.base), dtype=np.int64)
    every = np.arange(placed.units)
    for row in placed.rows:
        counts[every, row - placed.first] += 1
    return counts[:, : len(placed.values)]


def _check_lengths(rows: Sequence[Any]) -> None:
    for number, row in enumerate(rows, 1):
        if not hasattr(row, "__len__") or isinstance(row, NO_SEQUENCES) or getattr(row, "ndim", 1) != 1:
            raise NotRatings(f"Rater {number}: a {type(row).__name__} is not a sequence of ratings.")
        if len(row) != len(rows[0]):
            raise NotRatings(f"Rater {number} has {len(row)} ratings, and rater 1 has {len(rows[0])}.")


def _whole_numbers(row: Any) -> NDArray[Any] | None:
    """Return a row of whole numbers as an array; ``None`` where it holds anything else."""
    if isinstance(row, np.ndarray):
        if row.dtype.kind not in "iu" or row.dtype == np.uint64 or np.ma.isMaskedArray(row):
            return None
        return row.astype(np.int64, copy=False)  # in fewer bits a difference may not fit
    try:
        return np.frombuffer(array("q", row), dtype=np.int64)
    except (TypeError, OverflowError, ValueError):
        return None


def _lie_far_apart(rows: Sequence[NDArray[Any]]) -> bool:
    return int(max(row.max() for row in rows)) - int(min(row.min() for row in rows)) > WIDEST_RANGE


def _places_of_whole(rows: Sequence[NDArray[Any]], known: tuple[Code, ...] | None) -> Places:
    lowest, highest = int(min(row.min() for row in rows)), int(max(row.max() for row in rows))
    if known is None and abs(lowest) > FAR_FROM_ZERO:
        return Places([row - lowest for row in rows], tuple(range(lowest, highest + 1)))
    if known is None:
        return Places(rows, tuple(range(lowest, highest + 1)), first=lowest)
    place = {value: number for number, value in enumerate(known)}
    table = np.array([place.get(value, -1) for value in range(lowest, highest + 1)])
    found = [table[row - lowest] for row in rows]
    for number, row in enumerate(found, 1):
        if row.min() < 0:
            unit = int(row.argmin())
            raise _unknown(rows[number - 1][unit].item(), rater=number, unit=unit + 1)
    return Places(found, known)


def _listed(row: Any) -> list[Any]:
    return row.tolist() if isinstance(row, np.ndarray) else list(row)


def _places_of_any(rows: Sequence[Sequence[Any]], known: tuple[Code, ...] | None) -> Places:
    plain = [
        [_rating(rating, where=f"Rater {number}, unit {unit}") for unit, rating in enumerate(row, 1)]
        for number, row in enumerate(rows, 1)
    ]
    values = _in_use(plain) if known is None else known
    place: dict[Code | None, int] = {value: number for number, value in enumerate(values)}
    place[None] = len(values)
    for number, row in enumerate(plain, 1):
        for unit, rating in enumerate(row, 1):
            if rating not in place:
                raise _unknown(rating, rater=number, unit=unit)
    return Places([np.array([place[rating] for rating in row], dtype=np.int64) for row in plain], values, missing=True)


def _in_use(rows: Sequence[Sequence[Code | None]]) -> tuple[Code, ...]:
    """Return the values in use, in order: numbers by size, then words by alphabet."""
    values = {rating for row in rows for rating in row if rating is not None}
    return tuple(sorted(values, key=lambda value: (isinstance(value, str), value)))


def _rating(rating: Any, *, where: str) -> Code | None:
    if rating is None or isinstance(rating, str | int):
        return rating
    if not isinstance(rating, Real):
        raise NotRatings(f"{where}: a {type(rating).__name__} is not a rating.")
    number = float(rating)
    if isnan(number):
        raise NotRatings(f"{where}: NaN is not a rating; a missing one is None.")
    return int(number) if number.is_integer() else number


def _unknown(rating: object, *, rater: int, unit: int) -> NotRatings:
    return NotRatings(f"Rater {rater}, unit {unit}: {rating!r} is not among the values.")
