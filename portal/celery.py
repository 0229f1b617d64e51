"""The queue. It carries nudges; the rows in the database are the work."""

import os

from celery import Celery
from celery.signals import worker_process_init

from portal.garbage import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def freeze_startup(**_: object) -> None:
    """Keep the collector off what the process was started with.

    Django and its models are some 400,000 objects that live as long as the process; walking them again and again took
    a third of the time of compiling a large round.
    """
    keep_what_is_loaded()
