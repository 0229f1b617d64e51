"""What a reviewer may say of a claim: an ordered axis, and at most one level off it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


class UnknownLevel(ValueError):
    """That level is not on this scale."""


class NotAScale(ValueError):
    """These levels do not make a scale."""


@dataclass(frozen=True)
class Level:
    """One answer of a scale.

    ``position`` counts from 0, the best; ``None`` is off the axis: not a point between true and false.
    ``beyond_harm_line`` marks the levels of the axis from which a reader may come to harm by believing the
    claim.
    """

    name: str
    title: str
    definition: str
    position: int | None
    beyond_harm_line: bool


@dataclass(frozen=True)
class Scale:
    """An ordinal axis of levels, best first, and at most one level off it; raises ``NotAScale``."""

    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        if len({level.name for level in self.levels}) != len(self.levels):
            raise NotAScale("Two levels of the scale have the same name.")
        if [level.position for level in self.axis] != list(range(len(self.axis))) or len(self.axis) < 2:
            raise NotAScale("The axis needs two levels or more, on the positions 0, 1, 2 and so on.")
        if len(self.levels) - len(self.axis) > 1:
            raise NotAScale("At most one level may lie off the axis.")
        sides = [level.beyond_harm_line for level in self.axis]
        if sides != sorted(sides) or any(level.beyond_harm_line for level in self.levels if level.position is None):
            raise NotAScale("The harm line cuts the axis once, with the worse levels beyond it.")

    def __iter__(self) -> Iterator[Level]:
        return iter(self.levels)

    @cached_property
    def axis(self) -> tuple[Level, ...]:
        """The levels on the axis, best first."""
        placed = [level for level in self.levels if level.position is not None]
        return tuple(sorted(placed, key=lambda level: -1 if level.position is None else level.position))

    @cached_property
    def unsupported(self) -> Level | None:
        """The level off the axis: no adequate evidence either way."""
        return next((level for level in self.levels if level.position is None), None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(level.name for level in self.levels)

    @property
    def best(self) -> Level:
        return self.axis[0]

    @property
    def worst(self) -> Level:
        return self.axis[-1]

    def level(self, name: str) -> Level:
        """Return the level of that name; raise ``UnknownLevel``."""
        for level in self.levels:
            if level.name == name:
                return level
        raise UnknownLevel(f"“{name}” is not a level of this scale.")

    def reassures(self, name: str) -> bool:
        """Whether the level lies on the axis on the safe side of the harm line."""
        level = self.level(name)
        return level.position is not None and not level.beyond_harm_line

    def severity(self, name: str) -> tuple[int, int]:
        """Return a key that sorts levels from mild to severe, for naming the worst of several claims.

        The level off the axis is no point on it, yet an article must not look better for it: it sorts just
        after the first level beyond the harm line.
        """
        level = self.level(name)
        if level.position is not None:
            return level.position, 0
        before_line = sum(not other.beyond_harm_line for other in self.axis)
        return before_line, 1


ACCURACY = Scale(
    levels=(
        Level(
            name="accurate",
            title="Accurate",
            definition="The evidence backs the claim as worded, and nothing that a reader needs is left out.",
            position=0,
            beyond_harm_line=False,
        ),
        Level(
            name="mostly_accurate",
            title="Mostly accurate",
            definition="The evidence backs the main point; what is loose would change nothing for a reader.",
            position=1,
            beyond_harm_line=False,
        ),
        Level(
            name="misleading",
            title="Misleading",
            definition="Some of it is true, but context is missing: readers would get a wrong idea.",
            position=2,
            beyond_harm_line=True,
        ),
        Level(
            name="inaccurate",
            title="Inaccurate",
            definition="The evidence speaks against the claim.",
            position=3,
            beyond_harm_line=True,
        ),
        Level(
            name="unsupported",
            title="Unsupported",
            definition="There is no adequate evidence either way: whether it is true cannot be told.",
            position=None,
            beyond_harm_line=False,
        ),
    )
)
