"""The portal's own settings, with what a test must not share with a running portal."""

import os

os.environ.setdefault("SECRET_KEY", "for the tests only, and for nothing else, never")
os.environ.setdefault("BASE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
os.environ.setdefault("EMAIL_URL", "memory://")
os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ.setdefault("DATABASE_URL", "postgresql:///assay")
os.environ["ASSAY_LOCAL"] = "1"
os.environ["DEBUG"] = "0"

from portal.settings import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "answers")
}
WHITENOISE_AUTOREFRESH = True
LOOKUP_CONTACT = "desk@example.org"
LOOKUP_SERVICES = dict.fromkeys(LOOKUP_SERVICES, "http://127.0.0.1:9")  # noqa: F405 - nobody at home: no test asks a real one
