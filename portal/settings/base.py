"""Settings that hold everywhere: complete and safe by themselves, loosened only in dev.py."""

import datetime
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from portal.settings.declared import *  # noqa: F403  settings as the rest; only longer
from portal.settings.environment import BASE_DIR, VAR_DIR, env

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "portal",
    "aid",
    "employment",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "treebeard",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_prometheus",
]

# Whose X-Forwarded-For and -Proto count: addresses, networks, or `unix` for who connects by the socket file.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", default=[])

MIDDLEWARE = [
    "portal.web.proxies.TrustedProxyMiddleware",
    "portal.operating.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.operating.compressing.PageGZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.web.middleware.NoStoreMiddleware",
    "portal.api.gate.ApiGateMiddleware",
    "portal.web.middleware.MethodMiddleware",
    "portal.web.middleware.NulMiddleware",
    "portal.refusals.middleware.RefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.web.bodies.BodyMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "portal.web.middleware.DefaultDenyMiddleware",
    "portal.second_lock.middleware.SecondLockMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.web.kept_forms.KeptFormMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Prometheus reads /metrics with this token; without one the page is not there and nothing is counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN:
    MIDDLEWARE.insert(2, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")
# Errors go to this server of Sentry's kind; to nobody without one.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
# The city whose portal this is: its standards of minimum income are looked up, and its places are 本市 in lists.
HOME_CITY = env.str("HOME_CITY", default="上海市")
SLOW_SECONDS = env.float("SLOW_SECONDS", default=1.0)  # a page that takes longer is noted by its name
LEAST_FREE_DISK_BYTES = 500 * 1024**2

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "portal.web.drawing.widgets.DrawingRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
# The second lock: PostgreSQL gives out no row of another unit (decision 0021). install.sh sets it in a new portal, and
# `migrate` locks the rows where it is set.
SECOND_LOCK = env.bool("SECOND_LOCK", default=False)
if "postgresql" in DATABASES["default"]["ENGINE"]:
    if SECOND_LOCK:  # Django's own, whose statements say whose rows they are about
        DATABASES["default"]["ENGINE"] = "portal.second_lock.postgresql"
    # random_page_cost: the server's default is that of turning disks and keeps it from the indexes of one unit.
    # jit: compiling the questions of the figures and lists takes seconds, answering them milliseconds.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
        " -c random_page_cost=1.1 -c jit=off"
    )
elif "sqlite3" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE: two writers queue for the lock instead of failing when the second upgrades its read.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.accounts.pace.PaceBackend",
    "portal.accounts.unused.TellingBackend",
    "django.contrib.auth.backends.ModelBackend",  # knows sessions of before; the one above lets no password come to it
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
# 等保 2.0 asks for characters of several classes, ASVS 6.2.5 advises against it: settings, and 1 for no such rule.
# What one person may do in an hour, a fifth of it at once; the keys but the last are those of the audit log.
HOURLY_LIMITS = {
    "exported": env.int("EXPORTS_PER_HOUR", default=600),
    "revealed": env.int("REVEALS_PER_HOUR", default=300),
    "searched": env.int("NUMBER_SEARCHES_PER_HOUR", default=300),
}
PASSWORD_LEAST_LENGTH = max(8, env.int("PASSWORD_LEAST_LENGTH", default=8))
PASSWORD_LEAST_CLASSES = env.int("PASSWORD_LEAST_CLASSES", default=3)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "portal.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": PASSWORD_LEAST_LENGTH}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.CharacterClassesValidator", "OPTIONS": {"least": PASSWORD_LEAST_CLASSES}},
    {"NAME": "portal.accounts.passwords.ContextWordsValidator"},
    {"NAME": "portal.accounts.guessing.GuessedFirstValidator"},
]

# 等保 2.0 asks for a new password every 90 days, ASVS 6.2.10 advises against it: a setting, and 0 for never.
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=90)

# Accounts that nobody used for so long are suspended by the sweep (等保 2.0, accounts no longer needed); 0 for never.
ACCOUNT_UNUSED_DAYS = env.int("ACCOUNT_UNUSED_DAYS", default=90)

# Who works on a family sees causes, health, address and telephone on its pages without a reason; views are logged.
SHOW_WHAT_IS_NEEDED = env.bool("SHOW_WHAT_IS_NEEDED", default=True)

# Off only where no real person's record can be (development, the demo).
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
OTP_TOTP_ISSUER = "工会助学助业平台"

