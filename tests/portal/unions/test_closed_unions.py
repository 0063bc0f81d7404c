"""A union that is closed takes no new record and no file, from its day on; what it has stays readable."""

import ast
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework.notices import NothingPosted, attach_photo, post_notice
from aid.casework.objections import raise_objection
from aid.households.papers import add_document
from aid.models import AidCase, Disbursement, Document, PaymentBatch, PublicNotice, Transfer
from aid.payments.batches import add_cases, open_batch
from aid.payments.release import release_batch
from aid.transfers.services import offer_household
from aid.visits.services import Results, add_results
from employment.exchange.exchanges import CASES
from employment.lists.kinds import LIST_KINDS
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.models import ListUpload, Union, WorkbookUpload
from portal.models.union import UnionClosed
from portal.unions.merging import merge_unions, try_merger
from portal.workbook.importing.service import import_workbook
from portal.workbook.lists.service import Said, import_list, understand
from portal.workflow import MoveRefused
from reports.enums import ReportState
from tests import builders
from tests.aid import cases as casework
from tests.aid.casework.test_notices import JPEG, details, official
from tests.aid.paying import SOURCE, case_to_pay, handed_over, raised
from tests.aid.visiting import exemplar
from tests.reports import builders as make
from tests.reports import submissions
from tests.workbook.sheets import valid_book, write

pytestmark = pytest.mark.django_db
__all__ = ["official"]

ROOT = Path(settings.BASE_DIR)
# Where a record is placed past the rule, and why that is right. All others call `open_in` or `open_with`.
PLACED_WITHOUT_ASKING = {
    "aid/casework/notices.py": "the cases of a notice, which has asked; each case asks by its guard",
    "aid/casework/objections.py": "the files of an objection, which has asked; the ruling that was, kept as it was",
    "aid/casework/shares.py": "parts of the cases of a grid, which has asked",
    "aid/ledger/moving.py": "money carried between two ledgers as a union moves",
    "aid/payments/bank/returns.py": "what the bank did with money that had left is told all the same",
    "aid/payments/batches.py": "the items of a batch, which has asked; each case is asked for in `payable`",
    "aid/payments/release.py": "the lines and payments of a batch, which asks again when it is released",
    "aid/transfers/services.py": "a family leaves the union that is closed; the one it goes to has been asked",
    "aid/lists/policies.py": "answers for a case of the list, which has asked",
    "aid/lists/shares.py": "parts of a case of the list, which has asked",
    "employment/enquiries/services.py": "what a unit sends back comes to the city, which is never closed",
    "portal/desk/announcing.py": "a message is no record",
    "portal/models/owned.py": "the two that ask",
    "portal/workbook/lists/steps/left.py": "rows of a list, which has asked",
    "portal/workbook/numbers.py": "which numbers are spent is no record",
    "reports/handed_in/submission.py": "the report of the days before it was closed",
    "reports/review/supplementing.py": "the report of the days before it was closed",
}


def close(union: Union, on: date | None = None) -> Union:
    Union.objects.filter(pk=union.pk).update(closed_on=on or localdate())
    union.refresh_from_db()
    return union


def words(union: Union) -> str:
    return f"“{union.name}”已于 {localdate()} 撤销，不能再登记"


def test_every_new_record_asks_whether_its_union_is_closed():
    """The importer and the forms ask for all their rows at once (`refuse_closed`), where sheets place them."""
    found = set()
    for floor in ("portal", "aid", "employment", "reports"):
        for path in (ROOT / floor).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" in name or "/workbook/" in name.removeprefix("portal/workbook/"):
                continue
            text = path.read_text()
            if "place_" not in text:
                continue
            calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
            names = {func.attr for func in calls if isinstance(func, ast.Attribute)}
            if names & {"place_in", "place_with"}:
                found.add(name)
    assert found == set(PLACED_WITHOUT_ASKING)


def test_closed_unit_gets_no_batch(campaign, district, clerk):
    close(district)
    with pytest.raises(UnionClosed, match=words(district)):
        open_batch(campaign=campaign, source=SOURCE, method="card", purpose="助学款", by=By(clerk))
    assert not PaymentBatch.objects.exists()


