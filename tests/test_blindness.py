"""What an assigned reviewer is answered does not depend on the others: the same bytes with and without their work."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from reviews.emails import write
from reviews.jobs.notice import send_notice
from reviews.models import Notice, RoundCitation
from tests.factories import NOON, NoticeFactory
from tests.world import World, address_of, answer_of, doors

TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+|("X-CSRFToken": ")[^"]+')


@pytest.fixture
def world(db) -> Iterator[World]:
    with time_machine.travel(NOON, tick=False):  # "Saved 12:00" is of the clock, not of the peers
        yield World()


def answers(world: World, *, who: str) -> dict[str, tuple[int, bytes, str]]:
    """Return what a person gets from every door, asked and told; nothing that is told stays."""
    heard, client = {}, world.client(who)
    for name in dict.fromkeys(doors()):
        for method, said in (("get", {}), ("post", {}), ("post", _mark())):
            response = answer_of(client, method, address_of(name, world), said)
            body = b"" if response.streaming else TOKENS.sub(rb"\1\2", response.content)
            where = response.headers.get("Location", "")
            heard[f"{method} {name} {bool(said)}"] = (response.status_code, body, where)
    return heard


def _mark() -> dict[str, str]:
    """Return a post that marks a claim, adds a source, asks a question and saves omissions, whatever door it is for."""
    return {
        "mark-version": "1",
        "mark-ruling": "level:misleading",
        "mark-rationale": "My own words.",
        "own-title": "My own source",
        "omissions-version": "0",
        "text": "My question.",
    }


@pytest.mark.parametrize("who", ["assigned", "blind_editor", "declined", "stranger"])
def test_an_answer_is_the_same_with_and_without_the_peers_work(world, who):
    without = answers(world, who=who)
    canaries = world.peers_at_work()
    with_peers = answers(world, who=who)

    assert {door for door in without if without[door] != with_peers[door]} == set()
    assert {
        door for door, (_, body, _) in with_peers.items() if any(word.encode() in body for word in canaries)
    } == set()


def test_a_doi_that_a_peer_entered_answers_like_a_new_one(world):
    client = world.client("assigned")
    address = address_of("reviews:add-source", world)
    peers = world.peers_at_work()
    known = RoundCitation.objects.exclude(added_in=world.review).exclude(added_in=None).get().source

    first = client.post(address, {"own-title": "Typed by me", "own-identifier": "10.5555/brand.new"}, follow=True)
    second = client.post(address, {"own-title": "Typed by me too", "own-identifier": known.doi}, follow=True)

    assert first.status_code == second.status_code == 200
    assert not any(word.encode() in second.content for word in peers)
    assert b"Typed by me too" in second.content


OF_AN_OPEN_ROUND = ["invited", "accepted", "due_moved", "due_soon", "overdue", "ended", "sent_back", "reply", "digest"]


@pytest.mark.parametrize("kind", OF_AN_OPEN_ROUND)
def test_no_mail_calendar_file_or_log_bears_a_word_of_the_peers(world, kind, caplog):
    request = world.review.assignment
    about = {"recipient": request.reviewer, "assignment": request, "round": world.open}
    world.review.messages.create(author=world.editor, text="To you alone.", sent_at=NOON)
    notice = NoticeFactory(kind=kind, **about)
    if kind == "digest":
        for member in OF_AN_OPEN_ROUND[:-1]:
            NoticeFactory(kind=member, state="gathered", digest=notice, **about)
    canaries = world.peers_at_work()

    with caplog.at_level("DEBUG"):
        letter = write(notice)
        headers = letter.message_to(notice).extra_headers
        send_notice(notice.pk, at=NOON)

    calendars = [calendar.decode() for calendar in letter.calendars]
    whole = "\n".join([letter.subject, letter.text, letter.html, *calendars, str(headers), caplog.text])
    assert [word for word in (*canaries, world.peer.name, world.peer.email) if word in whole] == []


def test_an_editor_who_reviews_finds_no_digest_that_tells_of_the_round(world):
    digest = NoticeFactory(kind="digest", recipient=world.peer)
    NoticeFactory(round=world.open, recipient=world.peer, state="gathered", digest=digest)
    other = NoticeFactory(kind="desk_summary", recipient=world.editor)

    known = Notice.objects.known_to(world.people["blind_editor"]).filter(pk__gte=digest.pk)
    shown = world.client("superuser").get(reverse("admin:reviews_notice_change", args=[other.pk])).content.decode()

    assert list(known) == [other]
    assert "not what you may know" in shown
