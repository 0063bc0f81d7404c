"""The audit pack: the sheets of some cases, what is missing of each, and the digest of every file, as one .zip."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.oversight.dossier import Dossier
from aid.oversight.parts import Made, parts_of
from portal import audit
from portal.audit import By
from portal.documents.file_names import file_name
from portal.enums import AuditAction
from portal.jobs.progress import Progress
from portal.models import AuditEntry
from portal.printouts.word import printouts_docx
from portal.records.exporting.formats import write_csv
from portal.records.exporting.xlsx import write_sheet

TITLE = gettext_lazy("审计资料包")
ZIP = "application/zip"
MANIFEST = "manifest.json"
DIGEST = gettext_lazy("校验值（SHA-256）")


@dataclass(frozen=True)
class PackedFile:
    """A file of the pack: where it lies, its size in bytes, the SHA-256 of its content in hex."""

    file: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Pack:
    """What was written: how many files the manifest names and things are missing, and the manifest's own SHA-256.

    The digest in the audit log proves which pack was made: who changes a file has to change the manifest as well.
    """

    files: int
    missing: int
    digest: str

    @property
    def told(self) -> dict[str, int | str]:
        """For the audit log."""
        return {"files": self.files, "lacking": self.missing, "digest": self.digest}


def write_pack(dossiers: Iterable[Dossier], file: IO[bytes], about: dict, progress: Progress | None = None) -> Pack:
    """Write the .zip to `file`, one member after the other; `about` says in the manifest what was asked for."""
    members: list[PackedFile] = []
    rows: list[tuple] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            archive.writestr(name, content)
            members.append(PackedFile(name, len(content), hashlib.sha256(content).hexdigest()))

        for dossier in dossiers:
            for made in parts_of(dossier):
                if made.printout:
                    add(f"{folder_of(dossier)}/{made.name}.docx", printouts_docx([made.printout]))
                rows.append(_standing(dossier, made))
            if progress:
                progress.step()
        add(_("缺少的材料.xlsx"), _missing(rows))
        add(_("校验清单.csv"), _digests(members))
        told = about | {"made_at": timezone.localtime().isoformat(timespec="seconds")}
        manifest = json.dumps(told | {"files": list(map(asdict, members))}, ensure_ascii=False, indent=1).encode()
        archive.writestr(MANIFEST, manifest)
    lacking = sum(len(made) for *_words, made in rows)
    return Pack(len(members), lacking, hashlib.sha256(manifest).hexdigest())


def folder_of(dossier: Dossier) -> str:
    """Numbers are unique within a 填报单位 only."""
    return file_name(f"{dossier.case.union.code}_{dossier.case.number}")


def _standing(dossier: Dossier, made: Made) -> tuple:
    case = dossier.case
    return case.number, case.union.name, case.get_status_display(), made.part.title, made.standing.value, made.missing


def _missing(rows: Iterable[tuple]) -> bytes:
    """A line for each part of each case: how complete it is, and in words what is missing."""
    headings = [_("助学申请"), _("所属工会"), _("状态"), _("资料"), _("情况"), _("缺少")]
    lines = ([*map(str, told), "；".join(missing)] for *told, missing in rows)
    with write_sheet(_("缺少的材料"), headings, lines) as sheet:
        return sheet.read()


def _digests(members: list[PackedFile]) -> bytes:
    """The manifest for people."""
    headings = [_("文件"), _("字节数"), str(DIGEST)]
    with write_csv("", headings, ([each.file, each.size, each.sha256] for each in members)) as table:
        return table.read()


@transaction.atomic
def record_packs(dossiers: Iterable[Dossier], *, by: By, reason: str) -> None:
    """One audit row for each case that goes into the pack of a sample, so that its family can be told."""
    rows = [
        audit.entry(AuditAction.EXPORTED, by=by, about=dossier.case, act=str(TITLE), reason=reason)
        for dossier in dossiers
    ]
    AuditEntry.objects.bulk_create(rows)