def test_batch_made_before_is_not_released_after(campaign, district, clerk, lead):
    raised(district, 5000)
    batch = handed_over(campaign, clerk, [case_to_pay(district)])
    close(district)
    with pytest.raises(UnionClosed, match=words(district)):
        release_batch(batch, by=By(lead), confirmed=True)
    assert not Disbursement.objects.exists()


def test_case_of_a_closed_street_joins_no_batch_and_is_not_paid(campaign, district, grassroots, clerk, lead):
    raised(district, 5000)
    early, late = case_to_pay(grassroots), case_to_pay(grassroots)
    batch = handed_over(campaign, clerk, [early])
    close(grassroots)
    added = add_cases(batch, [late.pk], by=By(clerk))
    assert [(number, why[: len(words(grassroots))]) for number, why in added.refused] == [
        (late.number, words(grassroots))
    ]
    with pytest.raises(MoveRefused, match=words(grassroots)):
        release_batch(batch, by=By(lead), confirmed=True)
    assert not Disbursement.objects.exists()


def test_closed_union_posts_no_notice_and_no_photo(district, clerk):
    waiting = casework.case(district, "checked")
    hanging = casework.notice(district, casework.case(district, "submitted"), photo=False)
    close(district)
    with pytest.raises(UnionClosed, match=words(district)):
        post_notice([waiting.pk], details(), by=By(clerk), key=uuid.uuid4())
    with pytest.raises(UnionClosed, match=words(district)):
        attach_photo(PublicNotice.objects.get(pk=hanging.pk), name="a.jpg", content=JPEG, by=By(clerk))
    assert PublicNotice.objects.count() == 1


def test_case_of_a_closed_street_joins_no_notice(district, grassroots, clerk):
    waiting = casework.case(grassroots, "checked")
    close(grassroots)
    with pytest.raises(NothingPosted) as nothing:
        post_notice([waiting.pk], details(), by=By(clerk), key=uuid.uuid4())
    assert [outcome.refusal.startswith(words(grassroots)) for outcome in nothing.value.outcomes] == [True]
    assert AidCase.objects.get(pk=waiting.pk).status == "checked"


def test_closed_union_takes_no_objection_paper_or_photo(district, clerk):
    home, seen = make.household(district), builders.visit(district)
    shown = casework.noticed(casework.on_notice(district, last=localdate() + timedelta(days=5)))
    close(district)
    for fresh in (home, seen):
        fresh.union.refresh_from_db()
    with pytest.raises(UnionClosed):
        add_document(home, kind="identity", name="a.pdf", content=b"%PDF-1.4 %%EOF", by=By(clerk))
    with pytest.raises(UnionClosed):
        add_results(seen, Results(photos=[("a.jpg", JPEG)]), by=By(clerk))
    with pytest.raises(UnionClosed):
        raise_objection(shown, raised_on=localdate(), text="收入不实", by=By(clerk))
    assert not Document.objects.exists()


def test_no_family_goes_to_a_closed_union_but_one_may_leave_it(district, foreign_district, clerk):
    home = make.household(district)
    close(foreign_district)
    with pytest.raises(UnionClosed, match=words(foreign_district)):
        offer_household(home, to=foreign_district, reason="搬家", by=By(clerk))
    Union.objects.filter(pk=foreign_district.pk).update(closed_on=None)
    close(district)
    offer_household(home, to=Union.objects.get(pk=foreign_district.pk), reason="搬家", by=By(clerk))
    assert Transfer.objects.get().household == home


