"""Views that somebody saved: kept, shared, renamed, deleted."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import SavedView
from tests.factories import NOON, ArticleFactory, EditorFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:reviews_article_changelist")
SAVE = reverse("admin:saved-view-save")
ALL = reverse("admin:saved-views")
NEW = {"room": "article", "query": "stage=panel&p=3", "name": "Before the panel"}


def saved(owner, **fields):
    return SavedView.objects.create(
        **{"owner": owner, "room": "article", "name": "Mine", "query": "stage=panel", "saved_at": NOON, **fields}
    )


def other_desk():
    client = Client()
    client.force_login(EditorFactory())
    return client


def test_a_filtered_list_is_kept_and_found_above_the_list(desk):
    ArticleFactory()
    offered = desk.get(LIST, {"stage": "panel"}).content.decode()
    form = desk.get(SAVE, {"room": "article", "query": "stage=panel"}).content.decode()

    answer = desk.post(SAVE, NEW, follow=True)

    assert f"{SAVE}?room=article&amp;query=stage%3Dpanel" in offered
    assert 'value="stage=panel"' in form
    assert (SavedView.objects.get().query, answer.status_code) == ("stage=panel", 200)
    assert '<a href="?stage=panel" aria-current="true">Before the panel</a>' in answer.content.decode()


def test_a_view_is_for_its_owner_until_it_is_shared(desk, editor):
    view = saved(editor, name="Only mine")
    before = other_desk().get(LIST).content.decode()
    desk.post(reverse("admin:saved-view", args=[view.pk]), {"name": "Of us all", "is_shared": "on"})

    after = other_desk().get(LIST).content.decode()

    assert "Only mine" not in before
    assert "Of us all" in after


def test_only_its_owner_changes_a_view(editor):
    view = saved(editor, is_shared=True)
    other = other_desk()

    for name in ("saved-view", "saved-view-delete"):
        assert other.post(reverse(f"admin:{name}", args=[view.pk]), {"name": "Taken"}).status_code == 404
    assert SavedView.objects.get().name == "Mine"


def test_deleting_a_view_is_asked_first(desk, editor):
    address = reverse("admin:saved-view-delete", args=[saved(editor).pk])

    asked = desk.get(address).content.decode()
    there = SavedView.objects.count()
    desk.post(address)

    assert "Delete the view" in asked
    assert (there, SavedView.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "MINE"}, "You have a view of this name on this list already."),
        ({"query": ""}, "a view of everything is the list itself"),
        ({"query": "q=" + "x" * 2000}, "too long to be kept"),
        ({"room": "user"}, "user"),
    ],
)
def test_what_cannot_be_kept_says_why_and_loses_nothing(desk, editor, wrong, words):
    saved(editor)

    answer = desk.post(SAVE, {**NEW, **wrong})

    assert words in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_the_same_name_may_be_another_persons_or_on_another_list(desk, editor):
    saved(EditorFactory())
    saved(editor, room="claim")

    desk.post(SAVE, {**NEW, "name": "Mine"})

    assert SavedView.objects.count() == 3


def test_a_view_with_nonsense_leads_to_a_list_all_the_same(desk, editor):
    view = saved(editor, query="stage=%00&due__year=9999999999&o=x")

    assert desk.get(f"{LIST}?{view.query}", follow=True).status_code == 200


def test_a_list_asks_as_much_for_one_view_as_for_thirty(desk, editor):
    def queries():
        with CaptureQueriesContext(connection) as ran:
            desk.get(LIST)
            desk.get(ALL)
        return len(ran)

    saved(editor)
    one = queries()
    for number in range(30):
        saved(EditorFactory(), name=f"Shared {number}", is_shared=True)

    assert queries() == one


def test_without_a_view_the_page_says_how_to_keep_one(desk):
    assert "No view is saved" in desk.get(ALL).content.decode()
