"""How the paragraphs of a Word file are set: as large, as heavy and where on the line a reader sees them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{WORD}val"
OFF = frozenset({"0", "false", "off", "none"})
USUAL_SIZE = 20.0
"""Half-points, where a file says nothing: ECMA-376 part 1, 17.3.2.38."""

LARGER = 1.2  # times the body's size
DEEPEST = 12  # styles that a style is based on


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph's size in half-points, whether all of it is bold, and whether it is centred."""

    size: float
    bold: bool
    centred: bool

    def stands_out_of(self, body: "Setting") -> bool:
        """Whether a reader sees at a glance that it is more than body."""
        return (
            self.size >= LARGER * body.size
            or (self.bold and not body.bold)
            or (self.centred and not body.centred and self.size >= body.size)
        )


class Styles:
    """The styles of a Word file, by their ids; none where it has none."""

    def __init__(self, tree: _Element | None) -> None:
        self._by_id: Mapping[str, _Element] = (
            {}
            if tree is None
            else {style.get(f"{WORD}styleId") or "": style for style in tree.iterfind(f"{WORD}style")}
        )
        self._defaults = None if tree is None else tree.find(f"{WORD}docDefaults/{WORD}rPrDefault")
        self._settings: dict[str, Setting] = {}
        self._usual = next(
            (
                name
                for name, style in self._by_id.items()
                if style.get(f"{WORD}default") in {"1", "true"} and style.get(f"{WORD}type") == "paragraph"
            ),
            "",
        )

    def name_of(self, block: _Element) -> str:
        """Return the name of a paragraph's style: of a built-in one in English, whatever the language of the desk."""
        known = self._id_of(block)
        style = self._by_id.get(known)
        name = None if style is None else style.find(f"{WORD}name")
        return known if name is None else name.get(VALUE) or known

    def setting_of(self, block: _Element) -> Setting:
        """Return how a paragraph is set."""
        style = self._setting_of_style(self._id_of(block) or self._usual)
        sizes: Counter[float] = Counter()
        heavy = True
        for run in block.iter(f"{WORD}r"):
            if letters := sum(len(text.text or "") for text in run.iterfind(f"{WORD}t")):
                sizes[_size([run], otherwise=style.size)] += letters
                heavy = heavy and _is_bold([run], otherwise=style.bold)
        size = sizes.most_common(1)[0][0] if sizes else style.size
        return Setting(size, bool(sizes) and heavy, _is_centred([block], otherwise=style.centred))

    def _setting_of_style(self, name: str) -> Setting:
        """Return how a style sets a paragraph that says nothing of its own: worked out once, for it may be long."""
        if name not in self._settings:
            chain = [*self._chain(name)]
            size = _size([*chain, *([] if self._defaults is None else [self._defaults])])
            self._settings[name] = Setting(size, _is_bold(chain), _is_centred(chain))
        return self._settings[name]

    def _id_of(self, block: _Element) -> str:
        style = block.find(f"{WORD}pPr/{WORD}pStyle")
        return "" if style is None else style.get(VALUE) or ""

    def _chain(self, name: str) -> Iterator[_Element]:
        """Yield a style and those that it is based on."""
        for _ in range(DEEPEST):
            style = self._by_id.get(name)
            if style is None:
                return
            yield style
            base = style.find(f"{WORD}basedOn")
            name = "" if base is None else base.get(VALUE) or ""


def body_of(settings: Sequence[tuple[Setting, int]]) -> Setting:
    """Return how most letters of a document are set; `settings` come with the letters of each paragraph."""
    counted: Counter[Setting] = Counter()
    for setting, letters in settings:
        counted[setting] += letters
    return counted.most_common(1)[0][0] if counted else Setting(USUAL_SIZE, bold=False, centred=False)


def _values(holders: Sequence[_Element], properties: str, name: str) -> Iterator[str]:
    """Yield what each of these says of a property, where it does; one that says no more than its name says "1"."""
    for holder in holders:
        found = holder.find(f"{WORD}{properties}/{WORD}{name}")
        if found is not None:
            yield found.get(VALUE) or "1"


def _size(holders: Sequence[_Element], *, otherwise: float = USUAL_SIZE) -> float:
    told = next(_values(holders, "rPr", "sz"), "")
    return float(told) if told.isascii() and told.isdigit() and len(told) < 5 else otherwise


def _is_bold(holders: Sequence[_Element], *, otherwise: bool = False) -> bool:
    told = next(_values(holders, "rPr", "b"), None)
    return otherwise if told is None else told not in OFF


def _is_centred(holders: Sequence[_Element], *, otherwise: bool = False) -> bool:
    told = next(_values(holders, "pPr", "jc"), None)
    return otherwise if told is None else told == "center"
