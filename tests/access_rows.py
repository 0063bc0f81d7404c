"""Who gets what at which address: the table that `test_access_matrix` tries, one row for every URL name.

A row lists the expected code of each actor, for GET and for POST, at an object inside the actor's scope. Objects are
made in four unions, seen from the district where clerk and lead work:

    own      the district         child   a grassroots union below it
    sibling  the other district   parent  the city               absent  no such object

Clerk and lead have own and child in scope; the people of the city have everything. Outside the scope, and for the
absent object, 200 and 302 become 404 (or what the row says in `outside`); a refusal (403, 405, log-in) stays what it
is, being given before the lookup.

To add an address: add its row to ROWS; for a new kind of record also a plant to PLANTS.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

from openpyxl import Workbook

from aid.models import MinimumIncome, UnitTable
from portal.api.resource import all_resources
from portal.api.site import NAMESPACE
from portal.audit import By
from portal.desk.announcing import Words, announce
from portal.enums import OwnStandards, Role, UnionKind
from portal.models import (
    AccountBatch,
    AccountRequest,
    ApiToken,
    Campaign,
    CodeChange,
    DeskHandover,
    Job,
    RevealRequest,
    Union,
    User,
    Webhook,
    WorkbookUpload,
    WorkdayException,
)
from portal.models.upload import UploadState
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.service import Outcome
from reports.enums import ReportState
from reports.figures.own import OwnFigure
from reports.models import CityNarrative, Comment, Consolidation, Note, Report, ReportEvent
from tests import builders
from tests.access import (
    ABSENT,
    ACTORS,
    ASKERS,
    EXPORTERS,
    KEEPERS,
    LOGIN,
    NO_POST,
    READERS,
    RELATIONS,
    REVEALERS,
    WORKBOOK_EXPORTERS,
    YEAR,
    Canary,
    Codes,
    Named,
    Row,
    codes,
    editing_rows,
    grid_rows,
    kept_file_row,
    own_kind_rows,
    record_row,
    record_rows,
    revealing_row,
    revealing_rows,
    sheets_row,
    voiding_rows,
)
from tests.aid import asking, visiting
from tests.aid import cases as casework
from tests.aid.paying import batch_in, layout, voucher_of
from tests.builders import KIND_NAMES, one_of_each
from tests.employment.access import EMPLOYMENT_PLANTS, EMPLOYMENT_ROWS
from tests.factories import UserFactory, make_union
from tests.reports import builders as make
from tests.reports.getting_ready import frozen, with_files
from tests.reports.own_forms import with_own_form
from tests.reports.submissions import hand_in, report


def account_in(union: Union) -> dict:
    role = Role.REVIEWER if union.is_city else Role.CLERK
    return {"pk": UserFactory(role=role, union=union).pk}


def account_request_in(union: Union) -> dict:
    account, asking = (
        User.objects.get(**account_in(union)),
        UserFactory(role=Role.SECURITY, union=Union.objects.get(depth=1)),
    )
    asked = AccountRequest.objects.create(act="reset", username=account.username, union=union, asked_by=asking)
    return {"pk": asked.pk}


def account_batch(_union: Union) -> dict:
    """A list of accounts, which is of no union: who keeps accounts sees all."""
    city = Union.objects.get(depth=1)
    rows: list[dict] = []
    batch = AccountBatch(brought_by=UserFactory(role=Role.SECURITY, union=city), file_name="名单.xlsx", content=b"")
    batch.rows = rows
    batch.save()
    return {"pk": batch.pk}


def handover_in(union: Union) -> dict:
    before, after = (User.objects.get(**account_in(union)) for _turn in range(2))
    by = UserFactory(role=Role.SECURITY, union=Union.objects.get(depth=1))
    told = {"given": [], "left": [], "drafts": [], "stayed": 0, "waiting": [], "days": []}
    made = DeskHandover.objects.create(union=union, predecessor=before, successor=after, done_by=by, told=told)
    return {"pk": made.pk}


def reveal_request_in(union: Union) -> dict:
    auditor = UserFactory(role=Role.AUDITOR, union=Union.objects.get(depth=1))
    asked = RevealRequest.objects.create(
        kind="household", record=1, subject="困难职工家庭 1", address="/", union=union, reason="核对", asked_by=auditor
    )
    return {"pk": asked.pk}


def planted_account(union: Union, mark: str) -> list[Canary]:
    """`mark` is two Chinese characters that occur nowhere else."""
    UserFactory(name=f"账号{mark}", role=Role.REVIEWER if union.is_city else Role.CLERK, union=union)
    return [Canary(f"账号{mark}", shown=False, case=False)]


def planted_system(union: Union, mark: str) -> list[Canary]:
    """The security administrator alone sees who is let in."""
    UserFactory(name=f"系统{mark}", role=Role.SYSTEM, union=union)
    return [Canary(f"系统{mark}", shown=False, case=False, unit=False)]


def planted_union(union: Union, mark: str) -> list[Canary]:
    make_union(union, f"9{union.code[-8:]}9", f"{mark}分会", UnionKind.GRASSROOTS)
    return [Canary(f"{mark}分会", case=False)]


def planted_records(union: Union, mark: str) -> list[Canary]:
    """A record of every kind. Names are on lists and pages; identity numbers are masked everywhere."""
    made = one_of_each(union, mark)
    people = (made["household"].worker, made["child"].person, made["graduate"].person)
    words = ("曾建国", "曾小丽", "曾大学", "出资方", "走访人", "机械厂", "培训中心", "招聘会")
    return [Canary(f"{mark}{word}") for word in words] + [Canary(who.id_number, shown=False) for who in people]


FUNDS_ROW = {"业务编号": "Z1", "收款日期": date(YEAR, 3, 1), "来源": "社会捐助", "金额(元)": 100}


def upload_in(union: Union, *, mark: str = "", state: UploadState = UploadState.FAULTY) -> WorkbookUpload:
    """A workbook uploaded in `union`; `mark` stands in its name, a cell, its fault and a notice."""
    row = FUNDS_ROW | {"工会编码": union.code, "出资方": f"{mark}格"}
    spreadsheet, file = Workbook(), BytesIO()
    spreadsheet.active.title = "资金筹集"
    spreadsheet.active.append(list(row))
    spreadsheet.active.append(list(row.values()))
    spreadsheet.save(file)
    fault = WorkbookError("资金筹集", 2, "出资方", f"{mark}格", f"{mark}因")
    errors = [fault] if state == UploadState.FAULTY else []
    upload = WorkbookUpload(
        uploaded_by=UserFactory(role=Role.CLERK, union=union, name=f"上传{mark}"),
        file_name=f"{mark}工作簿.xlsx",
        content=file.getvalue(),
        state=state,
        outcome=Outcome(dry_run=True, notices=[f"{mark}提示"], errors=errors).dumps(),
    )
    upload.place_in(union)
    upload.save()
    return upload


def planted_upload(union: Union, mark: str) -> list[Canary]:
    """A faulty workbook. Only those who import see it, of whom the city has none."""
    upload_in(union, mark=mark)
    words = ("工作簿.xlsx", "格", "因", "提示")
    return [Canary(f"{mark}{word}", shown=False) for word in words] + [Canary(f"上传{mark}", shown=False, case=False)]


def household_row(name: str, *, get: Codes, post: Codes, **fields) -> Row:
    """A page or a button of a household's file."""

    def made(union: Union) -> dict:
        return {"pk": builders.household(union).pk}

    return Row(f"household_{name}", get=get, post=post, make=made, **fields)


