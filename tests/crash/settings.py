"""What the worker of these tests runs under: the portal's own settings, with queues of its own on a shared broker."""

import os

from portal.settings import *  # noqa: F403

CELERY_TASK_DEFAULT_QUEUE = os.environ["ASSAY_TEST_QUEUE"]
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
