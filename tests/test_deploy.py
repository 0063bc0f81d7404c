"""deploy/: what is installed is what the project needs, and the files say the same as each other."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
MANUAL = (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
CI = ("run", "trial", "trial-inside")
INSTALLED = ("install.sh", "portal-manage", "secrets.sh", "container/roles.sh")
SCRIPTS = (*(DEPLOY / name for name in INSTALLED), *(ROOT / ".ci" / name for name in CI))


def pins(text: str) -> dict[str, str]:
    return {
        name.lower().replace("_", "-"): version
        for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    }


def test_every_requirement_is_locked_with_hashes_at_its_version():
    locked = (ROOT / "requirements.lock").read_text()
    wanted, found = pins((ROOT / "requirements.txt").read_text()), pins(locked)
    different = {name: (version, found.get(name)) for name, version in wanted.items() if found.get(name) != version}
    assert different == {}, "run: pip-compile --generate-hashes --strip-extras -o requirements.lock requirements.txt"
    blocks = re.split(r"^(?=[\w.-]+==)", locked, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(found) > len(wanted)
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_unit_runs_commands_that_are_there(unit):
    text = unit.read_text()
    commands = re.findall(r"manage\.py (\w+)", text)
    assert [name for name in commands if name not in get_commands()] == []
    if unit.suffix == ".service":
        assert re.search(r"^User=portal$", text, re.MULTILINE)
        assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "UMask=0077"} <= set(
            text.splitlines()
        )
    if unit.suffix == ".timer":
        assert (DEPLOY / "systemd" / f"{unit.stem}.service") in UNITS
        assert "Asia/Shanghai" in text


def test_every_unit_that_starts_is_started_by_the_script():
    script = (DEPLOY / "install.sh").read_text()
    started = {unit.name for unit in UNITS if "[Install]" in unit.read_text()}
    assert {name for name in started if name.replace("@.", "@1.") not in script} == set()


def test_only_one_unit_reads_the_private_key_of_backups():
    assert [unit.name for unit in UNITS if "backup-identity" in unit.read_text()] == ["portal-verify.service"]
    assert [unit.name for unit in UNITS if "owner.env" in unit.read_text()] == []


def test_nginx_has_the_pages_it_shows():
    conf = (DEPLOY / "nginx" / "portal.conf").read_text()
    for page in re.findall(r"location = /(\w+\.html)", conf):
        assert (DEPLOY / "nginx" / "errors" / page).is_file()


def test_manual_names_every_secret_and_no_command_that_is_not_there():
    named = set(re.findall(r"portal-manage (?:--owner )?([a-z_]+)", MANUAL))
    assert named - {"help"} <= set(get_commands())
    script = (DEPLOY / "install.sh").read_text()
    secrets = set(re.findall(r"once \$etc/([\w.-]+)", script)) | {"backup-identity.txt", "backup-recipients.txt"}
    assert {name for name in secrets if name not in MANUAL} == set()
    assert {
        option for option in re.findall(r"^    (--[a-z-]+)\)", script, re.MULTILINE) if option not in script
    } == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_is_executable_and_sound(script):
    assert script.stat().st_mode & 0o111
    bash = shutil.which("bash")
    assert subprocess.run([bash, "-n", script], check=False).returncode == 0  # noqa: S603
    if linter := shutil.which("shellcheck"):
        done = subprocess.run([linter, "--severity=warning", script], capture_output=True, text=True, check=False)  # noqa: S603
        assert done.stdout == ""


def test_containers_of_the_portal_are_closed_and_built_from_what_is_there():
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    ours = {name: each for name, each in composed["services"].items() if each.get("image") == "golden-autumn-portal"}
    assert set(ours) == {"owner", "web", "worker", "sweep", "messages", "backup", "evidence", "verify"}
    for each in ours.values():
        assert (each["read_only"], each["user"], each["cap_drop"]) == (True, "10001:10001", ["ALL"])
        assert [file for file in each["env_file"] if not file.startswith("secrets/")] == []
    assert [name for name, each in ours.items() if "secrets/owner.env" in each["env_file"]] == ["owner"]
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    assert "USER portal" in dockerfile.splitlines()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert [name for line in copied for name in line.split() if f"!{name}" not in let_in] == []


def test_proxy_of_the_containers_is_the_one_that_is_trusted():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert services["web"]["environment"]["TRUSTED_PROXIES"] == services["proxy"]["networks"]["inside"]["ipv4_address"]


@pytest.mark.parametrize("name", ["install.sh", "secrets.sh"])
def test_a_new_portal_begins_with_the_second_lock(name):
    made = re.search(r"portal\.env[^\n]*<<TEXT\n((?:.*\n)*?)TEXT\n", (DEPLOY / name).read_text())
    assert "SECOND_LOCK=true" in made[1].splitlines()
