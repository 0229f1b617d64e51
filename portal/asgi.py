"""The ASGI door, for a web server."""

import gc
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_asgi_application()

gc.freeze()  # what was loaded lives as long as the process: the collector need not walk it
