"""ORCID iDs: sixteen characters that name a researcher, the last of them a check on the others."""

import re

from reviews.core.refusals import NotTaken

_TYPED = re.compile(
    r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dXx])/?", re.ASCII
)
LONGEST = 60


class NotAnOrcid(NotTaken):
    """This is not an ORCID iD: sixteen digits as in 0000-0002-1825-0097, the last of which may be an X."""


def normal_orcid(typed: str) -> str:
    """Return an iD as 0000-0002-1825-0097, however it was pasted; raises ``NotAnOrcid``, also for a wrong check.

    The check is ISO/IEC 7064, MOD 11-2, as ORCID documents it.
    """
    found = _TYPED.fullmatch(typed.strip()[: LONGEST + 1])
    if found is None:
        raise NotAnOrcid
    groups = [group.upper() for group in found.groups()]
    if check_character("".join(groups)[:-1]) != groups[-1][-1]:
        raise NotAnOrcid
    return "-".join(groups)


def check_character(digits: str) -> str:
    """Return the check of the first fifteen digits: 0 to 9, or X for ten."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)
