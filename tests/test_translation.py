"""Whatever a reviewer, a reader or an account holder sees was marked for translation, or is somebody's own words."""

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from reviews.core.citing.records import Record
from reviews.core.judging.rule import Rule
from reviews.core.judging.rule_words import spoken_rule
from reviews.models import Instrument, Report, Review, SecondLook, Source
from tests.doors import DOORS
from tests.factories import NOON
from tests.pseudo import CLOSES, LEFT_TO_RIGHT, OPENS, spoken
from tests.world import World, address_of, answer_of

SEEN = ("title", "aria-label", "placeholder", "alt", "data-label", "label")
"""Attributes that a person sees or hears; and every ``data-say-…``, which a script says."""
SILENT = {"script", "style", "kbd", "code"}
"""kbd: the keys themselves. code: a secret to be typed into an app."""
LETTERS = re.compile(r"[^\W\d_]{2,}")
LONG = 16

NAMES = {
    "Assay": "the name of the program",
    "UTC": "the name of a time zone",
    "ORCID": "a name",
    "CSL": "a name",
}


TYPED = "Zwölf Boxkämpfer"
"""What a person types in these tests."""


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


def unmarked(page: str, *, own_words: frozenset[str]) -> list[str]:
    """Return what a page says that was neither marked for translation nor said by somebody."""
    long_texts = [words for words in own_words if len(words) >= LONG]
    return [
        words
        for words in dict.fromkeys(Page(page).unmarked)
        if not (len(words) >= LONG and any(words in text for text in long_texts))
        and LETTERS.search(_without(words, own_words))
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
            words |= {str(row)}
            for field in model._meta.concrete_fields:
                if not field.choices:
                    words.update(words_of(getattr(row, field.attname)))
            if canonical := getattr(row, "canonical", ""):
                words.update(words_of(json.loads(canonical)))
    for instrument in Instrument.objects.all():
        words.update(_of_instrument(instrument))
    for report in Report.objects.all():
        # What the engine says of its rule, as what it says of a panel, is part of the report, in the desk's language.
        parts = spoken_rule(Rule.from_plain(report.body["rule"]), scale=report.round.scale.value)
        words.update(text for part in parts for text in words_of(list(part)))
    for source in Source.objects.all():
        record = Record.from_csl(source.record.as_csl())
        words |= {record.formatted(), record.short()}
    words.update(zone.replace("_", " ") for zone in available_timezones())
    return frozenset(words - {""})


def _of_instrument(instrument: Instrument) -> Iterator[str]:
    form = instrument.form
    yield from (instrument.title, " ".join(form.introduction.split()))
    for item in form.items:
        yield from (item.section, " ".join(item.guidance.split()), item.wording, f"{item.number}. {item.wording}")
        for option in item.options:
            yield from (option.title, f"{option.code} · {option.title}")


@pytest.fixture
def world(db) -> World:
    world = World()
    world.peers_at_work()
    return world


def shown(client: Client, address: str, method: str = "get", said: dict[str, str] | None = None) -> str:
    """Return the page at an address, whatever its status; of what is no page, nothing."""
    response = answer_of(client, method, address, said)
    is_page = response.get("Content-Type", "").startswith("text/html")
    return response.content.decode() if is_page else ""


def doors_of_readers() -> list[str]:
    """Return the names of all addresses but the desk's."""
    return [name for name in DOORS if not name.startswith("admin:")]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["anonymous", "assigned"])
def test_every_page_of_readers_and_reviewers_is_marked_for_translation(world, who, method):
    own_words = stored_words()

    with spoken(LEFT_TO_RIGHT):
        found = {
            name: unmarked(shown(world.client(who), address_of(name, world), method), own_words=own_words)
            for name in doors_of_readers()
        }

    assert {name: words for name, words in found.items() if words} == {}


