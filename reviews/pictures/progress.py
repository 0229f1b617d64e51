"""How far a round has come: who is asked, as one bar, with the quorum as a line."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reviews.models.wording import listed
from reviews.pictures.drawing import Drawing

WIDTH, BAR = 320, 22


class Share(NamedTuple):
    """How many are in one state; ``words`` go after the number."""

    number: int
    colour: str
    words: str


def draw_progress(shares: Sequence[Share], *, quorum: int) -> SafeString:
    """Draw the shares side by side in their order, handed in first; the line stands where the quorum is reached."""
    total = max(sum(share.number for share in shares), quorum, 1)
    told = listed(f"{share.number} {share.words}" for share in shares if share.number) or gettext("nobody asked")
    words = gettext("%(shares)s; %(quorum)s needed.") % {"shares": told, "quorum": quorum}
    drawing = Drawing(width=WIDTH, height=BAR + 24, words=words)
    drawing.shape("rect", x=0.5, y=0.5, width=WIDTH - 1, height=BAR, rx=4, kind="picture-empty")
    begun = 0
    for share in (share for share in shares if share.number):
        left, width = WIDTH * begun / total, WIDTH * share.number / total
        drawing.shape(
            "rect",
            x=left + 1,
            y=1,
            width=max(0, width - 2),
            height=BAR - 1,
            rx=3,
            kind="picture-mark",
            data_colour=share.colour,
        )
        drawing.text(str(share.number), x=left + width / 2, y=BAR - 6, kind="picture-number", data_colour=share.colour)
        begun += share.number
    needed = WIDTH * quorum / total
    drawing.shape("line", x1=min(needed, WIDTH - 1), x2=min(needed, WIDTH - 1), y1=0, y2=BAR + 6, kind="picture-limit")
    kind = "picture-end" if needed > WIDTH - 60 else "picture-head"
    drawing.text(gettext("quorum"), x=min(needed, WIDTH), y=BAR + 18, kind=kind)
    return drawing.drawn()
