"""Requests from a table."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reviews.models import Assignment
from tests.factories import ArticleFactory, AssignmentFactory, RevisionFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
SHEET, TEMPLATE, ASK = (
    reverse(f"admin:{name}") for name in ("assignments-sheet", "assignments-template", "rounds-ask")
)


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def round_on(title, **fields):
    revision = RevisionFactory(article=ArticleFactory(title=title))
    return RoundFactory(revision=revision, opened_on=day(-60), due_on=day(30), **fields)


def told(page):
    return page.context["bad"]


def test_a_table_is_shown_first_and_then_done_as_a_whole(desk, editor):
    tea, lenses = round_on("Tea"), round_on("Lenses")
    ada = UserFactory(name="Ada Nox")
    bo = UserFactory(name="Bo Lux")
    bo.emailaddress_set.create(email="bo@further.example", verified=True)
    table = (
        "article;round;reviewer;due\r\n"
        f"Tea;;{ada.email.upper()};{day(9).isoformat()}\r\n"
        f";{lenses.pk};bo@further.example;\r\n"
        f"lenses;{lenses.pk};new@example.net;{day(8):%d.%m.%Y}\r\n"
        "Tea;;;\r\n"
    )

    page = desk.post(SHEET, {"file": SimpleUploadedFile("requests.csv", table.encode("utf-16"))})
    not_yet = Assignment.objects.count()
    desk.post(ASK, {"seen": re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]})

    assert "One line of the table names no reviewer" in page.content.decode()
    assert not_yet == 0
    assert sorted(Assignment.objects.values_list("round", "reviewer", "invited_email", "due_on"), key=str) == sorted(
        [
            (tea.pk, ada.pk, "", day(9)),
            (lenses.pk, bo.pk, "", day(30)),
            (lenses.pk, None, "new@example.net", day(8)),
        ],
        key=str,
    )


def test_every_bad_line_is_named_and_nobody_is_asked(desk, editor):
    tea, hidden = round_on("Tea"), round_on("Hidden")
    round_on("Twice")
    round_on("Twice")
    closed = round_on("Closed", closed_at=timezone.now(), closing="editor")
    asked = AssignmentFactory(round=tea).reviewer
    AssignmentFactory(round=hidden, reviewer=editor)
    lines = [
        f"{tea.pk},,ok@example.org,",
        f"{tea.pk},,nobody,",
        f"{tea.pk},,{asked.email},",
        f"{tea.pk},Lenses,b@example.org,",
        f"{hidden.pk},,b@example.org,",
        f"{closed.pk},,b@example.org,",
        ",Twice,b@example.org,",
        ",Never heard of,b@example.org,",
        f"{tea.pk},,OK@example.org,",
        f"{tea.pk},,late@example.org,{day(31).isoformat()}",
        f"{'9' * 30},,b@example.org,",
        f"{tea.pk},,{'x' * 300}@example.org,",
    ]
    table = "\n".join(["round,article,reviewer,due", *lines])

    page = desk.post(SHEET, {"text": table})

    assert [(number, re.split("[:.] |[:.]$", words)[0]) for number, words in told(page)] == [
        (3, "“nobody” is not an e-mail address"),
        (4, "This person is asked to review this round already"),
        (5, f"Round {tea.pk} is not on “Lenses”"),
        (6, f"There is no open round with the number “{hidden.pk}” on your desk"),
        (7, f"There is no open round with the number “{closed.pk}” on your desk"),
        (8, "2 open rounds are on “Twice”"),
        (9, "There is no open round on “Never heard of” on your desk"),
        (10, "It says the same as line 2"),
        (11, "The round itself is due before that day"),
        (12, f"There is no open round with the number “{'9' * 30}” on your desk"),
        (13, "An e-mail address has at most 254 characters"),
    ]
    assert page.context["form"]["text"].value() == table
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Paste a table, or choose a file."),
        ({"text": "round,reviewer\n1,"}, "No line names a reviewer."),
        ({"text": "whatever"}, "The first line has to name the columns"),
        ({"file": SimpleUploadedFile("large.csv", b"x" * 200_001)}, "at most 500 lines and 200 KB"),
        ({"file": SimpleUploadedFile("empty.csv", b"")}, "The first line has to name the columns"),
        ({"text": "x", "file": SimpleUploadedFile("both.csv", b"x")}, "keep one of them"),
    ],
)
def test_what_is_no_table_says_so(desk, said, sentence):
    for file in said.values():
        if not isinstance(file, str):
            file.seek(0)

    assert sentence in desk.post(SHEET, said).content.decode()


def test_one_goes_back_to_the_table_as_it_was(desk):
    page = desk.post(SHEET, {"text": "round,reviewer\n1,a@b.org", "back": "1"})

    assert page.context["form"]["text"].value() == "round,reviewer\n1,a@b.org"
    assert page.context["bad"] == []


def test_the_template_holds_the_open_rounds_of_the_desk(desk, editor):
    tea, hidden = round_on("=Tea"), round_on("Hidden")
    round_on("Closed", closed_at=timezone.now(), closing="editor")
    AssignmentFactory(round=hidden, reviewer=editor)

    answer = desk.get(TEMPLATE)

    assert answer.content.decode() == f"\ufeffround,article,reviewer,due\r\n{tea.pk},'=Tea,,{day(30).isoformat()}\r\n"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_a_table_of_thirty_lines_costs_as_many_queries_as_of_one(desk, django_assert_max_num_queries):
    round = round_on("Tea")
    head = "round,reviewer\n"
    with django_assert_max_num_queries(30) as with_one:
        desk.post(SHEET, {"text": f"{head}{round.pk},{UserFactory().email}"})
    many = "\n".join(f"{round.pk},{UserFactory().email}" for _ in range(30))

    with django_assert_max_num_queries(len(with_one)):
        page = desk.post(SHEET, {"text": head + many})

    assert page.context["requests"] == 30
