"""部门问询 and 相关部门 with graduates among those who are asked about."""

from dataclasses import replace

from aid import records as aid
from aid.editing.office import OFFICE_QUESTION_FORM
from aid.records.searching import pupil_by_person
from aid.workbook.offices.office import OfficeSheet
from employment.models import Graduate
from employment.records.visit import NAMED_BY
from employment.workbook import CASE_WORKBOOK
from portal.records.kind import Related
from portal.workbook.sheets import Workbook

OFFICE_QUESTION = replace(
    aid.PLAIN_OFFICE_QUESTION,
    editing=replace(OFFICE_QUESTION_FORM, workbook=Workbook((*CASE_WORKBOOK.sheets, OfficeSheet()))),
    named_by=NAMED_BY,
    found_by=(*aid.PLAIN_OFFICE_QUESTION.found_by, pupil_by_person(Graduate)),
)
OFFICE = replace(
    aid.PLAIN_OFFICE,
    sections=tuple(
        replace(section, kind=OFFICE_QUESTION) if isinstance(section, Related) else section
        for section in aid.PLAIN_OFFICE.sections
    ),
)
