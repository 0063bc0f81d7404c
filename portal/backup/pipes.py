"""The programs that a backup goes through: PostgreSQL's own, and age, which encrypts to a public key."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from portal.backup.refusal import BackupRefused

SECONDS_TO_END = 30


def of_database(parameters: Mapping) -> dict[str, str]:
    """The environment by which PostgreSQL's programs find the database of Django's `parameters`; no password in a
    command line, where every user of the machine reads it."""
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    found = {name: str(parameters[key]) for name, key in named.items() if parameters.get(key)}
    mode = (parameters.get("OPTIONS") or {}).get("sslmode")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    return kept | found | ({"PGSSLMODE": mode} if mode else {})


@contextmanager
def running(
    command: list[str],
    *,
    stdin: IO[bytes] | int | None = None,
    stdout: int | None = None,
    env: dict[str, str] | None = None,
) -> Iterator[subprocess.Popen]:
    """A program that must end well by the end of the block. Raises BackupRefused with the last line it said, else."""
    with tempfile.TemporaryFile() as said:
        try:
            program = subprocess.Popen(  # noqa: S603  a fixed program and paths of ours
                command, stdin=stdin, stdout=stdout or subprocess.DEVNULL, stderr=said, env=env
            )
        except FileNotFoundError:
            raise BackupRefused(f"没有安装 {command[0]}") from None
        try:
            yield program
        except BackupRefused:
            # Of two programs joined by a pipe the one that ended by itself is at fault, not the one that waited for it.
            with suppress(subprocess.TimeoutExpired):
                program.wait(1)
            if program.returncode is not None and program.returncode > 0:
                raise _failure(command, program, said) from None
            _end(program)
            raise
        except BaseException:
            _end(program)
            raise
        if program.wait() != 0:
            raise _failure(command, program, said)


def _end(program: subprocess.Popen) -> None:
    program.kill()
    program.wait(SECONDS_TO_END)


def _failure(command: list[str], program: subprocess.Popen, said: IO[bytes]) -> BackupRefused:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    told = [line for line in lines if "report unexpected" not in line]  # what age says last, to its makers
    return BackupRefused(f"{command[0]} 没有成功：{told[-1] if told else program.returncode}")


@contextmanager
def encrypting(file: Path, recipients: Path) -> Iterator[IO[bytes]]:
    """What is written to is encrypted into `file`, to everybody whose public key stands in `recipients`."""
    command = ["age", "--encrypt", "--recipients-file", str(recipients), "--output", str(file)]
    with running(command, stdin=subprocess.PIPE) as program:
        if program.stdin is None:
            raise BackupRefused(command[0])
        with program.stdin as into:
            yield into
    with file.open("rb") as written:
        os.fsync(written.fileno())


@contextmanager
def decrypting(file: Path, identity: Path) -> Iterator[IO[bytes]]:
    """The content of `file`, by the private key in `identity`."""
    command = ["age", "--decrypt", "--identity", str(identity), str(file)]
    with running(command, stdout=subprocess.PIPE) as program:
        if program.stdout is None:
            raise BackupRefused(command[0])
        with program.stdout as content:
            yield content
