"""The case workbook, the eleven sheets in which a union's records travel; and what the forms of offers check with."""

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
from aid.workbook.employers import EmployerSheet
from employment.workbook.assistance import AssistanceSheet
from employment.workbook.graduates import GraduateSheet
from employment.workbook.job_events import JobEventSheet
from employment.workbook.promises import PromiseSheet
from employment.workbook.referrals import ReferralSheet
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

# Employers, vacancies and referrals look at one another, and no file carries them.
OFFER_WORKBOOK = Workbook((*CASE_WORKBOOK.sheets, EmployerSheet(), VacancySheet(), ReferralSheet()))
