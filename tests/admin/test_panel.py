"""Panels for several rounds together."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Assignment
from tests.factories import AssignmentFactory, EditorFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
PANELS, ASK, ROUNDS = (reverse(f"admin:{name}") for name in ("rounds-panels", "rounds-ask", "reviews_round_changelist"))


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def round_due(offset=30, **fields):
    return RoundFactory(opened_on=day(-60), due_on=day(offset), **fields)


def choice(round, *people, due=9):
    return {f"{round.pk}-people": [person.pk for person in people], f"{round.pk}-due_on": day(due).isoformat()}


def seen_in(page):
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]


def hidden_in(page):
    """What the way back sends."""
    return {
        name: page.content.decode().count(f'name="{name}"') for name in {name for name, _ in page.context["back"].said}
    }


def test_rounds_are_chosen_in_their_list_and_get_their_panels_together(desk):
    people = [UserFactory() for _ in range(4)]
    rounds = [round_due(9), round_due(8)]

    chosen = desk.post(
        ROUNDS, {"action": "propose_panels", "_selected_action": [one.pk for one in rounds]}, follow=True
    )

    assert [one.round for one in chosen.context["choices"]] == rounds[::-1]
    proposed = [row.person for one in chosen.context["choices"] for row, is_ticked in one.rows if is_ticked]
    assert sorted(person.pk for person in proposed) == [person.pk for person in people]


def test_who_gets_what_is_shown_before_anything_happens_and_then_done_with_one_word(desk, editor):
    ada, bo, rounds = UserFactory(name="Ada Nox"), UserFactory(name="Bo Lux"), [round_due(), round_due()]
    form = {"rounds": [one.pk for one in rounds], **choice(rounds[0], ada, bo), **choice(rounds[1], ada, due=12)}

    page = desk.post(PANELS, form)
    not_yet = Assignment.objects.count()
    done = desk.post(ASK, {"seen": seen_in(page)})

    assert [(who, len(requests)) for who, requests in page.context["people"]] == [("Ada Nox", 2), ("Bo Lux", 1)]
    assert page.context["mails"] == [("at once", 3)]
    assert "4 claims" in page.content.decode()
    assert (not_yet, done.url) == (0, ROUNDS)
    assert sorted(Assignment.objects.values_list("round", "reviewer", "due_on", "assigned_by")) == sorted(
        [
            (rounds[0].pk, ada.pk, day(9), editor.pk),
            (rounds[0].pk, bo.pk, day(9), editor.pk),
            (rounds[1].pk, ada.pk, day(12), editor.pk),
        ]
    )


def test_a_stale_preview_is_refused_with_the_difference_and_can_be_confirmed_again(desk):
    person, round = UserFactory(name="Ada Nox"), round_due()
    first = desk.post(PANELS, {"rounds": [round.pk], **choice(round, person)})
    AssignmentFactory(reviewer=person, round=round_due(claims=1))

    again = desk.post(ASK, {"seen": seen_in(first)})
    not_yet = round.assignments.count()
    desk.post(ASK, {"seen": seen_in(again)})

    assert "claims in hand afterwards was “2”, is “3”" in again.content.decode()
    assert hidden_in(again) == {"rounds": 1, f"{round.pk}-people": 1, f"{round.pk}-due_on": 1}
    assert (not_yet, round.assignments.count()) == (0, 1)


def test_one_goes_back_with_the_choice_kept(desk):
    ada, bo, round = UserFactory(name="Ada"), UserFactory(name="Bo"), round_due()

    page = desk.post(PANELS, {"rounds": [round.pk], **choice(round, bo), "back": "1"})

    assert [row.person for row, is_ticked in page.context["choices"][0].rows if is_ticked] == [bo]
    assert ada in [row.person for row, _ in page.context["choices"][0].rows]


@pytest.mark.parametrize("said", [{}, {"seen": "forged"}, {"seen": ""}])
def test_what_was_never_shown_asks_nobody(desk, said):
    answer = desk.post(ASK, said, follow=True)

    assert "too old, or not yours" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_preview_is_of_the_editor_who_saw_it(desk, client):
    round = round_due()
    page = desk.post(PANELS, {"rounds": [round.pk], **choice(round, UserFactory())})
    client.force_login(EditorFactory())

    client.post(ASK, {"seen": seen_in(page)})

    assert not Assignment.objects.exists()


def test_a_round_that_is_no_longer_the_editors_asks_nobody(desk, editor):
    round = round_due()
    page = desk.post(PANELS, {"rounds": [round.pk], **choice(round, UserFactory())})
    AssignmentFactory(round=round, reviewer=editor)

    desk.post(ASK, {"seen": seen_in(page)})

    assert round.assignments.count() == 1


def test_a_round_that_the_editor_may_not_judge_or_that_is_closed_is_not_among_them(desk, editor):
    hidden, closed, open_one = round_due(), round_due(closed_at=timezone.now(), closing="editor"), round_due()
    AssignmentFactory(round=hidden, reviewer=editor)

    page = desk.get(PANELS, {"rounds": [hidden.pk, closed.pk, open_one.pk, "x"]})
    nothing = desk.get(PANELS, {"rounds": [hidden.pk]})

    assert [one.round for one in page.context["choices"]] == [open_one]
    assert nothing.url == ROUNDS


def test_nobody_ticked_and_days_that_are_over_are_said_with_everything_kept(desk):
    person, round = UserFactory(), round_due()

    nobody = desk.post(PANELS, {"rounds": [round.pk], **choice(round)})
    past = desk.post(PANELS, {"rounds": [round.pk], **choice(round, person, due=-1)})

    assert "Nobody is ticked" in nobody.content.decode()
    assert "The due date is in the past." in past.content.decode()
    assert [row.person for row, is_ticked in past.context["choices"][0].rows if is_ticked] == [person]


def test_what_cannot_be_done_has_no_button(desk):
    person, round = UserFactory(), round_due(9)

    page = desk.post(PANELS, {"rounds": [round.pk], **choice(round, person, due=20)}).content.decode()

    assert "nobody can be asked yet" in page
    assert 'name="seen"' not in page


def test_panels_of_thirty_rounds_cost_as_many_queries_as_of_one(desk, django_assert_max_num_queries):
    UserFactory()
    rounds = [round_due()]
    with django_assert_max_num_queries(20) as with_one:
        desk.get(PANELS, {"rounds": [rounds[0].pk]})
    rounds += [round_due() for _ in range(29)]

    with django_assert_max_num_queries(len(with_one)):
        page = desk.get(PANELS, {"rounds": [one.pk for one in rounds]})

    assert len(page.context["choices"]) == 30


def test_the_list_of_thirty_rounds_costs_as_many_queries_as_of_one(desk, django_assert_max_num_queries):
    round_due()
    with django_assert_max_num_queries(20) as with_one:
        desk.get(ROUNDS)
    for _ in range(29):
        round_due()

    with django_assert_max_num_queries(len(with_one)):
        page = desk.get(ROUNDS)

    assert len(page.context["cl"].result_list) == 30
