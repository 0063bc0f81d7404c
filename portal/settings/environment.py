"""The one place where the process environment is read."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("PORTAL_VAR_DIR", default=str(BASE_DIR / "var")))


def required(name: str, purpose: str) -> str:
    """The value of environment variable `name`.

    Raises ImproperlyConfigured with a sentence that says what to set, when it is missing or empty.
    """
    value: str = env.str(name, default="")
    if not value:
        message = f"生产环境缺少环境变量 {name}（{purpose}）。请设置后再启动。"
        raise ImproperlyConfigured(message)
    return value
