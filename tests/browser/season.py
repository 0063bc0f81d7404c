"""What clerks and leads do in a season, as steps in Chromium. Each step begins and ends wherever it likes."""

import io
import re

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from aid.models import Contribution
from aid.models.payments.funds import TO_CONFIRM
from aid.payments.confirming import confirm_contribution
from aid.workflow import AID_CASE_WORKFLOW
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.enums import Role
from portal.models import WorkbookUpload
from portal.models.upload import UploadState
from portal.web.navigation import AREAS, areas_of
from portal.workbook.importing.service import Outcome
from portal.workbook.uploading import agree_to_upload, digest_of
from tests.aid.paying import xlsx
from tests.factories import UserFactory

SLUG = re.compile("/([a-z0-9_]+)/[^/]*$")  # of the figure, in the address of its records


def go(target: Locator) -> None:
    """Press what opens another page and be there: a click alone may come back while the old page still stands."""
    with target.page.expect_navigation():
        target.click()


def menu(page: Page, name: str) -> None:
    """Open a page of the menu: an area, or a tab or an act of one, which is opened first unless it is open."""
    areas = page.get_by_role("navigation", name="主导航")
    if area := areas.get_by_role("link", name=name, exact=True).all():
        go(area[0])
        return
    if not on_page_of_area(page, name):
        shown = areas.get_by_role("link").all_inner_texts()
        go(areas.get_by_role("link", name=area_with(name, [label.strip() for label in shown]), exact=True))
    go(on_page_of_area(page, name)[0])


def area_with(name: str, shown: list[str]) -> str:
    """The area, of those that are shown, in which the page stands: for another role it may stand in another."""
    alike = (areas for areas in map(areas_of, AREAS) if [str(area.label) for area in areas] == shown)
    return next(str(area.label) for areas in alike for area in areas if any(it.label == name for it in area.items))


def on_page_of_area(page: Page, name: str) -> list[Locator]:
    """The tab of that name, or on the page of an area the button."""
    places = (page.locator("nav.portal-tabs"), page.locator(".desk-acts"))
    return [link for place in places for link in place.get_by_role("link", name=name, exact=True).all()]


def put(page: Page, answers: dict[str, str]) -> None:
    """Fill in the fields of these labels; what is to be chosen is given by its words."""
    for label, answer in answers.items():
        field = page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=answer)
        else:
            field.fill(answer)


def save(page: Page, answers: dict[str, str], button: str = "保存") -> None:
    """Fill in the form that is open and send it; it is accepted when another page opens."""
    put(page, answers)
    before = page.url
    go(page.get_by_role("button", name=button, exact=True).last)
    assert page.url != before, page.locator("main").inner_text()


def press(page: Page, name: str) -> None:
    go(page.get_by_role("link", name=name, exact=True).first)


def open_file(page: Page, worker: str, id_number: str, **others: str) -> str:
    """File a household; the address of its page."""
    menu(page, "困难职工家庭")
    press(page, "新建困难职工家庭")
    who = {"职工姓名": worker, "证件号码": id_number, "职工类别": "困难职工", "单亲": "否", "困难类别": "低保户"}
    save(page, who | others)
    return page.url


def add_child(page: Page, household: str, name: str, id_number: str, **others: str) -> str:
    """Put a child into a file; the address of the child's page."""
    page.goto(household)
    press(page, "新建子女")
    save(page, {"姓名": name, "证件号码": id_number} | others)
    return page.url


def apply_for_aid(page: Page, child: str, **terms: str) -> str:
    """A draft of an application with every policy answered; the address of its page."""
    page.goto(child)
    press(page, "新建助学申请")
    save(page, terms)
    case = page.url
    press(page, "填写")
    for outcome in page.get_by_label(re.compile("：落实情况$")).all():
        outcome.select_option(label="不适用")
    go(page.get_by_role("button", name="保存"))
    return case


def move(page: Page, case: str, name: str, **said: str) -> None:
    """Make one move with an application, on the page of the move; its own page has a button for the usual ones."""
    page.goto(case)
    expect(page.get_by_role("region", name="现在可以办理").get_by_text(name, exact=True)).to_be_visible()
    slug = next(move.name for move in AID_CASE_WORKFLOW.moves if move.label == name)
    page.goto(f"{case.partition('?')[0]}move/{slug}/")
    save(page, said, button=name)


def post_notice(page: Page, cases: list[str], **details: str) -> str:
    """Tick applications in the list and put them on notice; the address of the notice."""
    menu(page, "助学申请")
    for case in cases:
        page.locator(f"input[name=ids][value='{key_of(case)}']").check()
    go(page.get_by_role("button", name="公示", exact=True))
    put(page, details)
    go(page.get_by_role("button", name=re.compile("^确认：公示")))
    expect(page.get_by_text("已办理").first).to_be_visible()
    go(page.get_by_role("link", name=re.compile("^打开公示单")))
    return page.url


