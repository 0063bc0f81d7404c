"""The WSGI entry for gunicorn; production settings unless the environment names others."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
import_string("portal.operating.checks.refuse_wrong_keys")()  # before the first page, not by a page that cannot be read
import_string("portal.operating.checks.refuse_open_lock")()
connections.close_all()  # this thread answers nobody
