"""The one place where the process environment is read."""

import re
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


KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,20}")
KEY = re.compile(r"[0-9a-fA-F]{64}")


def required_keys(name: str, purpose: str) -> list[str]:
    """The keys in environment variable `name`, with commas between them, each of 64 hexadecimal digits.

    Raises ImproperlyConfigured, without repeating a key, when there is none or one is of another shape.
    """
    keys = [key.strip() for key in required(name, purpose).split(",")]
    if not all(KEY.fullmatch(key) for key in keys):
        raise ImproperlyConfigured(_misshapen(name, purpose))
    return keys


def required_key(name: str, purpose: str) -> str:
    """The one key in environment variable `name`. Raises likewise."""
    key, *more = required_keys(name, purpose)
    if more:
        raise ImproperlyConfigured(_misshapen(name, purpose))
    return key


def _misshapen(name: str, purpose: str) -> str:
    return f"环境变量 {name} 的格式不对：应为 64 位十六进制数字（{purpose}）。"


def required_named_keys(name: str, purpose: str) -> dict[str, str]:
    """The keys in environment variable `name` by their names, `name:key,name:key`, in that order. Raises likewise."""
    pairs = [pair.strip().partition(":") for pair in required(name, purpose).split(",")]
    named = {key_id: key for key_id, _colon, key in pairs}
    if len(named) < len(pairs) or not all(KEY_ID.fullmatch(one) and KEY.fullmatch(key) for one, key in named.items()):
        message = f"环境变量 {name} 应写成 编号:64位十六进制，编号不能重复，多个之间用逗号隔开（{purpose}）。"
        raise ImproperlyConfigured(message)
    return named