def key_of(address: str) -> str:
    """The number at the end of a record's address."""
    return address.rstrip("/").rpartition("/")[2]


def agree_to_imports() -> None:
    """The lead of the unit agrees to whatever waits, elsewhere."""
    for upload in WorkbookUpload.objects.filter(state=UploadState.WAITING):
        lead = UserFactory(role=Role.LEAD, union=upload.union)
        digest = digest_of(Outcome.loads(upload.outcome).held)
        agree_to_upload(upload, workbook=CASE_WORKBOOK, digest=digest, by=By(lead))


def raise_money(page: Page, **terms: str) -> None:
    menu(page, "资金筹集")
    press(page, "新建资金筹集")
    save(page, terms)
    for receipt in Contribution.objects.filter(TO_CONFIRM):
        confirm_contribution(
            receipt, without_voucher="票据随后补交", by=By(UserFactory(role=Role.LEAD, union=receipt.union))
        )


def make_batch(page: Page, **terms: str) -> str:
    """A batch of all that can be paid, handed over; the address of its page."""
    menu(page, "发放批次")
    go(page.get_by_role("link", name=re.compile("新建")).first)
    save(page, terms, button="下一步：挑选申请")
    go(page.get_by_role("button", name=re.compile("^加入筛选出的全部")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("发放批次")
    go(page.get_by_role("button", name="送复核"))
    return page.url


def tick_what_is_asked(page: Page) -> None:
    """The boxes by which one says that what is odd was looked at; a browser sends no form without them."""
    for box in page.locator("main input[type=checkbox][required]").all():
        box.check()


def release(page: Page, batch: str) -> None:
    page.goto(batch)
    press(page, "复核发放")
    tick_what_is_asked(page)
    go(page.get_by_role("button", name="复核发放"))
    expect(page.get_by_role("link", name="撤回发放")).to_be_visible()


def bank_file(page: Page, batch: str) -> list[tuple]:
    """The rows of the file that goes to the bank, as openpyxl reads them."""
    page.goto(batch)
    press(page, "银行文件")
    with page.expect_download() as started:
        page.get_by_role("button", name="下载银行文件").click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def take_return(page: Page, batch: str, sent: list[tuple], paid_on: str, failed: dict[str, str] | None = None) -> None:
    """Bring back what the bank answers to the plain layout: all paid but the accounts in `failed`, with the reason."""
    head, *rows = sent
    answer = [[*head, "处理结果", "失败原因"]]
    for row in rows:
        reason = (failed or {}).get(row[1])
        answer.append([*row, *(("失败", reason) if reason else ("成功", None))])
    page.goto(batch)
    press(page, "读入回盘文件")
    page.get_by_label("回盘文件").set_input_files(
        {"name": "回盘.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": xlsx(answer)}
    )
    put(page, {"银行入账日期": paid_on})
    go(page.get_by_role("button", name="读入"))
    expect(page.get_by_text(re.compile("^已读入"))).to_be_visible()


def figures(page: Page, form: str) -> dict[str, str]:
    """Every number on the form at this address, by the slug that its link carries."""
    page.goto(form)
    blanks = page.locator("a.annex-blank").all()
    return {SLUG.search(blank.get_attribute("href"))[1]: blank.inner_text() for blank in blanks}


def press_figure(page: Page, form: str, slug: str) -> None:
    """Open what a figure of the form counts."""
    page.goto(form)
    go(page.locator(f"a.annex-blank[href*='/{slug}/']"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def visit(page: Page, case: str, answers: dict[str, str], needs: tuple[str, ...] = ()) -> None:
    """Enter a visit to the child of an application, and tick what is to be done about it."""
    page.goto(case)
    go(page.get_by_role("main").locator("a[href^='/children/']").first)
    press(page, "新建走访慰问")
    for need in needs:
        page.get_by_label(need).check()
    save(page, answers)


def do_what_was_asked(page: Page, need: str, act: str, outcome: str) -> None:
    """Open a to-do of a visit, go by its button to where it is done, come back and settle it."""
    menu(page, "跟进事项")
    press(page, need)
    to_do = page.url
    press(page, act)
    expect(page.get_by_role("button", name="保存", exact=True).last).to_be_visible()
    page.goto(to_do)
    put(page, {"办理结果": outcome})
    go(page.get_by_role("button", name="已办结", exact=True))
    expect(page.get_by_text("已办结。")).to_be_visible()