def household_in(union: Union) -> dict:
    return {"pk": builders.household(union).pk}


def document_in(union: Union) -> dict:
    return {"pk": builders.document(builders.household(union)).pk}


def year_of_own_standards() -> Campaign:
    campaign = Campaign.objects.open(YEAR)
    campaign.own_standards = OwnStandards.APPROVED
    campaign.save()
    return campaign


def unit_table_in(union: Union) -> dict:
    """Standards of its own that the unit has asked the city for."""
    lead = UserFactory(role=Role.LEAD, union=union)
    made = UnitTable(campaign=year_of_own_standards(), state="asked_city", grounds="会议纪要", set_by=lead)
    made.place_in(union)
    made.save()
    return {"pk": made.pk}


def transfer_in(union: Union) -> dict:
    """A household of `union` on its way to a union of its own below it, so that scope and side are the same."""
    code = f"8{union.code[-8:]}8"
    to = Union.objects.filter(code=code).first() or make_union(union, code, "接收工会", UnionKind.GRASSROOTS)
    return {"pk": builders.transfer(builders.household(union), to).pk}


def planted_papers(union: Union, mark: str) -> list[Canary]:
    """A paper and a transfer in a household's file."""
    home = builders.household(union, f"{mark}转户")
    builders.document(home, name=f"{mark}材料.pdf")
    builders.transfer(home, Union.objects.get(depth=1), state="cancelled")
    return [Canary(f"{mark}转户"), Canary(f"{mark}材料.pdf", shown=False)]


def withdrawn_word(_union: Union) -> dict:
    """A word that is offered no more; code lists are of no union."""
    taken = {"list_name": "housing", "code": "borrowed", "act": "word_withdrawn", "year": 2020, "reason": "通知"}
    CodeChange.objects.get_or_create(**taken, defaults={"number": 1})
    return {"name": "housing", "code": "borrowed"}


def code_list_rows() -> Iterator[Row]:
    """Everybody reads them; the reviewer and the administrator keep them."""
    one = {"make": lambda _union: {"name": "housing"}, "absent": {"name": "no-such-list"}, "outside": 404}
    yield Row("codelist_list", get=codes(200), post=codes(405))
    yield Row("codelist_export", get=codes(200), post=codes(405))
    for name in ("codelist_show", "codelist_words"):
        yield Row(name, get=codes(200), post=codes(405), scope=EVERYWHERE, **one)
    for name in ("codelist_add", "codelist_order"):
        yield Row(name, get=codes(**CITY_KEEPS), post=codes(**CITY_KEEPS), **one)
    word = one | {"make": lambda _union: {"name": "housing", "code": "owned"}}
    word |= {"absent": {"name": "housing", "code": "no-such-word"}}
    yield Row("codelist_withdraw", get=codes(**CITY_KEEPS), post=codes(**CITY_KEEPS), **word)
    word |= {"make": withdrawn_word}
    yield Row("codelist_give_back", get=codes(**CITY_KEEPS), post=codes(**CITY_KEEPS), **word)


def standard_of(_union: Union) -> dict:
    return {"pk": MinimumIncome.objects.get_or_create(year=YEAR, city="示例市", defaults={"monthly": 710})[0].pk}


CITY_KEEPS = {"reviewer": 200, "admin": 200}

IMPORTERS = {"clerk": 200}
ABSENT_UPLOAD = {"pk": UUID(int=0)}
ABSENT_UNION = {"code": "999999"}


def upload_row(name: str, *, get: int, post: int, state: UploadState = UploadState.FAULTY) -> Row:
    """A page about an uploaded workbook, for the clerk alone."""

    def made(union: Union) -> dict:
        return {"pk": upload_in(union, state=state).pk}

    return Row(name, get=codes(clerk=get), post=codes(clerk=post), make=made, absent=ABSENT_UPLOAD)


def figures_row(name: str, *, named: Named = Named.IN_PATH, code: str = "code", **arguments) -> Row:
    """A page or a download of the figures of a union, which the address names by its code."""

    def made(union: Union) -> dict:
        Campaign.objects.open(YEAR)
        return {code: union.code, **arguments}

    return record_row(name, made, absent={code: ABSENT_UNION["code"], **arguments}, named=named)


def year_of_campaign(union: Union) -> dict:
    """The whole city's figures are of no union: the address names the year alone."""
    return {"year": Campaign.objects.open(YEAR).year}


def code_of(union: Union) -> dict:
    return {"unit": union.code}


def report_of(union: Union) -> Report:
    """The report of the reporting unit that `union` belongs to; the city's own for the city."""
    return Report.objects.open(Campaign.objects.open(YEAR), union.reporting_unit())


def planted_report(union: Union, mark: str) -> list[Canary]:
    """A report with its contact, live and handed in; a union below a reporting unit has none."""
    if union.reporting_unit() != union:
        return []
    report = report_of(union)
    Report.objects.filter(pk=report.pk).update(contact_name=f"{mark}填报")
    frozen(report_of(union))
    return [Canary(f"{mark}填报")]


def report_row(name: str, get: dict, post: dict, **arguments) -> Row:
    """A page about the report of a unit."""

    def made(union: Union) -> dict:
        report = report_of(union)
        with_files(report)
        return {"pk": report.pk, **arguments}

    return Row(name, get=codes(**get), post=codes(**post), make=made, absent=ABSENT | arguments)


def report_with_own_form(union: Union) -> dict:
    """A report of a campaign that asks for a figure to be typed in."""
    campaign = with_own_form(Campaign.objects.open(YEAR + 1))
    return {"pk": Report.objects.open(campaign, union.reporting_unit()).pk, "slug": "raised_foundation"}


def comment_row(name: str, **arguments) -> Row:
    """What is said about a report: an auditor only reads it."""
    row = report_row(name, READERS, READERS | {"clerk": 302, "lead": 302, "reviewer": 302, "auditor": 403}, **arguments)
    return replace(row, data={"text": "请核对"})


def submission_row(name: str, *, again: bool = False, **arguments) -> Row:
    """A page about what a unit handed in, or handed in `again`."""

    def made(union: Union) -> dict:
        if again:
            frozen(report_of(union))
        report = report_of(union)
        with_files(report)
        return {"pk": frozen(report).pk, **arguments}

    return record_row(name, made, absent=ABSENT | arguments)


def code_of_submission(union: Union) -> dict:
    return {"code": frozen(report_of(union)).code}


def unit_that_begins(union: Union) -> dict:
    Campaign.objects.open(YEAR)
    return {"year": YEAR, "code": union.reporting_unit().code}


PREPARERS = {"clerk": 200, "lead": 200}


def report_under_review(union: Union) -> dict:
    """A report of `union` that was handed in twice."""
    campaign = Campaign.objects.open(YEAR)
    of = report(campaign, union, ReportState.UNDER_REVIEW, aided=3)
    hand_in(of, aided=4)
    return {"pk": of.pk}


def unit_with_due_date(union: Union) -> dict:
    """The reporting unit of `union`; of the city, a new one."""
    year = Campaign.objects.open(YEAR).year
    unit = make_union(union, "310099", "新设区总工会", UnionKind.DISTRICT) if union.is_city else union.reporting_unit()
    return {"year": year, "code": unit.code}


def job_of_another(union: Union) -> dict:
    """A finished job that a colleague started."""
    owner = UserFactory(role=Role.REVIEWER, union=union)
    return {"pk": Job.objects.create(kind="bundle", owner=owner, arguments={"year": YEAR, "with_pdf": False}).pk}


