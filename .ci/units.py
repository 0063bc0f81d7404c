"""Runs the commands of systemd's units where there is no systemd: `units.py portal-backup.service …`.

Services that stay are left running, and their process ids printed; those that end must end well.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

UNITS = Path("/etc/systemd/system")
FIRST_PASSED = 3  # systemd's number for the first socket that it hands over


def read(name: str) -> dict[str, list[str]]:
    """The values of each key of a unit; `@1` is filled in."""
    template = name if "@" not in name else name.split("@", maxsplit=1)[0] + "@.service"
    values: dict[str, list[str]] = {}
    for line in (UNITS / template).read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            values.setdefault(key, []).append(value)
    return values


def filled(text: str, name: str, credentials: str) -> str:
    instance = name.partition("@")[2].removesuffix(".service")
    return text.replace("%i", instance).replace("%H", socket.gethostname()).replace("%d", credentials)


def environment(unit: dict[str, list[str]], name: str, credentials: str) -> dict[str, str]:
    found = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
    for line in unit.get("Environment", []):
        key, _equals, value = filled(line, name, credentials).partition("=")
        found[key] = value
    for file in unit.get("EnvironmentFile", []):
        for line in Path(file).read_text().splitlines():
            key, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                found[key] = value
    return found


def credentials_of(unit: dict[str, list[str]], user: pwd.struct_passwd) -> str:
    folder = tempfile.mkdtemp(prefix="credentials-")
    os.chown(folder, user.pw_uid, user.pw_gid)
    for line in unit.get("LoadCredential", []):
        name, _colon, source = line.partition(":")
        target = Path(folder) / name
        shutil.copyfile(source, target)
        target.chmod(0o400)
        os.chown(target, user.pw_uid, user.pw_gid)
    return folder


def listening(name: str) -> socket.socket | None:
    """The socket of the unit of the same name, if it has one, made as systemd makes it."""
    if not (UNITS / name.replace(".service", ".socket")).exists():
        return None
    unit = read(name.replace(".service", ".socket"))
    path = Path(unit["ListenStream"][0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(path))
    made.listen(128)
    path.chmod(int(unit["SocketMode"][0], 8))
    os.chown(path, 0, grp.getgrnam(unit["SocketGroup"][0]).gr_gid)
    return made


def run(name: str) -> None:
    unit = read(name)
    user = pwd.getpwnam(unit["User"][0])
    known = environment(unit, name, credentials_of(unit, user))
    for folder in unit.get("RuntimeDirectory", []):
        Path("/run", folder).mkdir(exist_ok=True)
        os.chown(f"/run/{folder}", user.pw_uid, user.pw_gid)
    handed = listening(name)

    def prepare() -> None:
        if handed:
            os.dup2(handed.fileno(), FIRST_PASSED)
            os.set_inheritable(FIRST_PASSED, True)  # noqa: FBT003  os has no keyword for it

    stays = unit.get("Type", ["simple"])[0] != "oneshot"
    for line in unit["ExecStart"]:
        command = filled(line, name, "").split()
        if handed:  # the process id that is handed a socket is told to it: asked for by the shell that becomes it
            known["LISTEN_FDS"] = "1"
            command = ["/bin/sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh", *command]
        started = subprocess.Popen(  # noqa: S603  commands of our own units
            command,
            cwd=os.path.realpath(unit["WorkingDirectory"][0]),
            env=known,
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            umask=int(unit["UMask"][0], 8),
            close_fds=not handed,
            preexec_fn=prepare if handed else None,  # noqa: PLW1509  there are no threads here
            stdout=sys.stderr,
            start_new_session=stays,
        )
        if stays:
            print(started.pid)
        elif started.wait() != 0:
            sys.exit(f"{name}: {line} ended with {started.returncode}")


if __name__ == "__main__":
    for each in sys.argv[1:]:
        run(each)
