"""The sheets of Golden Autumn: columns, rules, and what follows from a row."""

from aid.workbook.casework.cases import CaseSheet
from aid.workbook.family import IncomeSheet, MemberSheet
from aid.workbook.funds import ContributionSheet, DisbursementSheet
from aid.workbook.households import HouseholdSheet
from aid.workbook.practice_posts import PracticePostSheet
from aid.workbook.schooling import ChildSheet, EntrySheet
from aid.workbook.visits import VisitSheet
from portal.workbook.sheets import Workbook

# Records that no workbook carries, and that go where their household goes.
FAMILY_SHEETS = (MemberSheet(), IncomeSheet())

# What a form of this floor is checked with; visits also refer to graduates, whom the whole case workbook knows.
AID_WORKBOOK = Workbook(
    sheets=(
        HouseholdSheet(),
        ChildSheet(),
        EntrySheet(),
        CaseSheet(),
        ContributionSheet(),
        DisbursementSheet(),
        PracticePostSheet(),
    ),
    unlisted=FAMILY_SHEETS,
)

__all__ = [
    "AID_WORKBOOK",
    "FAMILY_SHEETS",
    "CaseSheet",
    "ChildSheet",
    "ContributionSheet",
    "DisbursementSheet",
    "EntrySheet",
    "HouseholdSheet",
    "IncomeSheet",
    "MemberSheet",
    "PracticePostSheet",
    "VisitSheet",
]
