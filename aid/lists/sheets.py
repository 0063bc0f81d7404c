"""The sheets of the case workbook as lists fill them: with what the file has besides, and no workbook carries."""

from aid.lists.policies import POLICY_SHEETS
from aid.workbook import HouseholdSheet
from aid.workbook.columns import other_contact_column
from portal.workbook.sheets import Workbook


class HouseholdListSheet(HouseholdSheet):
    """A household in a list may say further telephones."""

    other_contact = other_contact_column()


LISTED = (HouseholdListSheet(),)


def as_listed(workbook: Workbook) -> Workbook:
    """`workbook` with the sheets that lists fill in the place of its own, and those that only lists have."""
    by_title = {sheet.title: sheet for sheet in LISTED}
    sheets = tuple(by_title.get(sheet.title, sheet) for sheet in workbook.sheets)
    return Workbook((*sheets, *POLICY_SHEETS), unlisted=workbook.unlisted)
