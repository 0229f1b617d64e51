"""How far a panel agrees: each statistic as a point with its interval, on one line from -1 to 1."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.judging.agreement import UNDEFINED_WORDS
from reviews.models.vocabulary import DESIGNS, STANCES
from reviews.pictures.drawing import Drawing

WIDTH, ROW, TOP, SIDE = 320, 46, 6, 12


class Statistic(NamedTuple):
    """One statistic: at most 1; ``value`` is ``None`` where it is undefined, ``interval`` where it was not taken."""

    name: str
    value: float | None
    interval: tuple[float, float] | None
    words: str


def draw_agreement(statistics: Sequence[Statistic]) -> SafeString:
    """Draw one line a statistic, from the lowest that is needed (0, or less) to 1. What is undefined has no point."""
    shown = [number for one in statistics for number in (one.value, *(one.interval or ())) if number is not None]
    lowest = -1.0 if min([0.0, *shown]) < 0 else 0.0
    words = " ".join(f"{one.name}: {one.words}." for one in statistics)
    drawing = Drawing(width=WIDTH, height=TOP + ROW * len(statistics) + 20, words=words)

    def place(number: float) -> float:
        return SIDE + (max(lowest, min(1.0, number)) - lowest) / (1 - lowest) * (WIDTH - 2 * SIDE)

    for row, one in enumerate(statistics):
        middle = TOP + ROW * row + 30
        drawing.text(one.name, x=SIDE, y=middle - 14, kind="picture-row")
        drawing.shape("line", x1=place(lowest), x2=place(1), y1=middle, y2=middle, kind="picture-grid")
        if one.interval:
            low, high = one.interval
            drawing.shape("line", x1=place(low), x2=place(high), y1=middle, y2=middle, kind="picture-interval")
        if one.value is not None:
            drawing.dot(x=place(one.value), y=middle, colour="accent", r=6)
        else:
            drawing.text(gettext("undefined"), x=WIDTH / 2, y=middle - 4, kind="picture-head")
    for number in sorted({lowest, 0.0, 0.5, 1.0}):
        drawing.text(
            number_format(f"{number:g}"), x=place(number), y=TOP + ROW * len(statistics) + 14, kind="picture-head"
        )
    return drawing.drawn()


class ToldField(NamedTuple):
    """One field of the form as a page tells its agreement: the three statistics together, and the marginal counts."""

    title: str
    raw: str
    statistics: list[Statistic]
    picture: SafeString
    marginals: list[tuple[str, int]]
    off_axis: int


METRICS = {"nominal": _("nominal"), "ordinal": _("ordinal"), "interval": _("interval")}
TITLES = {"levels": _("Levels of the claims"), "stance": _("What sources say"), "design": _("Design of sources")}


def told_agreement(
    agreement: Mapping[str, Any], *, levels: Mapping[str, str], forms: Mapping[str, str] = MappingProxyType({})
) -> list[ToldField]:
    """Return the agreement of a report's body (or of a period) field by field.

    ``levels`` are titles by name; ``forms`` are titles by key, for a period that compares the totals of forms.
    """
    instruments = agreement.get("instruments", {})
    codes = {**{code: str(title) for code, title in (*STANCES, *DESIGNS)}, **levels}
    return [
        *(_told(str(title), agreement[name], codes=codes) for name, title in TITLES.items() if name in agreement),
        *(
            _told(gettext("Totals of %(form)s") % {"form": forms[key]}, part, codes={})
            for key, part in instruments.items()
        ),
    ]


def _told(title: str, part: Mapping[str, Any], *, codes: Mapping[str, str]) -> ToldField:
    alpha = gettext("Krippendorff's alpha, %(metric)s") % {"metric": METRICS[part["metric"]]}
    statistics = [_statistic(alpha, part, name="alpha")]
    if "gwet" in part:
        gwet = gettext("Gwet's %(coefficient)s") % {"coefficient": part["coefficient"]}
        statistics.append(_statistic(gwet, part, name="gwet"))
    return ToldField(
        title=title,
        raw=_raw_words(part),
        statistics=statistics,
        picture=draw_agreement(statistics),
        marginals=[(codes.get(code) or _number(code), count) for code, count in part["marginals"].items()],
        off_axis=part.get("off_axis", 0),
    )


def _raw_words(part: Mapping[str, Any]) -> str:
    if part["raw"] is None:
        return _undefined(part["raw_undefined"])
    words = gettext("%(equal)s of %(pairs)s pairs of answers are equal; %(share)s")
    return words % {"equal": part["agreeing_pairs"], "pairs": part["pairs"], "share": _spread(part, name="raw")}


def _undefined(why: str) -> str:
    return gettext("undefined: %(why)s") % {"why": gettext(UNDEFINED_WORDS[why])}


def _statistic(title: str, part: Mapping[str, Any], *, name: str) -> Statistic:
    value, interval = part[name], part.get(f"{name}_interval")
    if value is None:
        return Statistic(title, None, None, _undefined(part[f"{name}_undefined"]))
    ends = (float(interval[0]), float(interval[1])) if interval else None
    return Statistic(title, float(value), ends, _spread(part, name=name))


def _spread(part: Mapping[str, Any], *, name: str) -> str:
    """Return a value with its interval; below ten co-rated units nobody can say how sure it is."""
    value, interval = _decimal(part[name]), part.get(f"{name}_interval")
    if not interval:
        return gettext("%(value)s, too few to say how sure") % {"value": value}
    ends = {"value": value, "low": _decimal(interval[0]), "high": _decimal(interval[1])}
    return gettext("%(value)s, 95 %% interval %(low)s to %(high)s") % ends


def _number(total: str) -> str:
    """Return a total of a form as it is read: a share that ends nowhere to two decimals."""
    return number_format(f"{float(total):.3g}")


def _decimal(number: str | float) -> str:
    return number_format(number if isinstance(number, str) else f"{number:.3f}")
