"""A reviewer looks at a claim again."""

import re

import pytest
from django.urls import reverse

from reviews.jobs.report import compile_report
from reviews.models import Round, SecondMark
from reviews.services.second_look import ask_second_look
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def round():
    round = RoundFactory()
    for number, marks in enumerate((["accurate", "misleading"], ["inaccurate", "misleading"])):
        ReviewFactory(
            assignment__round=round,
            assignment__reviewer__name=f"Panel Member{number}",
            marks=marks,
            marks__rationale=f"Reason-of-{number}",
            submitted=True,
        )
    late = ReviewFactory(assignment__round=round, marks=["accurate"], marks__rationale="Reason-of-nobody")
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    type(late.assignment).objects.filter(pk=late.assignment.pk).update(released_at=NOON)
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


@pytest.fixture
def review(round):
    return round.assignments.order_by("pk").first().review


@pytest.fixture
def page(review):
    return reverse("reviews:second-look", args=[review.key])


def ask(round):
    return ask_second_look(round.claims.get(number=1), by=EditorFactory(), at=NOON)


def test_who_is_asked_reads_the_others_reasons_without_names_or_levels(client_of, round, review, page):
    client = client_of(review.assignment.reviewer)
    before = client.get(page).status_code
    ask(round)

    shown = client.get(page).content.decode()
    queue = client.get(reverse("reviews:queue")).content.decode()

    others = shown.split('aria-label="What the others wrote"')[1].split("</section>")[0]
    assert before == 404
    assert "Reason-of-1" in others
    assert "Reason-of-0" not in others
    assert "naccurate" not in others
    assert "Panel Member1" not in shown
    assert "Reason-of-nobody" not in shown
    assert 'id="claim-2"' not in shown
    assert "look at 1 claim again" in queue
    assert "Nothing waits for you" not in queue


def test_a_second_mark_is_given_once_and_both_are_kept(client_of, round, review, page):
    ask(round)
    client = client_of(review.assignment.reviewer)
    said = {"number": "1", "claim-1-ruling": "level:inaccurate", "claim-1-confidence": ""}

    refused = client.post(page, {**said, "claim-1-rationale": ""}).content.decode()
    client.post(page, {**said, "claim-1-rationale": "They convinced me."})
    client.post(page, {**said, "claim-1-rationale": "Twice."})

    mark = SecondMark.objects.get()
    assert "level:inaccurate" in refused
    assert (mark.level.name, mark.rationale) == ("inaccurate", "They convinced me.")
    assert review.marks.get(claim__number=1).level.name == "accurate"
    assert "They convinced me." in client.get(page).content.decode()
    assert "look at 1 claim again" not in client.get(reverse("reviews:queue")).content.decode()


def test_a_peers_second_mark_changes_nothing_on_the_page_before_the_end(client_of, round, review, page):
    look = ask(round)
    client = client_of(review.assignment.reviewer)
    peer = round.assignments.order_by("pk")[1].review
    pages = [page, reverse("reviews:outcome", args=[review.key]), reverse("reviews:queue")]
    before = [text_of(client, address) for address in pages]

    look.marks.create(review=peer, level=round.scale.levels.get(name="accurate"), rationale="Canary", marked_at=NOON)

    assert [text_of(client, address) for address in pages] == before


def text_of(client, address):
    return TOKENS.sub("", client.get(address).content.decode())


@pytest.mark.parametrize("who", ["late", "aside", "stranger"])
def test_nobody_else_has_such_a_page(client_of, round, review, who):
    ask(round)
    aside = round.assignments.order_by("pk")[1]
    aside.set_aside_at, aside.set_aside_reason = NOON, "A friend."
    aside.save()
    late = round.assignments.order_by("pk")[2]
    asked = {"late": late.review, "aside": aside.review, "stranger": review}[who]
    person = UserFactory() if who == "stranger" else asked.assignment.reviewer

    answer = client_of(person).get(reverse("reviews:second-look", args=[asked.key]))

    assert answer.status_code == 404
