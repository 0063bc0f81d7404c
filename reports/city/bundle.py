"""Everything handed in for a campaign in one .zip: forms and files of every unit, the city's tables, a manifest."""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.documents.file_names import file_name
from portal.jobs.progress import Progress
from portal.models import Campaign, Union
from reports.city.consolidation import City, accepted_city
from reports.city.files import city_file
from reports.enums import ReportState
from reports.handed_in.files import files_are_whole
from reports.models import FrozenFile, Report
from reports.render.filled import FORM_NUMBERS
from reports.render.formats import FORMATS
from reports.render.frozen import FrozenForms
from reports.sealing.proving import Tampered, prove

PLAIN = ("xlsx", "docx")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to a spreadsheet
# Of the list for people: heading, and the name in the manifest for machines.
COLUMNS = (
    (gettext_lazy("工会编码"), "unit"),
    (gettext_lazy("填报单位"), "name"),
    (gettext_lazy("状态"), "state"),
    (gettext_lazy("补报序号"), "supplement"),
    (gettext_lazy("报送次数"), "number"),
    (gettext_lazy("报送时间"), "submitted_at"),
    (gettext_lazy("统计截止日"), "cut_off"),
    (gettext_lazy("核验码"), "code"),
    (gettext_lazy("校验值（SHA-256）"), "digest"),
    (gettext_lazy("文件"), "file"),
    (gettext_lazy("文件校验值（SHA-256）"), "sha256"),
)


def write_bundle(campaign: Campaign, union: Union, file: BinaryIO, progress: Progress, *, with_pdf: bool) -> City:
    """Write the .zip to `file`, one member after the other, and return the city as it was; `union` is the root.

    At no time is more than one unit's file in memory. Raises PdfUnavailableError where `with_pdf` cannot be done, and
    Tampered.
    """
    kinds = (*PLAIN, "pdf") if with_pdf else PLAIN
    city, reports = accepted_city(campaign), _handed_in(campaign)
    progress.begin(len(reports) + len(kinds))
    rows: list[dict] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for report in reports:
            rows += (_listed(report, *member) for member in _write_unit(archive, report, kinds))
            progress.step()
        for kind in kinds:
            name = _("全市汇总表.%s") % kind
            archive.writestr(name, city_file(city, union, FORMATS[kind], with_units=False))
            progress.step()
        archive.writestr(_("缺报单位名单.csv"), _csv([[_("缺报单位")], *([str(one)] for one in city.missing_units)]))
        _write_manifest(archive, campaign, city, rows)
    return city


def _handed_in(campaign: Campaign) -> list[Report]:
    """The reports that were handed in, each with what it handed in last, supplementary reports after their first."""
    reports = Report.objects.filter(campaign=campaign, submission__isnull=False)
    return list(reports.select_related("campaign", "union", "submission").order_by("union__code", "number"))


def _write_unit(archive: zipfile.ZipFile, report: Report, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The forms as frozen and the files that were handed in with them: name and digest of each."""
    submission, folder = report.submission, folder_of(report)
    submission.report = report
    prove(submission)
    forms = FrozenForms.of(submission)
    for kind in kinds:
        yield _write(archive, f"{folder}/{_('统计表')}.{kind}", FORMATS[kind].union(forms, FORM_NUMBERS))
    if not files_are_whole(submission):
        raise Tampered([submission])
    for kept in FrozenFile.objects.filter(submission=submission).iterator(chunk_size=1):
        prefix = f"{_('调整依据')}_{forms.figures[kept.slug]}" if kept.slug else _("总结报告")
        yield _write(archive, f"{folder}/{file_name(prefix)}_{file_name(kept.file_name)}", kept.content)


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> tuple[str, str]:
    archive.writestr(name, content)
    return name, hashlib.sha256(content).hexdigest()


def folder_of(report: Report) -> str:
    """Where the files of a report lie: code and name of the union, and which supplementary report it is."""
    name = file_name(f"{report.union.code}_{report.union.name}")
    return f"{name}_{_('补报')}{report.number}" if report.number else name


def _listed(report: Report, name: str, digest: str) -> dict:
    """A row of the manifest."""
    submission = report.submission
    return {
        "unit": report.union.code,
        "name": report.union.name,
        "state": report.state,
        "supplement": report.number,
        "number": submission.number,
        "submitted_at": timezone.localtime(submission.submitted_at).isoformat(timespec="seconds"),
        "cut_off": submission.cut_off.isoformat(),
        "code": submission.code,
        "digest": submission.digest,
        "file": name,
        "sha256": digest,
    }


def _write_manifest(archive: zipfile.ZipFile, campaign: Campaign, city: City, rows: list[dict]) -> None:
    missing = [{"unit": unit.unit.code, "name": unit.unit.name, "state": unit.state} for unit in city.missing_units]
    content = {"campaign": campaign.year, "files": rows, "missing": missing}
    archive.writestr("manifest.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    archive.writestr("manifest.csv", _csv([[heading for heading, _name in COLUMNS], *map(_for_people, rows)]))


def _for_people(row: dict) -> list:
    """A row of the manifest in words: the state, and the local time as the portal shows it."""
    at = datetime.datetime.fromisoformat(row["submitted_at"])
    said = {"state": ReportState(row["state"]).label, "submitted_at": f"{at:%Y-%m-%d %H:%M:%S}"}
    return [said.get(name, row[name]) for _heading, name in COLUMNS]


def _csv(rows) -> bytes:
    """With the mark by which a spreadsheet knows the coding; nothing in it is a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_inert(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