def pages_of_a_closed_round(world: World) -> Iterator[tuple[str, str]]:
    """Yield the pages of somebody whose round is closed: what came of it, a second look, a minority statement."""
    review = Review.objects.filter(assignment__round=world.closed).first()
    claim = world.closed.claims.first()
    review.statements.create(claim=claim, text="I saw it otherwise.", stated_at=NOON)
    SecondLook.objects.create(claim=claim, asked_by=world.editor, asked_at=NOON)
    client = signed_in(review)
    for name in ("review", "claim", "outcome", "second-look", "statement", "claim-history", "omissions", "queue"):
        parts = {"claim": [review.key, 1], "statement": [review.key, 1], "claim-history": [review.key, 1], "queue": []}
        address = reverse(f"reviews:{name}", args=parts.get(name, [review.key]))
        yield name, shown(client, address)
        yield f"{name}, posted", shown(client, address, "post", {"number": "1", "text": f"{TYPED} " * 200})


def signed_in(review: Review) -> Client:
    client = Client()
    client.force_login(review.assignment.reviewer, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def saves_of(world: World) -> Iterator[tuple[str, str]]:
    """Yield what a save is answered: saved, met by another tab's, refused, too late."""
    client, review = world.client("assigned"), world.review
    claim = reverse("reviews:claim", args=[review.key, 1])
    saved = {"mark-version": "1", "mark-ruling": "level:misleading", "mark-certainty_start": "randomised"}
    yield "saved", client.post(claim, saved, headers={"HX-Request": "true"}).content.decode()
    yield "met", shown(client, claim, "post", {"mark-version": "1", "mark-rationale": TYPED})
    yield "refused", shown(client, claim, "post", {"mark-version": "2", "mark-ruling": "level:none"})
    yield (
        "number",
        shown(client, reverse("reviews:add-source", args=[review.key, 1]), "post", {"own-identifier": TYPED}),
    )
    yield "quote", shown(client, reverse("reviews:propose", args=[review.key]), "post", {"proposal-quote": TYPED})
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
    yield "too late", shown(client, claim, "post", {"mark-version": "2", "mark-rationale": TYPED})
    for name in ("review", "omissions", "messages", "propose"):
        yield f"locked {name}", shown(client, reverse(f"reviews:{name}", args=[review.key]))
    yield "queue", shown(client, reverse("reviews:queue"))


def pages_of_errors(world: World) -> Iterator[tuple[str, str]]:
    for name in ("400", "403", "403_csrf", "404", "500"):
        yield name, render_to_string(f"{name}.html")


@pytest.mark.parametrize("pages", [pages_of_a_closed_round, saves_of, pages_of_errors])
def test_every_state_of_these_pages_is_marked_for_translation(world, pages):
    with spoken(LEFT_TO_RIGHT):
        seen = list(pages(world))
    own_words = stored_words() | {TYPED}

    found = {name: unmarked(page, own_words=own_words) for name, page in seen}

    assert {name: words for name, words in found.items() if words} == {}


def test_a_sentence_that_is_not_marked_is_found():
    page = '<p>⟦Marked ẋẋ⟧ Nobody marked this</p><input placeholder="Nor this"><p>⟦A <b>bold</b> ẋ⟧</p>'

    assert unmarked(page, own_words=frozenset()) == ["Nobody marked this", "Nor this"]


def test_whatever_is_asked_of_a_catalogue_is_found_by_makemessages(world, tmp_path, settings):
    if not shutil.which("xgettext"):
        pytest.skip("gettext's tools are not installed")
    (tmp_path / "xx").mkdir()
    settings.LOCALE_PATHS = [str(tmp_path)]
    call_command("makemessages", locale=["xx"], ignore_patterns=["tests/*"], verbosity=0)
    found = sentences_of((tmp_path / "xx" / "LC_MESSAGES" / "django.po").read_text())

    with spoken(LEFT_TO_RIGHT) as language:
        for name in doors_of_readers():
            for method in ("get", "post"):
                shown(world.client("assigned"), address_of(name, world), method)
        for pages in (pages_of_a_closed_round, saves_of, pages_of_errors):
            list(pages(world))

    assert language.asked - found - sentences_of_others() == set()


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
