"""The sheets of the case workbook as lists fill them: with what the file has besides, and no workbook carries."""

from django.utils.translation import gettext as _

from aid.casework.departures import UNDECIDED, Departure, usual_sums
from aid.lists.policies import POLICY_SHEETS
from aid.models import AidCase
from aid.workbook import CaseSheet, HouseholdSheet
from aid.workbook.columns import other_contact_column
from portal.workbook.sheets import Workbook


class HouseholdListSheet(HouseholdSheet):
    """A household in a list may say further telephones."""

    other_contact = other_contact_column()


USUAL, SUMS = "usual", "sums"


class CaseListSheet(CaseSheet):
    """A case in a list is held against the table of its year, as it is on its page."""

    def recall(self, book):
        super().recall(book)
        cases = (row.record for row in book.records_of(AidCase))
        book.seen[USUAL][SUMS] = usual_sums({case.campaign_id for case in cases if case.campaign_id})

    def remarks(self, book, row):
        yield from super().remarks(book, row)
        case = row.record
        usual = book.seen[USUAL][SUMS].get((case.campaign_id, case.stage), case.standard)
        if case.status in UNDECIDED and usual != case.standard and (row.is_new or row.changed):
            yield _("与年度帮扶标准不同：%(words)s") % {"words": Departure(case, usual).words}


LISTED = (HouseholdListSheet(), CaseListSheet())


def as_listed(workbook: Workbook) -> Workbook:
    """`workbook` with the sheets that lists fill in the place of its own, and those that only lists have."""
    by_title = {sheet.title: sheet for sheet in LISTED}
    sheets = tuple(by_title.get(sheet.title, sheet) for sheet in workbook.sheets)
    return Workbook((*sheets, *POLICY_SHEETS), unlisted=workbook.unlisted)
