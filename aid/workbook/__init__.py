"""The sheets of Golden Autumn: columns, rules, and what follows from a row."""

from aid.workbook.cases import CaseSheet
from aid.workbook.funds import ContributionSheet, DisbursementSheet
from aid.workbook.households import HouseholdSheet
from aid.workbook.practice_posts import PracticePostSheet
from aid.workbook.schooling import ChildSheet, EntrySheet
from aid.workbook.visits import VisitSheet

__all__ = [
    "CaseSheet",
    "ChildSheet",
    "ContributionSheet",
    "DisbursementSheet",
    "EntrySheet",
    "HouseholdSheet",
    "PracticePostSheet",
    "VisitSheet",
]
