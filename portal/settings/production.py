"""Production: everything secret comes from the environment, and a missing key stops the start."""

from portal.settings.base import *  # noqa: F403  the base is the settings; this file only completes it
from portal.settings.environment import env, required

SECRET_KEY = required("SECRET_KEY", "Django 会话与签名密钥，至少 50 个随机字符")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", "允许访问的域名，以逗号分隔").split(",")]
required("DATABASE_URL", "数据库地址，如 postgres://用户:口令@主机/库名")

# KEY_ID:HEX,KEY_ID:HEX — the first one encrypts, the others still decrypt (key rotation).
_keys = required("FIELD_ENCRYPTION_KEYS", "敏感字段加密密钥，形如 k1:64位十六进制")
_pairs = [pair.split(":", 1) for pair in _keys.split(",")]
FIELD_ENCRYPTION_KEYS = {key_id.strip(): key.strip() for key_id, key in _pairs}
FIELD_ENCRYPTION_KEY_ID = _pairs[0][0].strip()
BLIND_INDEX_KEY = required("BLIND_INDEX_KEY", "身份证号等精确查找所用的密钥，64位十六进制")
# The first seals what is handed in, the others still prove it: who changes BLIND_INDEX_KEY keeps the old one here.
SEAL_KEYS = [key.strip() for key in env.list("SEAL_KEYS", default=[BLIND_INDEX_KEY])]

# `manage.py db_worker`, on this machine or another, does the jobs.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
