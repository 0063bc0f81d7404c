"""Tests: fixed keys, quick password hashes, and the database that DATABASE_URL names (SQLite in memory otherwise)."""

from portal.settings.base import *  # noqa: F403  the base is the settings; this file only fixes the keys
from portal.settings.environment import env

SECRET_KEY = "test-" + "0123456789abcdef" * 4
FIELD_ENCRYPTION_KEYS = {"t2": "11" * 32, "t1": "22" * 32}
FIELD_ENCRYPTION_KEY_ID = "t2"
BLIND_INDEX_KEY = "33" * 32
SEAL_KEYS = ["55" * 32]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # no test sees another's
HOURLY_LIMITS = dict.fromkeys(HOURLY_LIMITS, 100_000)  # one test is many people's hour
CODES_LOOKED_AT_EVERY = None  # only after a change made here: time adds no query either
SLOW_SECONDS = 3600.0  # a busy machine adds no query to those that a test counts
WHITENOISE_AUTOREFRESH = True  # nothing is collected in a test, and the scan for it warns
if not env.str("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = ":memory:"
    # Rows that nobody put in order come in the other one than they were written in: PostgreSQL promises neither.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA reverse_unordered_selects=ON;"
elif "postgresql" in DATABASES["default"]["ENGINE"]:
    # It adds nothing to what Django's does until a test turns SECOND_LOCK on.
    DATABASES["default"]["ENGINE"] = "portal.second_lock.postgresql"
    # A cluster made under the C locale is SQL_ASCII; only template0 lets a database choose otherwise.
    DATABASES["default"]["TEST"] = {"CHARSET": "UTF8", "TEMPLATE": "template0"}
    # What a crash would lose, the next run makes again; to drop a database on a busy machine may take minutes.
    DATABASES["default"]["OPTIONS"]["options"] += (
        " -c synchronous_commit=off -c statement_timeout=300s -c idle_in_transaction_session_timeout=300s"
    )