# 15 minutes without a request, and a working day whatever happens in between. A session is written when something in it
# changed, and once a minute: `portal.web.middleware`.
SESSION_ENGINE = "portal.models.personal.session"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_MAX_AGE = env.int("SESSION_MAX_SECONDS", default=12 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "portal.desk.told_next.ToldNextStorage"
MESSAGE_COOKIE_NAME = "messages"
LAST_PERSON_COOKIE_NAME = "last_person"
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failure"

# A person at an address is locked, not an account everywhere: nobody can lock a colleague out from elsewhere. Over all
# addresses guesses are slowed by PaceBackend.
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=5)
AXES_COOLOFF_TIME = datetime.timedelta(minutes=env.int("SIGN_IN_LOCKED_MINUTES", default=15))
AXES_CLIENT_IP_CALLABLE = "portal.audit.address_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "portal.views.sign_in.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # 15 minutes are 15 minutes, whoever goes on guessing
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # our own audit log keeps log-ins

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# Without EMAIL_URL e-mails are printed instead of sent. A mail server that hangs must not hold a page for long.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
# The address under which people open the portal, as https://…; needed where it cannot be told from the request.
PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default="")
# What carries the messages of each channel; one that is not named is offered to nobody. Here they are printed.
MESSAGE_CHANNELS = dict.fromkeys(("email", "sms", "wecom"), "portal.messaging.channels.ConsoleChannel")
MESSAGE_HOURS = (9, 18)  # o'clock, of a working day: nobody is disturbed before or after
# The city's gateway of short messages and 企业微信, and the key by which it knows who sends.
MESSAGE_GATEWAY_URL = env.str("MESSAGE_GATEWAY_URL", default="")
MESSAGE_GATEWAY_SECRET = env.str("MESSAGE_GATEWAY_SECRET", default="")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="portal@localhost")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The socket of ClamAV's clamd, /run/clamav/clamd.ctl or tcp://host:port: every file that comes in is searched by it,
# and none is taken while it does not answer. Without it files are judged by their content alone.
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="")
CLAMD_SECONDS = env.float("CLAMD_SECONDS", default=20)

FILE_UPLOAD_HANDLERS = ["portal.web.bodies.CountedUploadHandler"]
# A grid of two hundred lines has some three thousand cells.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

MESSAGE_TAGS = {message_levels.DEBUG: "secondary", message_levels.ERROR: "danger"}

# Without a worker of its own: one thread of the web process does the jobs, one after the other.
TASKS = {"default": {"BACKEND": "portal.jobs.threads.ThreadBackend"}}
# Accounts that the log-in page names: those of the demo, in development; "" for none.
NAMED_ACCOUNTS = ""
# A function that says whether anything is public without signing in; the page of it stands on that for signing in.
PUBLIC_PAGES = "reports.openness.pages.anything_open"
PUBLIC_ADDRESS = "public_index"
# A call of another system is at most so long.
API_LARGEST_BYTES = 2 * 1024**2
# Webhooks go by https to other machines; True, where one tries it out, lets them go to this one, too.
WEBHOOK_LOCAL = False
# How often a process looks whether a code list was changed: every so many seconds.
CODES_LOOKED_AT_EVERY: float | None = 5.0
# The marks of the evidence are kept beside the database as well (docs/administration.md).
EVIDENCE_HEADS = VAR_DIR / "evidence" / "heads.txt"
# Whether what was sealed before tables were bound too still opens; `reencrypt` tells when nothing of it is left.
FIELD_LOOSE_BINDING_OPENS = env.bool("FIELD_LOOSE_BINDING_OPENS", default=True)
# Backups go to this folder, encrypted to the public keys of a file (age); the private key is read by who restores only.
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
BACKUP_RECIPIENTS_FILE = Path(env.str("BACKUP_RECIPIENTS_FILE", default="/etc/portal/backup-recipients.txt"))
BACKUP_IDENTITY_FILE = Path(env.str("BACKUP_IDENTITY_FILE", default="/etc/portal/backup-identity.txt"))
BACKUP_SETTINGS_FILES: list[str] = env.list("BACKUP_SETTINGS_FILES", default=["/etc/portal/portal.env"])
BACKUP_KEPT = env.int("BACKUP_KEPT", default=14)
# An empty database that verify_backup restores into, and empties.
VERIFICATION_DATABASE_URL = env.str("VERIFICATION_DATABASE_URL", default="")

# Lines name the page and the kind of error, never a request body: bodies carry identity and card numbers.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "portal.operating.logs.JsonLines"},
    },
    "filters": {"no_personal_data": {"()": "portal.operating.logs.NoPersonalData"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_personal_data"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own default adds a mail handler, whose report holds the posted form.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "portal.operating.middleware": {"level": env.str("REQUEST_LOG_LEVEL", default="INFO")},
        "axes": {"level": "WARNING"},  # our own audit log says who signed in
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SIMPLE_HISTORY_REVERT_DISABLED = True
