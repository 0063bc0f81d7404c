"""A backup as it lies on a disk: a folder with the encrypted database, the encrypted files and what they must hold."""

import datetime
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from portal.backup.facts import Facts
from portal.backup.refusal import BackupRefused

DATABASE, FILES, MANIFEST = "database.dump.age", "files.tar.age", "manifest.json"
PREFIX, UNFINISHED = "portal-", ".unfinished"


@dataclass(frozen=True)
class Backup:
    """A finished backup: its folder and what its manifest says."""

    folder: Path
    made_at: datetime.datetime
    as_of: datetime.date
    version: str
    facts: Facts

    @property
    def size(self) -> int:
        return sum((self.folder / name).stat().st_size for name in (DATABASE, FILES))

    @property
    def row_count(self) -> int:
        return sum(
            number for name, number in self.facts.items() if name.startswith("rows ") and isinstance(number, int)
        )


def digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_manifest(folder: Path, **said: object) -> None:
    """Write down what the folder holds, with the digests of its files; the folder is whole from then on."""
    digests = {name: digest_of(folder / name) for name in (DATABASE, FILES)}
    text = json.dumps(said | {"digests": digests}, ensure_ascii=False, indent=1, default=str)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read_backup(folder: Path) -> Backup:
    """The backup in `folder`. Raises BackupRefused where it is not whole, or not what was written."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        made_at, as_of = datetime.datetime.fromisoformat(said["made_at"]), datetime.date.fromisoformat(said["as_of"])
        digests, facts = said["digests"], said["facts"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupRefused(f"{folder} 不是一份完整的备份：缺少 {MANIFEST}，或其内容不对") from None
    for name in (DATABASE, FILES):
        if not (folder / name).is_file() or digest_of(folder / name) != digests.get(name):
            raise BackupRefused(f"{folder / name} 缺失或与备份时不同，这份备份不能用")
    return Backup(folder, made_at, as_of, str(said.get("version", "")), facts)


def finished(where: Path) -> list[Path]:
    """The folders of finished backups below `where`, the oldest first: their names begin with the time."""
    found = where.glob(f"{PREFIX}*") if where.is_dir() else iter(())
    return sorted(folder for folder in found if folder.is_dir() and folder.suffix != UNFINISHED)


def latest(where: Path) -> Path:
    """The folder of the newest backup. Raises BackupRefused where there is none."""
    folders = finished(where)
    if not folders:
        raise BackupRefused(f"{where} 里没有备份")
    return folders[-1]


def forget_old(where: Path, keep: int) -> int:
    """Remove all backups but the `keep` newest, and what was left of those that were never finished; how many."""
    stale = finished(where)[: -max(keep, 1)]
    for folder in (*stale, *where.glob(f"{PREFIX}*{UNFINISHED}")):
        shutil.rmtree(folder)
    return len(stale)
