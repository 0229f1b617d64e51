"""References written out for readers in the style of biomedical journals.

"Recommendations for the Conduct, Reporting, Editing and Publication of Scholarly Work in Medical Journals" (ICMJE) with
the samples of Patrias and Wendling, "Citing Medicine" (National Library of Medicine, 2nd edition), known as Vancouver.
"""

import re

from reviews.core.citing.records import Record

MOST_AUTHORS = 6
_PART = re.compile(r"[^\W\d_][^\s.-]*")


def vancouver(record: Record) -> str:
    """Return a record as one line of plain text; of more than six authors the first six and "et al."."""
    parts = [_people(record.authors), _titled(record)]
    if record.kind in {"chapter", "paper-conference"} and record.container:
        editors = _people(record.editors)
        parts.append(f"In: {editors}, editor{'s' if len(record.editors) > 1 else ''}" if editors else "In")
        parts[-1] = f"{parts[-1]}. {record.container}" if editors else f"In: {record.container}"
        parts.append(_imprint(record))
        parts.append(f"p. {_short_pages(record.pages)}" if record.pages else "")
    elif record.container:
        parts += [record.container, _place(record)]
    else:
        parts.append(_imprint(record))
    parts.append(_found_at(record))
    return " ".join(_ended(part) for part in parts if part)


def _titled(record: Record) -> str:
    marks = {"webpage": " [Internet]", "thesis": " [dissertation]", "article": " [preprint]", "dataset": " [dataset]"}
    return f"{record.title.rstrip('.')}{marks.get(record.kind, '')}"


def _place(record: Record) -> str:
    """Return "2019;12(3):45-7"."""
    issue = f"({record.issue})" if record.issue else ""
    pages = f":{_short_pages(record.pages)}" if record.pages else ""
    inside = f"{record.volume}{issue}{pages}"
    year = str(record.year or "")
    return f"{year};{inside}" if year and inside.strip(":") and not inside.startswith(":") else f"{year}{inside}"


def _imprint(record: Record) -> str:
    return "; ".join(part for part in (record.publisher, str(record.year or "")) if part)


def _found_at(record: Record) -> str:
    if record.doi:
        return f"doi: {record.doi}"
    if record.pmid:
        return f"PMID: {record.pmid}"
    return f"Available from: {record.url}" if record.url else ""


def _short_pages(pages: str) -> str:
    """Return "1865-76" for "1865-1876": digits that the last page shares with the first are not said again."""
    first, dash, last = pages.partition("-")
    if not (dash and first.isdecimal() and last.isdecimal() and len(first) == len(last)):
        return pages
    shared = next((place for place in range(len(first)) if first[place] != last[place]), len(first) - 1)
    return f"{first}-{last[shared:]}"


def _people(names: tuple[str, ...]) -> str:
    shown = [_short_name(name) for name in names[:MOST_AUTHORS]]
    return ", ".join(shown) + (", et al" if len(names) > MOST_AUTHORS else "")


def _short_name(name: str) -> str:
    """Return "Selene LM" for "Selene, Luna M."; an organisation's name as it is."""
    family, comma, given = name.partition(", ")
    given, _, suffix = given.partition(", ")
    initials = "".join(_initials(part) for part in _PART.findall(given))
    return " ".join(part for part in (family, initials if comma else "", suffix.rstrip(".")) if part)


def _initials(part: str) -> str:
    return part if part.isupper() and len(part) <= 3 else part[0].upper()


def _ended(part: str) -> str:
    return part if part.endswith(("?", "!")) else part.rstrip(".") + "."
