"""A bare checkout: SQLite, debug pages, keys made on first use and kept in var/."""

import json
import secrets

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403  the base is the settings; this file only loosens it
from portal.settings.environment import VAR_DIR, env

if "sqlite3" not in DATABASES["default"]["ENGINE"] and not env.bool("ALLOW_DEVELOPMENT_SETTINGS", default=False):
    _message = (
        "DATABASE_URL 指向的不是 SQLite，却没有指定配置：现在用的是开发配置，"
        "其密钥只属于本机，用它写入的数据别处打不开。"
        "正式运行请设置 DJANGO_SETTINGS_MODULE=portal.settings.production；"
        "确实要用开发配置时，请设置 ALLOW_DEVELOPMENT_SETTINGS=1。"
    )
    raise ImproperlyConfigured(_message)


def _development_keys() -> dict[str, str]:
    """Secret and encryption keys of this checkout, made and written on first use."""
    path = VAR_DIR / "dev-keys.json"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        keys = {"secret": secrets.token_urlsafe(50)} | {name: secrets.token_hex(32) for name in ("encryption", "index")}
        try:
            with path.open("x") as file:
                json.dump(keys, file)
            path.chmod(0o600)
        except FileExistsError:
            pass  # another process of this checkout was quicker; its keys are the ones to use
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


_keys = _development_keys()

DEBUG = env.bool("DEBUG", default=True)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
SECRET_KEY = env.str("SECRET_KEY", default=_keys["secret"])
FIELD_ENCRYPTION_KEYS = {"dev": _keys["encryption"]}
FIELD_ENCRYPTION_KEY_ID = "dev"
BLIND_INDEX_KEY = _keys["index"]
SEAL_KEYS = [BLIND_INDEX_KEY]

ROOT_URLCONF = "reports.development.urls"
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=0)
ACCOUNT_UNUSED_DAYS = env.int("ACCOUNT_UNUSED_DAYS", default=0)
NAMED_ACCOUNTS = "reports.demo.accounts.demo_accounts"
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=12 * 3600)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
