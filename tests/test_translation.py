"""Whatever anybody sees on a page was marked for translation, or is somebody's own words."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from reviews.models import Review, SecondLook
from tests.doors import DOORS
from tests.factories import NOON
from tests.pseudo import LEFT_TO_RIGHT, spoken
from tests.unmarked import found_by_makemessages, sentences_of_others, stored_words, unmarked
from tests.world import World, address_of, answer_of

TYPED = "Zwölf Boxkämpfer"
"""What a person types in these tests."""


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


NOBODYS = re.compile(r"DOI 10\.5555/listed")
"""What is nobody's sentence: a reference as it came in."""


def doors_of_the_desk() -> list[str]:
    return [name for name in DOORS if name.startswith("admin:")]


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


@pytest.mark.parametrize(("who", "method"), [("superuser", "get"), ("editor", "post")])
def test_every_page_of_the_desk_is_marked_for_translation_and_makemessages_finds_its_sentences(
    world, who, method, tmp_path
):
    own_words, client = stored_words(), world.client(who)

    with spoken(LEFT_TO_RIGHT) as language:
        found = {
            name: unmarked(shown(client, address_of(name, world), method), own_words=own_words)
            for name in doors_of_the_desk()
        }

    said = {name: [words for words in each if not NOBODYS.search(words)] for name, each in found.items()}
    assert {name: words for name, words in said.items() if words} == {}
    assert language.asked - found_by_makemessages(tmp_path) - sentences_of_others() == set()


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


def test_whatever_is_asked_of_a_catalogue_is_found_by_makemessages(world, tmp_path):
    found = found_by_makemessages(tmp_path)

    with spoken(LEFT_TO_RIGHT) as language:
        for name in doors_of_readers():
            for method in ("get", "post"):
                shown(world.client("assigned"), address_of(name, world), method)
        for pages in (pages_of_a_closed_round, saves_of, pages_of_errors):
            list(pages(world))

    assert language.asked - found - sentences_of_others() == set()
