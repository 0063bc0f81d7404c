"""Production: everything secret comes from the environment, and a missing key stops the start."""

from portal.settings.base import *  # noqa: F403  the base is the settings; this file only completes it
from portal.settings.environment import env, required, required_key, required_keys, required_named_keys

SECRET_KEY = required("SECRET_KEY", "Django 会话与签名密钥，至少 50 个随机字符")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", "允许访问的域名，以逗号分隔").split(",")]
required("DATABASE_URL", "数据库地址，如 postgres://用户:口令@主机/库名")
# The roles carry their time-outs (deploy/postgresql.sql): a migration may take longer than a page, and a pool of
# connections passes no options on. `check --deploy --database default` tells where they are missing.
DATABASES["default"].get("OPTIONS", {}).pop("options", None)
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["connect_timeout"] = 5

# KEY_ID:HEX,KEY_ID:HEX — the first one encrypts, the others still decrypt (key rotation).
FIELD_ENCRYPTION_KEYS = required_named_keys("FIELD_ENCRYPTION_KEYS", "敏感字段加密密钥，形如 k1:64位十六进制")
FIELD_ENCRYPTION_KEY_ID = next(iter(FIELD_ENCRYPTION_KEYS))
BLIND_INDEX_KEY = required_key("BLIND_INDEX_KEY", "身份证号等精确查找所用的密钥，只有一个")
# The first seals what is handed in, the others still prove it. It is named and not borrowed: who changed
# BLIND_INDEX_KEY while it stood in for this one broke every seal.
SEAL_KEYS = required_keys("SEAL_KEYS", "报送封存所用的密钥；以前没有设置过的，先填 BLIND_INDEX_KEY 当时的值")


LOGGING["handlers"]["stderr"]["formatter"] = env.str("LOG_FORMAT", default="json")  # or `line`, to be read

# `manage.py db_worker`, on this machine or another, does the jobs.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What nothing carries is offered to nobody: e-mail where a server is named, the others where the city has a gateway.
MESSAGE_CHANNELS = {"email": "portal.messaging.channels.EmailChannel"} if env.str("EMAIL_URL", default="") else {}
if MESSAGE_GATEWAY_URL:
    required("MESSAGE_GATEWAY_SECRET", "消息网关的签名密钥")
    MESSAGE_CHANNELS |= dict.fromkeys(("sms", "wecom"), "portal.messaging.channels.GatewayChannel")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]  # asked on this machine, past the proxy
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
MESSAGE_COOKIE_NAME = "__Host-messages"
LAST_PERSON_COOKIE_NAME = "__Host-last_person"
