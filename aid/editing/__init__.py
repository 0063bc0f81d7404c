"""The forms of Golden Autumn's files: which columns each shows, and what only the browser knows."""

from aid.editing.case import CASE_FORM, CASE_GRID
from aid.editing.family import INCOME_FORM, MEMBER_FORM
from aid.editing.household import HOUSEHOLD_FORM
from aid.editing.schooling import CHILD_FORM, CHILD_GRID, ENTRY_FORM
from aid.editing.visit import VISIT_FORM, VISIT_GRID

__all__ = [
    "CASE_FORM",
    "CASE_GRID",
    "CHILD_FORM",
    "CHILD_GRID",
    "ENTRY_FORM",
    "HOUSEHOLD_FORM",
    "INCOME_FORM",
    "MEMBER_FORM",
    "VISIT_FORM",
    "VISIT_GRID",
]