def own_figure(union: Union) -> dict:
    """A figure of a campaign's own, which like the campaign is of no union."""
    year = year_of_campaign(union)["year"]
    own = OwnFigure("orphans", "孤儿", "persons", "typed")
    Campaign.objects.filter(year=year).update(forms={"figures": [own.dump()]})
    return {"year": year, "slug": own.slug}


def campaign_row(name: str, *, get: int = 200, post: int = 200, make=year_of_campaign, **arguments) -> Row:
    """A page on which the department sets up a campaign, which is of no union."""

    def made(union: Union) -> dict:
        return make(union) | arguments

    absent = {"year": 1999} | ({"slug": "orphans"} if make is own_figure else {}) | arguments
    return Row(name, get=codes(reviewer=get), post=codes(reviewer=post), make=made, absent=absent)


def consolidation_kept(_union: Union) -> dict:
    """A consolidation is of no union; only people of the city open it."""
    made = Consolidation.objects.create(
        campaign=Campaign.objects.open(YEAR),
        made_by=UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1)),
        submissions=[],
        missing=[],
        totals={"aided": "3.00"},
        digest="0" * 64,
    )
    return {"pk": made.pk}


def city_summary(union: Union) -> dict:
    """The city's own text, of the year that is asked for."""
    made_by = UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))
    text = {"work": "逐户走访。", "made_by": made_by}
    CityNarrative.objects.get_or_create(campaign=Campaign.objects.open(YEAR), defaults=text)
    return year_of_campaign(union)


def planted_return(union: Union, mark: str) -> list[Canary]:
    """A report given back with a comment, which only its unit and the reviewers read."""
    of = report(Campaign.objects.open(YEAR), union, ReportState.RETURNED)
    ReportEvent.objects.create(
        report=of,
        move="return",
        state=of.state,
        actor=UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1)),
        comment=f"{mark}退回意见",
        submission=of.submission,
    )
    return [Canary(f"{mark}退回意见")]


def planted_remarks(union: Union, mark: str) -> list[Canary]:
    """A comment and a note of the department about the same report."""
    of = report(Campaign.objects.open(YEAR), union, ReportState.RETURNED)
    author = UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))
    Comment.objects.create(report=of, text=f"{mark}批注", author=author)
    Note.objects.create(report=of, text=f"{mark}内部备注", author=author)
    return [Canary(f"{mark}批注"), Canary(f"{mark}内部备注", unit=False)]


# An announcement is to the people of one union, not to those above or below it.
EVERYWHERE = {actor: set(RELATIONS) - {"absent"} for actor in ACTORS}  # it is of no union
OWN_UNION = {"clerk": {"own"}, "lead": {"own"}} | {actor: {"parent"} for actor in ACTORS[3:]}


def announcement_to(union: Union, *, mark: str = "") -> dict:
    sender = UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))
    (made,) = announce([Words(union, f"{mark}通知标题", f"{mark}通知内容")], by=By(sender))
    return {"pk": made.pk}


def planted_announcement(union: Union, mark: str) -> list[Canary]:
    """An announcement, which the reviewer sees where it is to the city itself."""
    announcement_to(union, mark=mark)
    return [Canary(f"{mark}{word}", shown=union.is_city, case=False) for word in ("通知标题", "通知内容")]


CITY = {"reviewer": 200, "auditor": 200}
CITY_NO_POST = dict.fromkeys(CITY, 405)


def review_row(name: str, *, get: int = 200, post: int = 405, **fields) -> Row:
    """A page of the reviewer about one report."""
    return Row(name, get=codes(reviewer=get), post=codes(reviewer=post), **{"make": report_under_review} | fields)


def planted_batch(union: Union, mark: str) -> list[Canary]:
    batch_in(union, purpose=f"{mark}助学款")
    return [Canary(f"{mark}助学款")]


def batch_row(name: str, *, get: Codes, post: Codes, state: str = "draft", method: str = "card", **fields) -> Row:
    """A page about a payment batch."""

    def made(union: Union) -> dict:
        return {"pk": batch_in(union, state, method).pk}

    return Row(f"paymentbatch_{name}", get=get, post=post, make=made, **fields)


def item_in(union: Union) -> dict:
    return {"pk": batch_in(union, "released").items.get().pk}


def unconfirmed_in(union: Union) -> dict:
    return {"pk": make.contribution(union, confirmed_amount=0).pk}


def voucher_in(union: Union) -> dict:
    return {"pk": voucher_of(make.contribution(union)).pk}


def pending_in(union: Union) -> dict:
    return {"pk": make.payment(union, status="pending").pk}


# Of no union: what is shown is what lies in the scope of who asks.
OF_NO_UNION = {"absent": {"year": 1999}, "scope": {actor: set(RELATIONS) for actor in ACTORS}}
PREPARE, RELEASE, PRESS = {"clerk": 200}, {"lead": 200}, {"clerk": 302}
CASH_SHEET = {"get": codes(**READERS), "post": codes(**NO_POST), "state": "released", "method": "cash"}


def payment_rows() -> Iterator[Row]:
    """The ledger, batches and their files, coverage and the path of the money."""
    yield from editing_rows("contribution")
    yield Row("contribution_confirm", get=codes(**RELEASE), post=codes(**RELEASE), make=unconfirmed_in)
    yield Row("contribution_voucher_add", get=codes(**PREPARE), post=codes(**PREPARE), make=unconfirmed_in)
    yield kept_file_row("contribution_voucher", voucher_in)
    yield Row("contribution_voucher_remove", get=codes(clerk=405), post=codes(clerk=302), make=voucher_in)
    for name in ("ledger", "coverage", "paymentbatch_list", "batchitem_list", "banklayout_list"):
        yield record_row(name)
    yield Row("ledger_proof", get=codes(auditor=200), post=codes(auditor=405))
    for name in ("ledger_export", "banklayout_export"):
        yield record_row(name)
    for name in ("paymentbatch_export", "batchitem_export"):
        yield Row(name, get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405)))
    yield Row("paymentbatch_create", get=codes(**PREPARE), post=codes(**PREPARE))
    yield batch_row("detail", get=codes(**READERS), post=codes(**NO_POST))
    for name in ("pick", "items"):
        yield batch_row(name, get=codes(**PREPARE), post=codes(**PRESS))
    yield batch_row("check", get=codes(**PREPARE), post=codes(clerk=405))
    yield batch_row("cancel", get=codes(**PREPARE), post=codes(**PREPARE))
    yield batch_row("release", get=codes(**RELEASE), post=codes(**RELEASE))
    yield batch_row("hand_over", get=codes(clerk=405), post=codes(**PRESS))
    yield batch_row("return", get=codes(**RELEASE), post=codes(**RELEASE))
    yield batch_row("recall", get=codes(**RELEASE), post=codes(**RELEASE), state="released")
    yield batch_row("reissue", get=codes(clerk=405), post=codes(**PRESS), state="settled")
    for name in ("bank_file", "return_file"):
        yield batch_row(name, get=codes(**PREPARE), post=codes(**PREPARE), state="released")
    yield batch_row("receipt", **CASH_SHEET)
    yield batch_row("voucher", **CASH_SHEET)
    yield batch_row("sign", get=codes(**PREPARE), post=codes(**PREPARE), state="released", method="cash")
    yield batch_row("unsign", get=codes(**RELEASE), post=codes(**RELEASE), state="released", method="cash")
    yield record_row("batchitem_detail", item_in)
    yield Row(
        "batchitem_reveal",
        get=codes(**NO_POST),
        post=codes(**ASKERS),
        make=item_in,
        data={"reason": "check"},
    )
    yield Row("disbursement_sign", get=codes(**PREPARE), post=codes(**PREPARE), make=pending_in)
    for name in ("payment_path", "payment_path_export"):
        yield record_row(name, year_of_campaign, **OF_NO_UNION)
    slug = {"slug": "in_full"}
    listed = OF_NO_UNION | {"absent": {"year": 1999} | slug}
    yield record_row("coverage_cases", lambda union: year_of_campaign(union) | slug, **listed)
    yield Row(
        "coverage_export",
        get=codes(**EXPORTERS),
        post=codes(**dict.fromkeys(EXPORTERS, 405)),
        make=lambda union: year_of_campaign(union) | slug,
        **listed,
    )
    yield Row("banklayout_create", get=codes(reviewer=200), post=codes(reviewer=200))
    yield Row(
        "banklayout_edit",
        get=codes(reviewer=200),
        post=codes(reviewer=200),
        make=lambda _union: {"pk": layout().pk},
    )


