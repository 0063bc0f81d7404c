"""The uploaded workbook again, with its faults marked where they are."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook as Spreadsheet

from portal.workbook.errors import WorkbookError
from portal.workbook.marking.faultlist import FaultList, add_fault_list
from portal.workbook.reading.reader import ROOT
from portal.workbook.sheets import Workbook

CHILD = "portal.workbook.marking.child"
WALL_SECONDS = 90


def write_marked_copy(
    source_path: Path | str, errors: Iterable[WorkbookError], file: IO[bytes], *, workbook: Workbook
) -> None:
    """The workbook at `source_path` with each faulty cell filled and commented, and a list of all faults in front.

    A file that is refused as a whole, or too heavy to be loaded, is not copied: then there is only the list.
    """
    faults = _fault_list(errors, workbook)
    with tempfile.TemporaryDirectory() as folder:
        marked = Path(folder) / "marked.xlsx"
        if _run_child(Path(source_path).resolve(), faults, marked):
            file.write(marked.read_bytes())
            return
    spreadsheet = Spreadsheet()
    spreadsheet.remove(spreadsheet.active)
    add_fault_list(spreadsheet, faults)
    spreadsheet.save(file)


def _fault_list(errors: Iterable[WorkbookError], workbook: Workbook) -> FaultList:
    return FaultList(
        title=_("错误清单"),
        headings=[_("工作表"), _("行"), _("列"), _("填写内容"), _("原因")],
        rows=[[error.sheet, error.row, error.column, error.value, str(error.reason)] for error in errors],
        columns={sheet.title: [column.heading for column in sheet.columns] for sheet in workbook.sheets},
    )


def _run_child(source: Path, faults: FaultList, target: Path) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module; the names are arguments, through no shell
            [sys.executable, "-m", CHILD, str(source), str(target)],
            cwd=ROOT,
            env={"PYTHONUTF8": "1"},
            input=json.dumps(faults.__dict__).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
