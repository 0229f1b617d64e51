"""A view that somebody saved, and what its row may say."""

import pytest

from reviews.models import SavedView
from tests.factories import NOON, EditorFactory


@pytest.fixture
def view(db):
    return SavedView.objects.create(
        owner=EditorFactory(), room="article", name="Mine", query="stage=panel", saved_at=NOON
    )


def test_a_name_is_given_once_to_a_view_of_a_list(view, refused):
    view.pk, view.name = None, "MINE"

    with refused("one_view_per_name_list_and_owner"):
        view.save()


@pytest.mark.parametrize("lack", ["name", "query"])
def test_a_view_has_a_name_and_a_query(view, refused, lack):
    with refused("a_view_has_a_name_and_a_query"):
        SavedView.objects.update(**{lack: ""})
