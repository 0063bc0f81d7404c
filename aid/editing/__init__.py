"""The forms of Golden Autumn's files: which columns each shows, and what only the browser knows."""

from aid.editing.case import CASE_FORM
from aid.editing.family import INCOME_FORM, MEMBER_FORM
from aid.editing.household import HOUSEHOLD_FORM
from aid.editing.schooling import CHILD_FORM, ENTRY_FORM
from aid.editing.visit import VISIT_FORM

__all__ = ["CASE_FORM", "CHILD_FORM", "ENTRY_FORM", "HOUSEHOLD_FORM", "INCOME_FORM", "MEMBER_FORM", "VISIT_FORM"]
