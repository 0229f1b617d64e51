"""One SVG picture: shapes without a style of their own, and the words that say the same.

The security policy allows no style on an element: what is to be coloured bears ``class`` and ``data-colour``, and
``css/components/picture.css`` does the rest, in both schemes.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString, mark_safe

Attribute = str | float | int


class Drawing:
    """A picture of ``width`` by ``height`` units; ``words`` are its text equivalent, and go first."""

    def __init__(self, *, width: float, height: float, words: str) -> None:
        self.root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "picture",
                "viewBox": f"0 0 {width:g} {height:g}",
                "width": f"{width:g}",
                "height": f"{height:g}",
                "role": "img",
                "aria-label": words,
            },
        )

    def shape(self, tag: str, **attributes: Attribute) -> Element:
        """Add a shape. ``kind`` becomes its class; an underscore in a name becomes a hyphen."""
        return SubElement(self.root, tag, {_name(key): _value(value) for key, value in attributes.items()})

    def text(self, words: str, *, x: float, y: float, **attributes: Attribute) -> None:
        self.shape("text", x=x, y=y, **attributes).text = words

    def dot(self, *, x: float, y: float, colour: str, r: float = 7) -> None:
        self.shape("circle", cx=x, cy=y, r=r, kind="picture-mark", data_colour=colour)

    def sign(self, sign: str, *, x: float, y: float, colour: str) -> None:
        """Add a dot with a sign in it: never by colour alone."""
        self.dot(x=x, y=y, colour=colour, r=9)
        self.shape("path", d=SIGNS[sign], transform=f"translate({x:g} {y:g})", kind="picture-sign", data_colour=colour)

    def drawn(self) -> SafeString:
        return mark_safe(tostring(self.root, encoding="unicode"))  # noqa: S308 - ElementTree has escaped what people wrote


SIGNS = {
    "tick": "M-4 0.3 L-1.2 3.2 L4 -3",
    "cross": "M-3.2 -3.2 L3.2 3.2 M3.2 -3.2 L-3.2 3.2",
    "tilde": "M-4.5 0.8 Q-2.3 -3 0 0 T4.5 -0.8",
    "bar": "M-3.6 0 L3.6 0",
    "query": "M-2.6 -2 Q-2.6 -4.6 0 -4.6 Q2.6 -4.6 2.6 -2.2 Q2.6 -0.6 0 0.4 L0 1.6 M0 4.2 L0 4.6",
}
"""Each sign as a path around 0, 0, within a circle of radius 7."""


def _name(key: str) -> str:
    return "class" if key == "kind" else key.replace("_", "-")


def _value(value: Attribute) -> str:
    return value if isinstance(value, str) else f"{value:g}"
