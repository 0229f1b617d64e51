"""Settings out of the environment."""

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def text(name: str, default: str | None = None) -> str:
    """Return a variable; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def number(name: str, *, default: int) -> int:
    return int(text(name, str(default)))


def names(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return Django's settings for a libpq URL: sockets, TLS modes and several hosts included."""
    options: dict[str, Any] = dict(conninfo_to_dict(url))
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": options.pop("dbname", ""),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        "OPTIONS": options,
    }
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size}
    else:
        settings |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return settings


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings for ``smtp://user:password@host:port?starttls=1``, ``smtps://``, ``console://``, or
    for a provider that django-anymail knows: ``anymail://mailgun?api_key=...&sender_domain=...``.
    """
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if parts.scheme == "anymail":
        return _provider(parts.hostname or "", query)
    backend = {"smtp": "smtp", "smtps": "smtp", "console": "console", "memory": "locmem"}.get(parts.scheme)
    if backend is None:
        raise ImproperlyConfigured("EMAIL_URL begins with smtp://, smtps://, anymail://, console:// or memory://.")
    return {
        "MAIL_PROVIDER": "",
        "ANYMAIL": {},
        "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": query.get("starttls") == "1",
    }


def _provider(name: str, options: dict[str, str]) -> dict[str, Any]:
    """Return the settings of a provider: each option under its name, except those that hold for all of them."""
    if not name.replace("_", "").isalnum():
        raise ImproperlyConfigured("EMAIL_URL names no mail provider: anymail://mailgun?api_key=...")
    shared = {"webhook_secret", "requests_timeout"}
    prefixed = {key: key if key in shared else f"{name}_{key}" for key in options}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend",
        "MAIL_PROVIDER": name,
        "ANYMAIL": {"REQUESTS_TIMEOUT": 20, **{prefixed[key].upper(): value for key, value in options.items()}},
    }
