"""走访慰问 with graduates among those visited."""

from dataclasses import replace

from aid import records as aid
from aid.editing import VISIT_FORM
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.records.kind import NamedBy

NAMED_BY = (*aid.VISIT.named_by, NamedBy(Graduate, name="name", initials="initials"))

FOLLOW_UP = replace(aid.FOLLOW_UP, named_by=NAMED_BY)
VISIT = replace(aid.VISIT, editing=replace(VISIT_FORM, workbook=CASE_WORKBOOK), named_by=NAMED_BY)
