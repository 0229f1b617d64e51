"""The rules of the database as a whole."""

from datetime import timedelta
from pathlib import Path

import pghistory
import pgtrigger
from django.apps import apps
from django.db import connection

from reviews.models import Article
from reviews.models.event import Act
from tests.conftest import NEVER_EMPTIED
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

    trail = list(article.events.order_by("pgh_id").values_list("pgh_label", "publisher"))
    assert trail == [("insert", "The Daily Herb"), ("update", "The Weekly Herb")]


def test_a_line_of_the_trail_never_changes(protected):
    article = ArticleFactory()

    with protected("append_only"):
        article.events.update(publisher="Nobody")


def test_no_table_of_the_trail_can_be_emptied(protected):
    models = [model for model, trigger in pgtrigger.registered() if trigger.name == NEVER_EMPTIED]
    trails = [model for model in apps.get_app_config("reviews").get_models() if model.__name__.endswith("Event")]

    assert set(models) == {*trails, Act}
    for model, trigger in pgtrigger.registered():
        if trigger.name == NEVER_EMPTIED:
            trigger.enable(model)
            with protected("never_emptied"), connection.cursor() as cursor:
                cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')


def test_who_acted_stays_on_record(protected):
    with pghistory.context(user=1):
        ArticleFactory()
    act = Act.objects.get()

    with protected("acts_stay"):
        act.delete()
    Act.objects.update(metadata={"user": 1, "url": "/desk/"})

    with pgtrigger.ignore("reviews.Act:past_acts_stay_as_they_were"):
        Act.objects.update(created_at=act.created_at - timedelta(days=2))
    with protected("past_acts_stay_as_they_were"):
        Act.objects.update(metadata={"user": 2})
