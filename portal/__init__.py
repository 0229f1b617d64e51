"""The Django project: settings, doors, and the local stack."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
