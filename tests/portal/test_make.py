"""make run: says what is in the way before it works, and finds a Python that is new enough."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="there is no make")


@pytest.fixture
def checkout(tmp_path):
    """A folder with the Makefile, an environment of Python 3.12, and shims that stand for other versions."""
    shutil.copy(Path(settings.BASE_DIR) / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).touch()
    environment(tmp_path, (3, 12))
    python(tmp_path / "shims" / "python3", (3, 9))
    python(tmp_path / "shims" / "python3.13", None)
    python(tmp_path / "shims" / "python3.12", (3, 12))
    return tmp_path


def environment(folder, version):
    python(folder / ".venv" / "bin" / "python", version)
    for name in ("run-installed", "dev-installed"):
        (folder / ".venv" / name).touch()


def python(path, version):
    """What stands for a Python of `version`; None for a shim whose version is not installed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    suits = version is not None and (3, 11) <= version <= (3, 13)
    lines = [
        "#!/bin/sh",
        f"[ {int(version is not None)} = 1 ] || exit 127",
        f'case "$2" in *"sys.exit(not"*) exit {int(not suits)};; *version_info*) echo "{version}";; esac',
        'case "$2" in *create_server*) exec python3 "$@";; esac',
        'case "$1$2" in -mvenv) echo "made by $0"; mkdir -p .venv/bin; cp "$0" .venv/bin/python;; esac',
        "exit 0",
    ]
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o755)


def make(folder, *arguments):
    path = f"{folder / 'shims'}:/usr/bin:/bin"
    kept = {"PATH": path, "HOME": str(folder)}
    return subprocess.run(  # noqa: S603  our own Makefile
        [MAKE, "--no-print-directory", *arguments], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )


def test_environment_that_suits_is_kept(checkout):
    result = make(checkout, "venv")
    assert (result.returncode, "made by" in result.stdout, "anew" in result.stdout) == (0, False, False)


@pytest.mark.parametrize("version", [(3, 10), (3, 14), None])
def test_environment_of_another_python_is_made_anew_and_shims_are_tried(checkout, version):
    environment(checkout, version)
    result = make(checkout, "venv")
    assert result.returncode == 0, result.stderr
    assert "the environment is made anew" in result.stdout
    assert "python3.12 -m venv .venv" in result.stdout


def test_python_that_is_named_is_used_and_one_that_does_not_suit_takes_nothing_away(checkout):
    python(checkout / "shims" / "other", (3, 11))
    assert "other -m venv .venv" in make(checkout, "venv", "PYTHON=other").stdout
    before = (checkout / ".venv" / "bin" / "python").read_text()
    make(checkout, "venv", "PYTHON=python3")
    assert (checkout / ".venv" / "bin" / "python").read_text() == before


def test_no_python_is_told(checkout):
    shutil.rmtree(checkout / ".venv")
    result = make(checkout, "venv", "PYTHONS=python3 python3.13")
    assert result.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed, and none of python3 python3.13 is." in result.stdout


def test_port_that_is_taken_is_told_before_the_work(checkout):
    python3 = shutil.which("python3", path=os.defpath)
    if python3 is None:
        pytest.skip("there is no python3 outside the environment")
    (checkout / ".venv" / "bin" / "python").write_text(
        f'#!/bin/sh\ncase "$2" in *create_server*) exec {python3} "$@";; *version_info*) echo "(3, 12)";; esac\n'
        'case "$1" in manage.py) echo "manage $2";; esac\n'
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = make(checkout, "run", f"PORT={port}")
    assert (result.returncode, "manage" in result.stdout) == (2, False)
    assert f"Port {port} of 127.0.0.1 is taken" in result.stdout
    assert "manage runserver" in make(checkout, "run", f"PORT={port}").stdout