@pytest.mark.parametrize("days", [0, 1])
def test_workbook_for_a_closed_unit_is_refused_whole_from_its_day_on(district, grassroots, sibling, tmp_path, days):
    """From the day itself; on the day before it still comes in. Even rows that change nothing are not read."""
    close(district, localdate() + timedelta(days=days))
    outcome = import_workbook(write(valid_book(), tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    expected = [] if days else [(None, None, None, district.closed_words)]
    assert [(error.sheet, error.row, error.column, error.reason) for error in outcome.errors] == expected


def test_list_for_a_closed_unit_is_refused_whole(district, tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text("姓名,身份证号\n王建国,310101198001010017\n")
    close(district)
    outcome = import_list(understand(path, kinds=LIST_KINDS), unit=district, said=Said({}))
    assert (outcome.ok, outcome.reason) == (False, district.closed_words)


def test_pages_say_it_beside_the_file(client_of, clerk, district, tmp_path):
    close(district)
    client = client_of(clerk)
    book = write(valid_book(), tmp_path / "1.xlsx").read_bytes()
    page = client.post(CASES.url("upload"), {"file": SimpleUploadedFile("1.xlsx", book)})
    assert words(district) in page.text
    listed = "姓名,身份证号\n王建国,310101198001010017\n".encode()
    page = client.post(reverse("list_upload"), {"file": SimpleUploadedFile("1.csv", listed)})
    assert words(district) in page.text
    assert not WorkbookUpload.objects.exists()
    assert not ListUpload.objects.exists()


def test_form_of_a_batch_says_it_and_any_other_page_has_it_as_its_reason(client_of, clerk, district, campaign):
    shown = exemplar(district)
    close(district)
    client = client_of(clerk)
    given = {"campaign": campaign.year, "source": SOURCE, "method": "cash", "purpose": "助学款"}
    page = client.post(reverse("paymentbatch_create"), given)
    assert (page.status_code, words(district) in page.text) == (200, True)
    file = SimpleUploadedFile("a.jpg", JPEG)
    page = client.post(reverse("exemplar_detail", args=[shown.pk]), {"kind": "picture", "file": file})
    assert (page.status_code, words(district) in page.text) == (403, True)
    assert not PaymentBatch.objects.exists()


STILL_OPEN = [
    (ReportState.DRAFT, "填报中：合并后记录归“西山区总工会”，这份报表里不再有这些数。"),
    (ReportState.RETURNED, "已退回：合并后记录归“西山区总工会”，这份报表里不再有这些数。"),
    (ReportState.SUBMITTED, "已报送，按当时的数冻结；记录归“西山区总工会”后，会在两个单位的报表中各计一次"),
    (ReportState.ACCEPTED, "已接收，按当时的数冻结；记录归“西山区总工会”后，会在两个单位的报表中各计一次"),
]


@pytest.mark.parametrize(("state", "told"), STILL_OPEN)
def test_preview_of_a_merger_warns_of_reports(client_of, district, foreign_district, admin, state, told):
    year = localdate().year
    submissions.report(make.campaign(year), district, state)
    given = {"into": foreign_district.code, "on": localdate().isoformat()}
    page = client_of(admin).post(reverse("union_merge", args=[district.pk]), given).text
    assert f"“东湖区总工会” {year} 年度的报表{told}" in page
    assert "确认合并" in page


def test_preview_of_a_merger_is_silent_on_what_is_over_and_on_other_units(district, foreign_district, admin):
    year = localdate().year
    submissions.report(make.campaign(year - 1), district, ReportState.ACCEPTED)
    submissions.report(make.campaign(year), foreign_district, ReportState.SUBMITTED)
    assert try_merger(district, foreign_district, on=localdate(), by=By(admin)).warnings == []
    submissions.report(make.campaign(year - 2), district, ReportState.SUBMITTED)
    warned = try_merger(district, foreign_district, on=localdate(), by=By(admin)).warnings
    assert [words[: len(f"“东湖区总工会” {year - 2}")] for words in warned] == [f"“东湖区总工会” {year - 2}"]


def test_union_that_was_closed_can_still_be_merged_and_keeps_its_day(district, foreign_district, admin):
    """What it left unfinished goes on at the heir's; merged once it is merged for good."""
    home, day = make.household(district), localdate() - timedelta(days=30)
    close(district, day)
    merge_unions(district, foreign_district, on=localdate(), by=By(admin))
    home.refresh_from_db()
    district.refresh_from_db()
    assert (home.union, district.closed_on, district.merged_into) == (foreign_district, day, foreign_district)
    with pytest.raises(MoveRefused, match="已并入其他工会"):
        merge_unions(district, foreign_district, on=localdate(), by=By(admin))
