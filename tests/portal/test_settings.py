import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "kP7-zV2_qX9wL4mN8bC3xZ6aS1dF5gH0jK7lQ2wE4rT6yU8iO-nB5vC1x",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1/portal",
    "FIELD_ENCRYPTION_KEYS": "k1:" + "ab" * 32,
    "BLIND_INDEX_KEY": "cd" * 32,
}


def manage(*arguments, **environment):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(  # noqa: S603  our own command line, in an environment of its own
        [sys.executable, "-W", "error::UserWarning", "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_production_settings_pass_every_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n"), result.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY"]
)
def test_production_without_a_key_does_not_start_and_says_what_to_set(name):
    result = manage("check", **{key: value for key, value in PRODUCTION.items() if key != name})
    assert result.returncode != 0
    assert f"生产环境缺少环境变量 {name}（" in result.stderr
    assert "请设置后再启动。" in result.stderr


def test_bare_checkout_starts_without_any_variable(tmp_path):
    result = manage("check", PORTAL_VAR_DIR=str(tmp_path))
    assert (result.returncode, result.stderr) == (0, "")


def test_logging_keeps_request_bodies_out():
    handlers = settings.LOGGING["handlers"]
    assert {handler["class"] for handler in handlers.values()} == {"logging.StreamHandler"}
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
