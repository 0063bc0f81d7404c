"""Of a worker that a test starts: the database of the test, the queue of production, the kinds of the tests."""

from portal.settings.environment import env
from portal.settings.test import *  # noqa: F403  the tests' settings with another queue

DATABASES["default"]["NAME"] = env.str("WORKER_DATABASE")  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_KINDS = ["tests.portal.job_kinds.KINDS"]
