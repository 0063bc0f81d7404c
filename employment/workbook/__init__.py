"""The case workbook: the eleven sheets in which a union's records travel."""

from aid.workbook import (
    FAMILY_SHEETS,
    CaseSheet,
    ChildSheet,
    ContributionSheet,
    DisbursementSheet,
    EntrySheet,
    HouseholdSheet,
    PracticePostSheet,
    VisitSheet,
)
from employment.workbook.assistance import AssistanceSheet
from employment.workbook.graduates import GraduateSheet
from employment.workbook.job_events import JobEventSheet
from employment.workbook.promises import PromiseSheet
from employment.workbook.vacancies import VacancySheet
from portal.workbook.sheets import Workbook

CASE_WORKBOOK = Workbook(
    sheets=(
        HouseholdSheet(),
        ChildSheet(),
        EntrySheet(),
        CaseSheet(),
        ContributionSheet(),
        DisbursementSheet(),
        VisitSheet(),
        PracticePostSheet(),
        GraduateSheet(),
        AssistanceSheet(),
        JobEventSheet(),
    ),
    unlisted=(*FAMILY_SHEETS, VacancySheet(), PromiseSheet()),
)
