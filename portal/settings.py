"""One settings file: production by default, every difference from the environment."""

import json
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import pghistory
from csp.constants import NONE, SELF

from portal import env

django_stubs_ext.monkeypatch()  # ModelForm[Article] is a type to read, and must also run

ROOT = Path(__file__).resolve().parent.parent

# The local demo (./assay up) speaks plain http on loopback and asks no second factor; nothing else differs.
LOCAL = env.flag("ASSAY_LOCAL")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
BASE_URL = env.text("BASE_URL").rstrip("/")
DESK_NAME = env.text("DESK_NAME", "Assay")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", urlsplit(BASE_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "reviews",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reviews.gateways.request.PlainRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reviews.gateways.account.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "reviews.forms.drawing.DrawnForms"

DATABASES = {"default": env.database(env.text("DATABASE_URL"), pool_size=env.number("DATABASE_POOL_SIZE", default=0))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One desk speaks one language. English is shipped; docs/operators.md says how to add another.
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en-gb")
FORMAT_MODULE_PATH = "portal.formats"
LOCALE_PATHS = [env.text("LOCALE_PATH", str(ROOT / "locale"))]
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(ROOT / "staticfiles"))
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What people paste or upload is bounded once here and once, in words, by the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# People

AUTH_USER_MODEL = "reviews.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reviews:queue"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "reviews.gateways.account.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "reviews.forms.account.NameForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Assay"
STAFF_NEED_SECOND_FACTOR = not LOCAL

# Mail

_mail = env.mail(env.text("EMAIL_URL"))
vars().update(_mail)
MAIL_PROVIDER, ANYMAIL = _mail["MAIL_PROVIDER"], _mail["ANYMAIL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", "Assay <desk@assay.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Queue: what Celery loses or repeats, the sweep and the rows make good

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL")
_over_redis = CELERY_BROKER_URL.startswith(("redis", "rediss"))
_redis_transport = {
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
_amqp_transport = {"confirm_publish": True}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A dead broker must not stall a page: the sweep publishes again what a page could not.
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    **(_redis_transport if _over_redis else {}),
    **(_amqp_transport if CELERY_BROKER_URL.startswith("amqp") else {}),
    **json.loads(env.text("CELERY_BROKER_TRANSPORT_OPTIONS", "{}")),
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
# A name of our own: a broker may be shared, and another program's "celery" may be of another type.
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "assay")
CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum" if CELERY_BROKER_URL.startswith("amqp") else "classic"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# What beat asks for while no worker listens is thrown away: one sweep makes up for all that were missed.
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "reviews.sweep",
        "schedule": env.number("SWEEP_SECONDS", default=5),
        "options": {"expires": 30},
    },
    "keep_dates": {"task": "reviews.keep_dates", "schedule": 300, "options": {"expires": 300}},
    "owe_due_checks": {"task": "reviews.owe_due_checks", "schedule": 120, "options": {"expires": 120}},
}

if not LOCAL:  # of the demo nothing leaves the machine unless a person asks for it
    CELERY_BEAT_SCHEDULE["owe_due_lookups"] = {
        "task": "reviews.owe_due_lookups",
        "schedule": 3600,
        "options": {"expires": 3600},
    }

# Look-ups of sources. Addresses are fixed here, for nobody else to choose; the contact is what their hosts ask for.

LOOKUP_CONTACT = env.text("LOOKUP_CONTACT", parseaddr(DEFAULT_FROM_EMAIL)[1])
LOOKUP_SERVICES = {
    "crossref": "https://api.crossref.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "europepmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "openalex": "https://api.openalex.org",
}

# allauth's rate limits must count in one place, however many web processes there are. What services answered lies
# apart: a full cache makes room by the order of its keys, and no look-up may make room by forgetting a limit.

_cache = {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}
CACHES = {
    "default": {**_cache, "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "answers": {**_cache, "LOCATION": "answers", "OPTIONS": {"MAX_ENTRIES": 2_000}},
}

# Safety

_secure = not LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _secure
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # allauth draws the second factor's QR code as a data URL
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO" if DEBUG else "WARNING")},
}

# The audit trail: one event table per model, filled by triggers, that nothing may change.

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