def draft_in(union: Union) -> dict:
    return {"pk": casework.case(union).pk}


def open_row(name: str, nobodys: dict | None = None) -> Row:
    """An address open to all, signed in or not; where it names a page, one that nobody has."""
    code = 404 if nobodys else 200
    made = {"make": lambda _union: nobodys, "absent": nobodys} if nobodys else {}
    return Row(name, get=codes(code) | {"anonymous": code}, post=codes(405) | {"anonymous": 405}, **made)


def notice_in(union: Union) -> dict:
    return {"pk": casework.notice(union, casework.case(union, "submitted"), photo=False).pk}


def noticed_in(union: Union) -> dict:
    return {"pk": casework.noticed(casework.on_notice(union)).pk}


def objection_in(union: Union) -> dict:
    return {"pk": casework.objection(casework.on_notice(union)).pk}


def objection_file_in(union: Union) -> dict:
    return {"pk": casework.objection_file(casework.on_notice(union)).pk}


def planted_notice(union: Union, mark: str) -> list[Canary]:
    """A notice with a case and an objection to it."""
    of = casework.case(union, "submitted")
    casework.notice(union, of, place=f"{mark}公告栏")
    casework.objection(of, text=f"{mark}异议")
    return [Canary(f"{mark}公告栏"), Canary(f"{mark}异议", shown=False)]


def closable(union: Union) -> dict:
    """A union of its own below `union`: the city is not closed."""
    code = f"7{union.code[-8:]}7"
    made = Union.objects.filter(code=code).first() or make_union(union, code, "待撤销工会", UnionKind.GRASSROOTS)
    return {"pk": made.pk}


def holiday(_union: Union) -> dict:
    """A day of the official calendar, which belongs to no union."""
    return {"pk": WorkdayException.objects.get_or_create(day=date(2014, 10, 1), defaults={"is_workday": False})[0].pk}


PLANTS: tuple[Callable[[Union, str], list[Canary]], ...] = (
    planted_system,
    planted_account,
    planted_union,
    planted_records,
    planted_notice,
    planted_upload,
    planted_report,
    planted_return,
    planted_papers,
    planted_remarks,
    planted_announcement,
    planted_batch,
    *EMPLOYMENT_PLANTS,
)


