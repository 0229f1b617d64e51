"""The ASGI door, for a web server."""

import os

from django.core.asgi import get_asgi_application

from portal.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_asgi_application()

settle()
