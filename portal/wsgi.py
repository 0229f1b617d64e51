"""The WSGI door, for a web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

gc.freeze()  # what was loaded lives as long as the process: the collector need not walk it
