"""The rules of the database as a whole."""

from pathlib import Path

from django.apps import apps

from reviews.models import Article
from reviews.models.event import events_of
from tests.factories import ArticleFactory

OF_THE_TRAIL = {"insert_insert", "update_update", "delete_delete", "append_only"}


def test_every_rule_is_broken_once_by_name():
    models = [model for model in apps.get_app_config("reviews").get_models() if not model.__name__.endswith("Event")]
    constraints = {constraint.name for model in models for constraint in model._meta.constraints}
    triggers = {trigger.name for model in models for trigger in getattr(model._meta, "triggers", ())}
    written = "\n".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    written += "".join(f'"one_source_per_{name}"' for name in ("doi", "pmid", "pmcid"))

    unbroken = {name for name in constraints | triggers - OF_THE_TRAIL if f'"{name}"' not in written}

    assert unbroken == set()


def test_a_change_leaves_a_line_in_the_trail_whatever_door_it_came_through(db):
    article = ArticleFactory(publisher="The Daily Herb")

    Article.objects.filter(pk=article.pk).update(publisher="The Weekly Herb")

    trail = [(event.pgh_label, (event.pgh_diff or {}).get("publisher")) for event in events_of(article)]
    assert trail == [("update", ["The Daily Herb", "The Weekly Herb"]), ("insert", None)]


def test_a_line_of_the_trail_never_changes(protected):
    article = ArticleFactory()

    with protected("append_only"):
        article.events.update(publisher="Nobody")