CASEWORK_ROWS = (
    *(
        Row(
            f"own_list_{act}",
            get=codes(clerk=405, lead=405, reviewer=405, auditor=405),
            post=codes(**dict.fromkeys(READERS, 302)),
            make=lambda union: {"kind": "household"},
            absent={"kind": "nobody"},
            scope={actor: set(RELATIONS) for actor in ACTORS},
        )
        for act in ("arrange", "years", "filter_save", "filter_forget")
    ),
    Row("draft_keep", get=codes(clerk=405), post=codes(clerk=413)),
    Row("draft_forget", get=codes(clerk=405), post=codes(clerk=302)),
    Row(
        "aidcase_create",
        get=codes(clerk=200),
        post=codes(clerk=200),
        make=lambda union: {"child": one_of_each(union)["child"].pk},
        absent={"child": ABSENT["pk"]},
        named=Named.IN_QUERY,
    ),
    Row("aidcase_edit", get=codes(clerk=200), post=codes(clerk=200), make=draft_in),
    Row(
        "case_batch",
        get=codes(**dict.fromkeys(READERS, 302)),
        post=codes(clerk=200),
        make=lambda union: {"ids": draft_in(union)["pk"]},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
        data={"action": "submit"},
    ),
    Row(
        "case_move",
        get=codes(clerk=200),
        post=codes(clerk=200),
        make=lambda union: draft_in(union) | {"name": "submit"},
        absent=ABSENT | {"name": "submit"},
    ),
    Row("family_create", get=codes(**KEEPERS), post=codes(**KEEPERS)),
    Row("family_check", get=codes(clerk=405), post=codes(**KEEPERS)),
    Row(
        "household_national_export",
        get=codes(**EXPORTERS),
        post=codes(**WORKBOOK_EXPORTERS),
        data={"reason": "check", "filters": ""},
    ),
    # Nothing is ticked: back to the list.
    Row("case_contacts", get=codes(clerk=405, lead=405), post=codes(clerk=302, lead=302), data={"reason": "call"}),
    Row("case_check", get=codes(lead=200), post=codes(lead=200)),
    Row("case_decide", get=codes(lead=200), post=codes(lead=200)),
    Row("case_renewal", get=codes(clerk=200), post=codes(clerk=200)),
    Row(
        "case_policies_many",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=lambda union: {"ids": draft_in(union)["pk"]},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    Row("case_pair", get=codes(clerk=405), post=codes(clerk=302), make=draft_in),
    Row("case_shares", get=codes(clerk=200), post=codes(clerk=302), make=draft_in),
    Row("case_policies", get=codes(clerk=200), post=codes(clerk=200), make=draft_in),
    record_row("aidstandard_list"),
    record_row("aidstandard_export"),
    Row(
        "aidstandard_edit",
        get=codes(reviewer=200),
        post=codes(reviewer=302),
        make=lambda _union: {"year": Campaign.objects.open(YEAR).year},
        absent={"year": 1999},
        data=casework.BLANK_STANDARDS,
    ),
    record_row("unittable_list"),
    record_row("unittable_export"),
    record_row("unittable_show", unit_table_in),
    # No campaign lets a unit set its own unless the city says so.
    Row(
        "unittable_set",
        get=codes(lead=200),
        post=codes(lead=200),
        make=lambda _union: {"year": year_of_own_standards().year},
        absent={"year": 1999},
        scope={actor: set(RELATIONS) - {"absent"} for actor in ACTORS},  # a year is of no union
    ),
    Row(
        "unittable_move",
        get=codes(reviewer=405),
        post=codes(reviewer=302),
        make=lambda union: unit_table_in(union) | {"name": "agree"},
        absent=ABSENT | {"name": "agree"},
    ),
    record_row("publicnotice_list"),
    record_row("publicnotice_detail", notice_in),
    Row("publicnotice_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    record_row("publicnotice_print", notice_in),
    sheets_row("publicnotice_print", notice_in),
    # There is no photo yet.
    Row("publicnotice_photo", get=codes(**dict.fromkeys(READERS, 404)), post=codes(clerk=302), make=notice_in),
    Row("publicnotice_place", get=codes(clerk=200), post=codes(clerk=200), make=notice_in),
    Row("publicnotice_take_down", get=codes(clerk=405), post=codes(clerk=302), make=notice_in),
    Row("objection_create", get=codes(clerk=200), post=codes(clerk=200), make=noticed_in),
    Row("objection_show", get=codes(**READERS), post=codes(**READERS), make=objection_in),
    Row("objection_correct", get=codes(lead=302), post=codes(lead=200), make=objection_in),
    kept_file_row("objection_file", objection_file_in),
    # Nobody's token: what a real one shows is tried in test_notices.
    Row(
        "notice_board",
        get=codes(404) | {"anonymous": 404},
        post=codes(405) | {"anonymous": 405},
        make=lambda _union: {"token": "nobody"},
        absent={"token": "nobody"},
    ),
    open_row("public_index"),
    open_row("robots"),
    # Nobody's page: what a real one shows is tried in test_public_page.
    *(open_row(name, {"code": "nobody"}) for name in ("public_page", "public_figures", "public_feed")),
    open_row("public_feed_atom", {"code": "nobody"}),
    open_row("public_picture", {"code": "nobody", "pk": ABSENT["pk"]}),
    Row("openness", get=codes(lead=200, reviewer=200), post=codes(lead=302, reviewer=302), data={"version": "0"}),
    Row("calendar_show", get=codes(200), post=codes(405)),
    Row("calendar_download", get=codes(200), post=codes(405)),
    Row("calendar_day", get=codes(admin=200), post=codes(admin=200)),
    Row("calendar_day_remove", get=codes(admin=405), post=codes(admin=302), make=holiday),
    Row("calendar_import", get=codes(admin=200), post=codes(admin=200)),
    *code_list_rows(),
)


def sponsor_in(union: Union) -> dict:
    return {"pk": visiting.sponsor_of_its_own(union).pk}


def organisation_in(union: Union) -> dict:
    return {"pk": visiting.organisation(union).pk}


def help_row(view: str, /, **named: str) -> Row:
    """A page of the manual, the same for whoever is signed in; one that is not there is a 404."""
    return Row(
        view,
        get=codes(200),
        post=codes(405),
        make=lambda _union: named,
        absent=dict.fromkeys(named, "nothing"),
        scope=EVERYWHERE,
    )


VISIT_ROWS = (
    *editing_rows("visit", "child"),
    # Somebody else's people are nobody chosen: back to the list.
    Row(
        "visit_many",
        get=codes(clerk=302),
        post=codes(clerk=200),
        data={"kind": "child"},
        make=lambda union: {"ids": builders.child(union).pk},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    kept_file_row("visit_photo", visiting.photo_in),
    Row("visit_photo_remove", get=codes(clerk=405), post=codes(clerk=302), make=visiting.photo_in),
    record_row("followup_list"),
    Row(
        "followup_many",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=lambda union: {"ids": visiting.follow_up_in(union)["pk"]},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    Row("followup_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    # Who keeps records settles it there; the form is sent empty.
    Row("followup_detail", get=codes(**READERS), post=codes(clerk=200), make=visiting.follow_up_in),
    record_row("visitplan"),
    Row("visitplan_forms", get=codes(**dict.fromkeys(READERS, 302)), post=codes(**dict.fromkeys(READERS, 405))),
    Row("visitplan_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    Row("visitplan_route", get=codes(**NO_POST | {"auditor": 403}), post=codes(**REVEALERS), data={"reason": "visit"}),
    Row(
        "visitplan_route_sheet",
        get=codes(**NO_POST | {"auditor": 403}),
        post=codes(**REVEALERS),
        data={"reason": "visit"},
    ),
    revealing_row("visit_print", lambda union: {"pk": builders.visit(union).pk}),
    *editing_rows("practicepost"),
    *own_kind_rows("sponsor", visiting.sponsor_of_its_own),
    Row("sponsor_reveal", get=codes(**NO_POST), post=codes(**ASKERS), make=sponsor_in, data={"reason": "check"}),
    record_row("sponsor_letter", sponsor_in),
    *own_kind_rows("pairing", visiting.pairing, parent="child"),
    record_row("pairing_sides"),
    *own_kind_rows("practiceplacement", visiting.placement, parent="child"),
    *own_kind_rows("organisation", visiting.organisation),
    Row(
        "organisation_reveal",
        get=codes(**NO_POST),
        post=codes(**ASKERS),
        make=organisation_in,
        data={"reason": "check"},
    ),
    *own_kind_rows("project", visiting.project),
    *own_kind_rows("projectgain", visiting.project_gain, editable=False),
    Row(
        "projectgain_create",
        get=codes(clerk=200),
        post=codes(clerk=400),
        make=lambda union: {"project": visiting.project(union).pk},
        absent={"project": ABSENT["pk"]},
        named=Named.IN_QUERY,
    ),
    Row(
        "projectgain_edit",
        get=codes(clerk=200),
        post=codes(clerk=200),
        make=lambda union: {"pk": visiting.project_gain(union).pk},
    ),
    *own_kind_rows("projectpayment", visiting.project_payment, editable=False),
    Row(
        "projectpayment_create",
        get=codes(clerk=200),
        post=codes(clerk=200),
        make=lambda union: {"project": visiting.project(union).pk},
        absent={"project": ABSENT["pk"]},
        named=Named.IN_QUERY,
    ),
    Row(
        "projectpayment_edit",
        get=codes(clerk=200),
        post=codes(clerk=200),
        make=lambda union: {"pk": visiting.project_payment(union).pk},
    ),
    Row(
        "project_move",
        get=codes(clerk=200),
        post=codes(clerk=200),
        make=lambda union: {"pk": visiting.project(union).pk, "name": "stop"},
        absent=ABSENT | {"name": "stop"},
    ),
    Row(
        "project_gave",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=lambda union: {"ids": builders.child(union).pk},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    *own_kind_rows("activity", visiting.activity),
    *own_kind_rows("participation", visiting.participation, editable=False),
    Row(
        "activity_children",
        get=codes(clerk=200),
        post=codes(clerk=400),
        make=lambda union: {"pk": visiting.activity(union).pk},
    ),
    # Somebody else's children are nobody chosen: back to the list.
    Row(
        "activity_came",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=lambda union: {"ids": builders.child(union).pk},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    *own_kind_rows("office", asking.office),
    *own_kind_rows("officequestion", asking.question, parent="household", detail_post=codes(clerk=200)),
    kept_file_row("officequestion_paper", asking.paper_in),
    Row("officequestion_paper_remove", get=codes(clerk=405), post=codes(clerk=302), make=asking.paper_in),
    Row("office_reveal", get=codes(**NO_POST), post=codes(**ASKERS), make=asking.office_in, data={"reason": "check"}),
    Row(
        "officequestion_reveal",
        get=codes(**NO_POST),
        post=codes(**ASKERS),
        make=asking.question_in,
        data={"reason": "check"},
    ),
    *own_kind_rows("exemplar", visiting.exemplar, detail_post=codes(clerk=200)),
    Row("exemplar_publish", get=codes(clerk=405), post=codes(clerk=302), make=visiting.public_exemplar_in),
    Row("exemplar_withdraw", get=codes(clerk=405), post=codes(clerk=302), make=visiting.public_exemplar_in),
    record_row("exemplar_print", visiting.public_exemplar_in),
    kept_file_row("exemplar_file", visiting.exemplar_file_in),
    Row("exemplar_file_remove", get=codes(clerk=405), post=codes(clerk=302), make=visiting.exemplar_file_in),
)


def numbered(_union: Union) -> dict:
    """An address of the interface that names a record: who asks is looked at before the record is."""
    return {"id": 1}


def api_rows() -> Iterator[Row]:
    """The interface knows nobody by a session; what a browser sends as a form is no JSON."""
    refused, no_json, no_post = (dict.fromkeys(ACTORS, code) for code in (401, 415, 405))
    operations = [operation for resource in all_resources().values() for operation in resource.operations]
    written = {operation.path for operation in operations if operation.writes}
    for resource in all_resources().values():
        for operation in resource.operations:
            named = {"make": numbered, "absent": {"id": ABSENT["pk"]}} if "{id}" in operation.path else {}
            get = dict.fromkeys(ACTORS, 405) if operation.path == "/batches/{id}/results" else refused
            yield Row(
                f"{NAMESPACE}:{resource.name}_{operation.act}",
                get=get,
                post=no_json if operation.path in written else no_post,
                **named,
            )


def system_of(union: Union) -> dict:
    return {"pk": UserFactory(role=Role.SYSTEM, union=union).pk}


def token_of(union: Union) -> dict:
    """A token of a system of `union`, as the security administrator of the city made it."""
    system = User.objects.get(pk=system_of(union)["pk"])
    token = ApiToken(system=system, label="正式", resources=["households"], digest=uuid4().hex, made_by=system)
    token.expires_on = date(2099, 1, 1)
    token.save()
    return {"pk": system.pk, "token": token.pk}


def webhook_of(union: Union) -> dict:
    system = User.objects.get(pk=system_of(union)["pk"])
    webhook = Webhook.objects.create(system=system, address="https://hooks.example/", events=["paid"], secret="s")
    return {"pk": system.pk, "webhook": webhook.pk}


def system_rows() -> Iterator[Row]:
    """The pages about outside systems: the security administrator's alone."""
    only, read = codes(security=200), codes(security=405)
    yield Row("system_list", get=only, post=read)
    yield Row("system_open", get=only, post=only)
    yield Row("api_reference", get=only, post=read)
    yield Row("system_show", get=only, post=read, make=system_of)
    yield Row("system_end", get=read, post=codes(security=LOGIN), make=system_of)
    yield Row("token_make", get=only, post=only, make=system_of)
    yield Row("webhook_add", get=only, post=only, make=system_of)
    absent = {"pk": ABSENT["pk"], "token": ABSENT["pk"]}
    yield Row("token_end", get=read, post=codes(security=LOGIN), make=token_of, absent=absent)
    absent = {"pk": ABSENT["pk"], "webhook": ABSENT["pk"]}
    yield Row("webhook_end", get=read, post=codes(security=LOGIN), make=webhook_of, absent=absent)
    yield Row(f"{NAMESPACE}:openapi", get=dict.fromkeys(ACTORS, 401), post=dict.fromkeys(ACTORS, 405))


ROWS: tuple[Row, ...] = (
    *api_rows(),
    *system_rows(),
    Row("home", get=codes(200), post=codes(405)),
    Row("command_list", get=codes(200), post=codes(405)),
    # One of the areas; which role has which is told in tests/portal/web/test_navigation.py.
    Row(
        "area",
        get=codes(otherwise=404, **READERS),
        post=codes(405),
        make=lambda _union: {"slug": "aid"},
        absent={"slug": "nowhere"},
        scope={actor: set(RELATIONS) - {"absent"} for actor in ACTORS},
    ),
    Row("help_index", get=codes(200), post=codes(405)),
    Row("help_figures", get=codes(200), post=codes(405)),
    Row("help_sign_in", get=codes(200, anonymous=200), post=codes(405, anonymous=405)),
    help_row("help_show", slug="first-list"),
    help_row("help_picture", name="home"),
    replace(help_row("help_tour"), make=lambda _union: {"number": 1}, absent={"number": 9}),
    Row("help_tour_end", get=codes(405), post=codes(302)),
    Row("announcement_list", get=codes(200), post=codes(405)),
    Row("announcement_export", get=codes(200), post=codes(405)),
    Row("announcement_send", get=codes(reviewer=200), post=codes(reviewer=200)),
    Row("announcement_read", get=codes(405), post=codes(302), make=announcement_to, scope=OWN_UNION),
    Row("sign_in", get=codes(302, anonymous=200), post=codes(302, anonymous=200)),
    Row("sign_out", get=codes(405), post=codes(302)),
    Row("password_change", get=codes(200), post=codes(200)),
    Row("session_list", get=codes(200), post=codes(302)),
    Row("messageway_list", get=codes(200), post=codes(302), data={"channel": "sms", "address": "13800138000"}),
    Row(
        "messageway_end",
        get=codes(405),
        post=codes(302),
        make=lambda _union: {"channel": "sms"},
        absent={"channel": "fax"},
        scope=EVERYWHERE,
    ),
    Row(
        "second_factor_verify",
        get=codes(200, clerk=404, auditor=404),
        post=codes(200, clerk=404, auditor=404),
    ),
    Row("recovery_codes", get=codes(200, clerk=403, auditor=403), post=codes(200, clerk=403, auditor=403)),
    Row("second_factor_setup", get=codes(200, clerk=403, auditor=403), post=codes(200, clerk=403, auditor=403)),
    Row("account_list", get=codes(security=200), post=codes(security=405)),
    Row("account_create", get=codes(security=200), post=codes(security=200)),
    Row("accountbatch_list", get=codes(security=200), post=codes(security=405)),
    Row("accountbatch_create", get=codes(security=200), post=codes(security=200)),
    Row("accountbatch_template", get=codes(security=200), post=codes(security=405)),
    Row(
        "accountbatch_show",
        get=codes(security=200),
        post=codes(security=302),
        make=account_batch,
        absent=ABSENT_UPLOAD,
        scope=EVERYWHERE,
    ),
    Row(
        "accountbatch_letters",
        get=codes(security=405),
        post=codes(security=302),
        make=account_batch,
        absent=ABSENT_UPLOAD,
        scope=EVERYWHERE,
    ),
    Row("account_edit", get=codes(security=200), post=codes(security=200), make=account_in),
    Row("account_password_reset", get=codes(security=405), post=codes(security=200), make=account_in),
    Row("revealrequest_list", get=codes(lead=200, reviewer=200), post=codes(lead=405, reviewer=405)),
    Row(
        "revealrequest_ask",
        get=codes(clerk=302, lead=302, reviewer=302, auditor=200),
        post=codes(clerk=302, lead=302, reviewer=302, auditor=302),
        make=lambda union: {"of": "household", "pk": builders.household(union).pk},
        absent={"of": "household", **ABSENT},
        data={"reason": "check"},
    ),
    Row(
        "revealrequest_answer",
        get=codes(lead=405, reviewer=405),
        post=codes(lead=302, reviewer=302),
        make=reveal_request_in,
        data={"answer": "refuse"},
    ),
    Row("accountrequest_list", get=codes(lead=200, security=200), post=codes(lead=405, security=405)),
    Row(
        "accountrequest_show",
        get=codes(lead=200, security=200),
        post=codes(lead=200, security=200),
        make=account_request_in,
    ),
    Row("deskhandover_list", get=codes(200), post=codes(405)),
    Row("deskhandover_begin", get=codes(lead=200, security=200), post=codes(lead=200, security=200), make=account_in),
    Row("deskhandover_show", get=codes(404, lead=200, security=200), post=codes(405), make=handover_in),
    Row("account_export", get=codes(security=200), post=codes(security=405)),
    Row("union_list", get=codes(200), post=codes(405)),
    Row("union_like", get=codes(200), post=codes(405)),
    Row("union_export", get=codes(200), post=codes(405)),
    Row("healthz", get=codes(200, anonymous=200), post=codes(405, anonymous=405)),
    Row("readyz", get=codes(200, anonymous=200), post=codes(405, anonymous=405)),
    Row("metrics", get=codes(404, anonymous=404), post=codes(405, anonymous=405)),
    Row("state_show", get=codes(admin=200), post=codes(admin=405)),
    Row("minors_use", get=codes(auditor=200), post=codes(auditor=405)),
    Row("minors_use_export", get=codes(auditor=200), post=codes(auditor=405)),
    Row("audit_log", get=codes(auditor=200), post=codes(auditor=405)),
    # Nothing is sealed in a test, so that no seal is found to be proved.
    Row("audit_evidence", get=codes(auditor=200), post=codes(auditor=404)),
    Row("audit_export", get=codes(auditor=200), post=codes(auditor=405)),
    *(row for name in KIND_NAMES for row in record_rows(name)),
    *(row for name in KIND_NAMES if name not in ("aidcase", "disbursement") for row in voiding_rows(name)),
    *voiding_rows("followup", lambda union: visiting.follow_up(builders.visit(union))),
    *voiding_rows("sponsor", visiting.sponsor_of_its_own),
    *voiding_rows("pairing", visiting.pairing),
    *voiding_rows("practiceplacement", visiting.placement),
    *voiding_rows("organisation", visiting.organisation),
    *voiding_rows("office", asking.office),
    *voiding_rows("officequestion", asking.question),
    *voiding_rows("project", visiting.project),
    *voiding_rows("projectpayment", visiting.project_payment),
    *voiding_rows("projectgain", visiting.project_gain),
    *voiding_rows("activity", visiting.activity),
    *grid_rows("activity", visiting.activity),
    *voiding_rows("participation", visiting.participation),
    *(row for name in ("child", "aidcase", "contribution", "visit", "assistance") for row in grid_rows(name)),
    *editing_rows("household"),
    *editing_rows("child", "household"),
    Row(
        "child_move",
        get=codes(**KEEPERS),
        post=codes(**KEEPERS),
        make=lambda union: {"pk": builders.child(union).pk},
    ),
    *editing_rows("entry", "child"),
    *editing_rows("member", "household"),
    *editing_rows("income", "household"),
    *(row for name in ("print", "visit_form") for row in revealing_rows(f"household_{name}", household_in)),
    Row(
        "case_pack",
        get=codes(**READERS),
        post=codes(**READERS),
        make=lambda union: {"pk": builders.one_of_each(union)["aidcase"].pk},
        data={"reason": "oversight"},
    ),
    Row(
        "case_sample",
        get=codes(auditor=200),
        post=codes(auditor=302),
        data={"campaign": str(YEAR), "count": "50", "reason": "oversight"},
    ),
    *revealing_rows("aidcase_print", lambda union: {"pk": builders.one_of_each(union)["aidcase"].pk}),
    Row(
        "household_copy",
        get=codes(clerk=200, lead=200),
        post=codes(clerk=200, lead=200),
        make=household_in,
        data={"reason": "filing"},
    ),
    Row("call_back_register", get=codes(**READERS), post=codes(**REVEALERS), data={"reason": "call"}),
    household_row("timeline", get=codes(**READERS), post=codes(**NO_POST)),
    household_row("documents", get=codes(**READERS), post=codes(clerk=200)),
    household_row("close", get=codes(**KEEPERS), post=codes(**KEEPERS)),
    household_row("transfer", get=codes(**KEEPERS), post=codes(**KEEPERS)),
    household_row("verify", get=codes(clerk=405), post=codes(clerk=302)),
    household_row("unverify", get=codes(clerk=405), post=codes(clerk=302)),
    household_row("reopen", get=codes(clerk=405), post=codes(clerk=302)),
    kept_file_row("document_download", document_in),
    Row("document_restore", get=codes(clerk=405), post=codes(clerk=302), make=document_in),
    Row("document_remove", get=codes(clerk=405), post=codes(clerk=302), make=document_in),
    record_row("transfer_list"),
    record_row("transfer_export"),
    record_row("transfer_show", transfer_in),
    Row("transfer_take", get=codes(**KEEPERS), post=codes(**KEEPERS), make=transfer_in),
    Row(
        "transfer_move",
        get=codes(clerk=405),
        post=codes(clerk=302),
        make=lambda union: transfer_in(union) | {"name": "cancel"},
        absent=ABSENT | {"name": "cancel"},
    ),
    Row("minimumincome_list", get=codes(**CITY_KEEPS), post=codes(**dict.fromkeys(CITY_KEEPS, 405))),
    Row("minimumincome_export", get=codes(**CITY_KEEPS), post=codes(**dict.fromkeys(CITY_KEEPS, 405))),
    Row("minimumincome_create", get=codes(**CITY_KEEPS), post=codes(**CITY_KEEPS)),
    # The standards are of no union.
    Row("minimumincome_edit", get=codes(**CITY_KEEPS), post=codes(**CITY_KEEPS), make=standard_of, outside=404),
    *payment_rows(),
    *VISIT_ROWS,
    Row("find", get=codes(**READERS), post=codes(**dict.fromkeys(READERS, 302)), data={"q": "曾"}),
    Row("workbook_upload", get=codes(**IMPORTERS), post=codes(**IMPORTERS)),
    Row("workbook_template", get=codes(**IMPORTERS), post=codes(clerk=405)),
    upload_row("workbook_check", get=200, post=405),
    upload_row("workbook_confirm", get=405, post=302, state=UploadState.CHECKED),
    upload_row("workbook_marked", get=200, post=405),
    Row("union_open", get=codes(admin=200), post=codes(admin=200)),
    *(
        Row(f"union_{act}", get=codes(admin=200), post=codes(admin=200), make=lambda union: {"pk": union.pk})
        for act in ("rename", "merge")
    ),
    Row("union_close", get=codes(admin=200), post=codes(admin=302), make=closable),
    Row("review_twice", get=codes(reviewer=200), post=codes(reviewer=405)),
    Row("workbook_waiting", get=codes(lead=200), post=codes(lead=405)),
    Row(
        "workbook_second",
        get=codes(lead=200),
        post=codes(lead=302),
        make=lambda union: {"pk": upload_in(union, state=UploadState.WAITING).pk},
        absent=ABSENT_UPLOAD,
    ),
    # A code outside the scope is answered on the form, in the words for a code that does not exist.
    Row(
        "workbook_export",
        get=codes(**WORKBOOK_EXPORTERS),
        post=codes(**WORKBOOK_EXPORTERS),
        make=code_of,
        absent={"unit": ABSENT_UNION["code"]},
        named=Named.IN_FORM,
        outside=200,
    ),
    figures_row("annex", named=Named.IN_QUERY, code="unit", campaign=YEAR),
    figures_row("annex_download", year=YEAR, number=0, kind="xlsx"),
    figures_row("figure_records", year=YEAR, slug="aided"),
    figures_row("figure_records_export", year=YEAR, slug="aided"),
    figures_row("annex_years", year=YEAR),
    figures_row("annex_checks", year=YEAR),
    figures_row("annex_check_records", year=YEAR, check="unvisited"),
    record_row("report_list"),
    Row("report_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    Row(
        "report_begin",
        get=codes(**dict.fromkeys(PREPARERS, 405)),
        post=codes(**dict.fromkeys(PREPARERS, 302)),
        make=unit_that_begins,
        absent=ABSENT_UNION | {"year": YEAR},
    ),
    report_row("report_show", READERS, NO_POST),
    report_row("report_forms", READERS, NO_POST),
    report_row("report_forms_download", READERS, NO_POST, number=1, kind="docx"),
    report_row("report_contact", PREPARERS, PREPARERS),
    report_row("report_adjust", PREPARERS, PREPARERS, slug="aided"),
    report_row("report_adjust_withdraw", dict.fromkeys(PREPARERS, 405), dict.fromkeys(PREPARERS, 302), slug="aided"),
    report_row("report_adjust_file", READERS, NO_POST, slug="aided"),
    report_row("report_adjust_file_remove", dict.fromkeys(PREPARERS, 405), dict.fromkeys(PREPARERS, 302), slug="aided"),
    report_row("report_movement", READERS, NO_POST),
    report_row("report_movement_list", READERS, NO_POST, subject="children", direction="new"),
    report_row("report_movement_list_export", READERS, NO_POST, subject="children", direction="new"),
    report_row("report_movement_download", READERS, NO_POST),
    report_row("report_narrative", PREPARERS, PREPARERS),
    report_row("report_narrative_draft", PREPARERS, PREPARERS),
    report_row("report_narrative_download", READERS, NO_POST),
    report_row("report_narrative_attach", dict.fromkeys(PREPARERS, 405), dict.fromkeys(PREPARERS, 302)),
    report_row("report_explain_all", dict.fromkeys(PREPARERS, 302), PREPARERS),
    report_row("report_explain", PREPARERS, PREPARERS, code="unvisited"),
    Row(
        "report_typed",
        get=codes(**PREPARERS),
        post=codes(**PREPARERS),
        make=report_with_own_form,
        absent=ABSENT | {"slug": "raised_foundation"},
    ),
    report_row("report_summary", PREPARERS, PREPARERS),
    report_row("report_summary_download", READERS, NO_POST),
    report_row("report_nil", PREPARERS, PREPARERS),
    report_row("report_annex_upload", PREPARERS, PREPARERS),
    report_row("report_annex_confirm", dict.fromkeys(PREPARERS, 302), dict.fromkeys(PREPARERS, 302)),
    comment_row("report_comments"),
    comment_row("figure_comments", slug="aided"),
    report_row("report_submit", {"lead": 200}, {"lead": 200}),
    submission_row("submission_show"),
    submission_row("submission_receipt"),
    submission_row("submission_records", slug="aided"),
    submission_row("submission_records_export", slug="aided"),
    submission_row("submission_drift"),
    submission_row("submission_drift_export"),
    submission_row("submission_download", number=1, kind="docx"),
    submission_row("submission_summary"),
    submission_row("submission_file", slug="aided"),
    submission_row("submission_diff", again=True),
    # A code outside the scope is answered in the words for a code that does not exist.
    record_row("verify", code_of_submission, absent={"code": "AAAAAAAAAAAAA"}, named=Named.IN_QUERY, outside=200),
    Row("review_board", get=codes(reviewer=200), post=codes(reviewer=405)),
    Row("review_board_export", get=codes(reviewer=200), post=codes(reviewer=405)),
    review_row(
        "review_remind",
        post=302,
        make=year_of_campaign,
        absent={"year": 1999},
        query="?unit=310001",
        data={"unit": "310001", "text": "请抓紧报送。"},
    ),
    review_row(
        "review_extend",
        post=200,
        make=unit_with_due_date,
        absent={"year": YEAR, "code": ABSENT_UNION["code"]},
    ),
    review_row("review_show"),
    review_row("review_return", post=200),
    review_row("review_supplement", post=200),
    Row("review_reasons", get=codes(reviewer=200), post=codes(reviewer=405)),
    Row(
        "review_notes",
        get=codes(reviewer=200, auditor=200),
        post=codes(reviewer=302, auditor=403),
        make=report_under_review,
        absent=ABSENT,
        data={"text": "记一笔"},
    ),
    review_row(
        "review_move",
        get=405,
        post=302,
        make=lambda union: report_under_review(union) | {"name": "accept"},
        absent=ABSENT | {"name": "accept"},
    ),
    Row("campaign_list", get=codes(reviewer=200), post=codes(reviewer=405)),
    Row("campaign_export", get=codes(reviewer=200), post=codes(reviewer=405)),
    Row("campaign_earlier", get=codes(reviewer=405), post=codes(reviewer=302)),
    campaign_row("campaign_next", get=405, post=302),
    campaign_row("campaign_copy", get=405, post=302),
    campaign_row("campaign_edit"),
    campaign_row("campaign_form", number=1),
    campaign_row("campaign_form_preview", get=405, number=1),
    campaign_row("campaign_form_reset", get=405, post=302, number=2),
    campaign_row("campaign_figures", post=405),
    campaign_row("campaign_figure_names"),
    campaign_row("campaign_figure_facts", post=405),
    campaign_row("campaign_figure_compose", fact="cases"),
    campaign_row("campaign_figure_add", kind="typed"),
    campaign_row("campaign_figure_edit", make=own_figure),
    campaign_row("campaign_figure_remove", get=405, post=302, make=own_figure),
    Row("consolidation", get=codes(**CITY), post=codes(**CITY_NO_POST)),
    Row(
        "consolidation_make",
        get=codes(reviewer=405),
        post=codes(reviewer=302),
        make=year_of_campaign,
        absent={"year": 1999},
    ),
    Row(
        "consolidation_contact",
        get=codes(reviewer=200),
        post=codes(reviewer=200),
        make=year_of_campaign,
        absent={"year": 1999},
    ),
    Row(
        "consolidation_summaries",
        get=codes(**CITY),
        post=codes(reviewer=302, auditor=405),
        make=year_of_campaign,
        absent={"year": 1999},
    ),
    *(
        Row(name, get=codes(reviewer=200), post=codes(reviewer=200), make=year_of_campaign, absent={"year": 1999})
        for name in ("consolidation_summary", "consolidation_summary_draft")
    ),
    Row(
        "consolidation_summary_file",
        get=codes(**CITY),
        post=codes(**CITY_NO_POST),
        make=city_summary,
        absent={"year": 1999},
    ),
    Row("consolidation_kept", get=codes(**CITY), post=codes(**CITY_NO_POST), make=consolidation_kept),
    Row(
        "consolidation_matrix",
        get=codes(**CITY),
        post=codes(**CITY_NO_POST),
        make=lambda union: {"campaign": year_of_campaign(union)["year"]},
        absent={"campaign": 1999},
        named=Named.IN_QUERY,
    ),
    Row(
        "consolidation_download",
        get=codes(**CITY),
        post=codes(**CITY_NO_POST),
        make=lambda union: year_of_campaign(union) | {"kind": "xlsx"},
        absent={"year": 1999, "kind": "xlsx"},
    ),
    Row(
        "consolidation_job",
        get=codes(**CITY_NO_POST),
        post=codes(reviewer=302, auditor=302),
        make=lambda union: year_of_campaign(union) | {"kind": "zip"},
        absent={"year": 1999, "kind": "zip"},
    ),
    *CASEWORK_ROWS,
    *EMPLOYMENT_ROWS,
    # A job is its owner's alone, wherever its owner works.
    Row("job_list", get=codes(200, admin=403), post=codes(405, admin=403)),
    Row(
        "job_show",
        get=codes(404, admin=403),
        post=codes(405, admin=403),
        make=job_of_another,
        absent=ABSENT_UPLOAD,
    ),
    Row(
        "job_cancel",
        get=codes(405, admin=403),
        post=codes(404, admin=403),
        make=job_of_another,
        absent=ABSENT_UPLOAD,
    ),
    Row(
        "job_download",
        get=codes(404, admin=403),
        post=codes(405, admin=403),
        make=job_of_another,
        absent=ABSENT_UPLOAD,
    ),
)
