#!/usr/bin/env python
"""Django's command line for the portal; a bare checkout uses the development settings."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    try:
        with whole_city(Across.COMMAND):
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if settings.configured:
            raise
        sys.exit(str(error))  # the settings say in a sentence what is missing: no trace is needed for that
