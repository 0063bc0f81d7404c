import json
import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "kP7-zV2_qX9wL4mN8bC3xZ6aS1dF5gH0jK7lQ2wE4rT6yU8iO-nB5vC1x",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1/portal",
    "FIELD_ENCRYPTION_KEYS": "k1:" + secrets.token_hex(32),
    "BLIND_INDEX_KEY": secrets.token_hex(32),
    "SEAL_KEYS": secrets.token_hex(32),
    "TRUSTED_PROXIES": "unix",
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


@pytest.fixture
def collected(tmp_path):
    """A folder in which every static file counts as collected."""
    names = {path: path for finder in get_finders() for path, _storage in finder.list([])}
    (tmp_path / "staticfiles").mkdir()
    manifest = {"version": "1.1", "paths": names, "hash": ""}
    (tmp_path / "staticfiles" / "staticfiles.json").write_text(json.dumps(manifest))
    return tmp_path


def deployment_checks(folder, **changed):
    environment = PRODUCTION | {"PORTAL_VAR_DIR": str(folder)} | changed
    return manage("check", "--deploy", "--fail-level", "WARNING", **environment)


def test_production_settings_pass_every_deployment_check(collected):
    result = deployment_checks(collected)
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n"), result.stderr


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"TRUSTED_PROXIES": ""}, "(portal.W002) TRUSTED_PROXIES 是空的"),
        ({"SEAL_KEYS": PRODUCTION["BLIND_INDEX_KEY"]}, "(portal.W001) BLIND_INDEX_KEY、SEAL_KEYS 用了同一个密钥"),
        ({"PORTAL_VAR_DIR": "/nonexistent"}, "个静态文件没有收集"),
    ],
)
def test_deployment_check_tells(collected, changed, told):
    result = deployment_checks(collected, **changed)
    assert (result.returncode, told in result.stderr) == (1, True), result.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY", "SEAL_KEYS"]
)
def test_production_without_a_key_does_not_start_and_says_what_to_set(name):
    result = manage("check", **{key: value for key, value in PRODUCTION.items() if key != name})
    assert result.returncode != 0
    assert f"生产环境缺少环境变量 {name}（" in result.stderr
    assert "请设置后再启动。" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BLIND_INDEX_KEY", "ab", "BLIND_INDEX_KEY 的格式不对：应为 64 位十六进制数字"),
        ("BLIND_INDEX_KEY", f"{'ab' * 32},{'cd' * 32}", "BLIND_INDEX_KEY 的格式不对"),
        ("SEAL_KEYS", f"{'ab' * 32},{'xy' * 32}", "SEAL_KEYS 的格式不对"),
        ("FIELD_ENCRYPTION_KEYS", "ab" * 32, "FIELD_ENCRYPTION_KEYS 应写成 编号:64位十六进制"),
        ("FIELD_ENCRYPTION_KEYS", f"k1:{'ab' * 32},k1:{'cd' * 32}", "编号不能重复"),
        ("FIELD_ENCRYPTION_KEYS", f"k.1:{'ab' * 32}", "FIELD_ENCRYPTION_KEYS 应写成"),
        ("TRUSTED_PROXIES", "nginx", "TRUSTED_PROXIES 只能写地址、网段"),
    ],
)
def test_misshapen_value_stops_the_start_and_is_not_repeated(name, value, told, collected):
    result = deployment_checks(collected, **{name: value})
    assert (result.returncode != 0, told in result.stderr) == (True, True), result.stderr
    assert value.rpartition(",")[2] not in result.stderr or name == "TRUSTED_PROXIES"


REFUSED = "DATABASE_URL 指向的不是 SQLite，却没有指定配置"


def test_development_settings_do_not_touch_a_database_server():
    result = manage("migrate", DATABASE_URL=PRODUCTION["DATABASE_URL"])
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(REFUSED)
    allowed = manage("check", DATABASE_URL=PRODUCTION["DATABASE_URL"], ALLOW_DEVELOPMENT_SETTINGS="1")
    assert (allowed.returncode, allowed.stderr) == (0, "")


def test_bare_checkout_starts_without_any_variable(tmp_path):
    result = manage("check", PORTAL_VAR_DIR=str(tmp_path))
    assert (result.returncode, result.stderr) == (0, "")


def test_logging_keeps_request_bodies_out():
    handlers = settings.LOGGING["handlers"]
    assert {handler["class"] for handler in handlers.values()} == {"logging.StreamHandler"}
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
