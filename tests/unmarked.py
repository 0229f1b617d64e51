"""What is said outside the brackets of the pseudo-language and is nobody's own words: found in pages and in mails.

And whatever ``makemessages`` finds, to hold it against what was asked of the pseudo-language's catalogue.
"""

import json
import re
import shutil
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import override_settings

from reviews.core.citing.records import Record
from reviews.core.judging.rule import Rule
from reviews.core.judging.rule_words import NEIGHBOUR_WORDS, spoken_rule
from reviews.models import Instrument, Report, RuleVersion, Scale, Source
from tests.pseudo import CLOSES, OPENS

SEEN = ("title", "aria-label", "placeholder", "alt", "data-label", "label")
"""Attributes that a person sees or hears; and every ``data-say-…``, which a script says."""
SILENT = {"script", "style", "kbd", "code"}
"""kbd: the keys themselves. code: a secret to be typed into an app."""
LETTERS = re.compile(r"[^\W\d_]{2,}|\d:\d\d|\d\.\d")
"""What somebody has to put in words: those themselves, a time of day, a number with decimals."""
LONG = 16

NAMES = {
    "Assay": "the name of the program",
    "UTC": "the name of a time zone",
    "ORCID": "a name",
    **dict.fromkeys(["CSL", "RIS", "BibTeX", "CSV", "XLSX", "JSON", "HTML"], "a format"),
    **dict.fromkeys(["DOI", "PMID", "PMCID", "ISBN", "SHA"], "what a number is called"),
    "True": "what Django's own desk calls a tick",
}


class Page(HTMLParser):
    """Collects what a page says outside the brackets of the pseudo-language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.depth, self.silent = 0, 0
        self.unmarked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if self.silent:
            return
        for name, value in attributes:
            if value and (name in SEEN or name.startswith("data-say")):
                self._outside(value, depth=0)
        said = dict(attributes)
        if tag == "input" and said.get("type") in {"submit", "button"}:
            self._outside(said.get("value") or "", depth=0)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, words: str) -> None:
        if not self.silent:
            self.depth = self._outside(words, depth=self.depth)

    def _outside(self, words: str, *, depth: int) -> int:
        said = ""
        for part in re.split(f"([{OPENS}{CLOSES}])", words):
            if part in {OPENS, CLOSES}:
                depth += 1 if part == OPENS else -1
                said += "\n"
            elif depth == 0:
                said += part
        chunks = (" ".join(chunk.split()) for chunk in said.split("\n\n"))
        self.unmarked += [chunk for chunk in chunks if LETTERS.search(chunk)]
        return depth


def unmarked_in_text(text: str, *, own_words: frozenset[str]) -> list[str]:
    """Return what a plain text says that was neither marked for translation nor is somebody's words or an address."""
    return unmarked(escape(re.sub(r"https?://\S+", "", text)), own_words=own_words)


def unmarked(page: str, *, own_words: frozenset[str]) -> list[str]:
    """Return what a page says that was neither marked for translation nor said by somebody."""
    long_texts = [words for words in own_words if len(words) >= LONG]
    return [
        words
        for words in dict.fromkeys(Page(page).unmarked)
        if not (len(words) >= LONG and any(words in text for text in long_texts))
        and LETTERS.search(_without(words, own_words))
        and not words.startswith("javascript:")
    ]


def _without(words: str, own_words: frozenset[str]) -> str:
    """Take off whatever is somebody's words or a name, the longest first: several may stand beside each other."""
    for own in sorted({*own_words, *NAMES}, key=len, reverse=True):
        if len(own) > 1 and own in words:
            words = re.sub(rf"(?<!\w){re.escape(own)}(?!\w)", " ", words)
    return words


def words_of(value: object) -> Iterator[str]:
    """Yield every text in a column's value, lists and mappings included."""
    if isinstance(value, str):
        yield from (" ".join(part.split()) for part in [value, *value.splitlines()])
    elif isinstance(value, dict):
        for part in value.values():
            yield from words_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from words_of(part)


def stored_words() -> frozenset[str]:
    """Return every text that lies in the database: what people, articles, registries, scales and reports say."""
    words: set[str] = set()
    for model in apps.get_app_config("reviews").get_models():
        if model.__name__.endswith("Event"):
            continue
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                if not field.choices:
                    words.update(words_of(getattr(row, field.attname)))
            if canonical := getattr(row, "canonical", ""):
                words.update(words_of(json.loads(canonical)))
    for instrument in Instrument.objects.all():
        words.update(_of_instrument(instrument))
    words.update(_of_rules())
    for source in Source.objects.all():
        record = Record.from_csl(source.record.as_csl())
        words |= {record.formatted(), record.short()}
    words.update(zone.replace("_", " ") for zone in available_timezones())
    return frozenset(words - {""})


def _of_rules() -> Iterator[str]:
    """What the engine says of its rule, as what it says of a panel, is part of the report, in the desk's language."""
    spoken = [(Rule.from_plain(report.body["rule"]), report.round.scale) for report in Report.objects.all()]
    spoken += [(version.value, Scale.objects.first()) for version in RuleVersion.objects.all()]
    yield from NEIGHBOUR_WORDS.values()
    for rule, scale in spoken:
        for part in spoken_rule(rule, scale=scale.value):
            yield from words_of(list(part))


def _of_instrument(instrument: Instrument) -> Iterator[str]:
    form = instrument.form
    yield from (instrument.title, " ".join(form.introduction.split()))
    for item in form.items:
        yield from (item.section, " ".join(item.guidance.split()), item.wording, f"{item.number}. {item.wording}")
        for option in item.options:
            yield from (option.title, f"{option.code} · {option.title}")


def found_by_makemessages(folder: Path) -> set[str]:
    """Return every sentence that an operator's ``makemessages`` writes, made in an empty folder."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext's tools are not installed")
    (folder / "xx").mkdir()
    with override_settings(LOCALE_PATHS=[str(folder)]):
        call_command("makemessages", locale=["xx"], ignore_patterns=["tests/*"], verbosity=0)
    return sentences_of((folder / "xx" / "LC_MESSAGES" / "django.po").read_text())


def sentences_of(catalogue: str) -> set[str]:
    """Return every sentence of a catalogue as text, those with a context after it."""
    entry = re.compile(r'^(?:msgctxt (?P<context>".*"(?:\n".*")*)\n)?msgid (?P<sentence>".*"(?:\n".*")*)', re.MULTILINE)
    return {
        "\x04".join("".join(map(json.loads, part.split("\n"))) for part in found.groups() if part)
        for found in entry.finditer(catalogue)
    }


def sentences_of_others() -> set[str]:
    """Return what the libraries' own catalogues have, in a language that has everything."""
    roots = [Path(import_module(name).__file__).parent for name in ("django", "allauth")]
    return {
        sentence
        for root in roots
        for catalogue in root.rglob("locale/de/LC_MESSAGES/django.po")
        for sentence in sentences_of(catalogue.read_text())
    }
