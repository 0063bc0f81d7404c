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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from openpyxl import Workbook

from portal.announcing import Words, announce
from portal.enums import Role, UnionKind
from portal.models import Campaign, Union, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.service import Outcome
from reports.enums import ReportState
from reports.models import Consolidation, Report, ReportEvent
from tests.builders import KIND_NAMES, one_of_each
from tests.factories import UserFactory, make_union
from tests.reports.own_forms import with_own_form
from tests.reports.preparing import attached, frozen
from tests.reports.submissions import hand_in, report

ACTORS = ("anonymous", "clerk", "lead", "reviewer", "auditor", "admin")
RELATIONS = ("own", "child", "sibling", "parent", "absent")
SCOPE = {actor: {"own", "child"} if actor in {"clerk", "lead"} else set(RELATIONS) for actor in ACTORS}
ABSENT = {"pk": 987_654_321}
LOGIN = 302
YEAR = 2014  # of the campaign in which `one_of_each` counts

Codes = Mapping[str, int]


def codes(code: int | None = None, *, otherwise: int = 403, **by_role: int) -> Codes:
    """Expected codes by actor: `code` for every signed-in role, or those named and `otherwise` for the rest."""
    default = otherwise if code is None else code
    return {"anonymous": LOGIN} | dict.fromkeys(ACTORS[1:], default) | by_role


class Named(Enum):
    """Where an address names the object it is about."""

    IN_PATH = "path"
    IN_QUERY = "query"
    IN_FORM = "form"


@dataclass(frozen=True)
class Row:
    """Expected codes at one URL name. `make` puts an object into a union and returns the arguments that name it."""

    name: str
    get: Codes
    post: Codes
    make: Callable[[Union], dict] | None = None
    absent: dict = field(default_factory=lambda: ABSENT)
    named: Named = Named.IN_PATH
    outside: int = 404
    query: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    scope: Mapping[str, set[str]] = field(default_factory=lambda: SCOPE)

    def expected(self, method: str, actor: str, relation: str | None) -> int:
        code = (self.get if method == "GET" else self.post)[actor]
        inside = relation is None or (relation != "absent" and relation in self.scope.get(actor, ()))
        return self.outside if not inside and actor != "anonymous" and code in {200, 302} else code

    def request(self, arguments: dict) -> tuple[str, dict]:
        """The address and the form to send, for the object that `arguments` name."""
        if self.named is Named.IN_PATH:
            return reverse(self.name, kwargs=arguments) + self.query, dict(self.data)
        if self.named is Named.IN_QUERY:
            return f"{reverse(self.name)}?{urlencode(arguments)}", dict(self.data)
        return reverse(self.name), {**self.data, **arguments}


READERS = {"clerk": 200, "lead": 200, "reviewer": 200, "auditor": 200}
NO_POST = dict.fromkeys(READERS, 405)


def record_row(name: str, make: Callable[[Union], dict] | None = None, **fields) -> Row:
    """A page of case records that is only read: open to those who see records, closed to the administrator."""
    return Row(name, get=codes(**READERS), post=codes(**NO_POST), make=make, **fields)


@dataclass(frozen=True)
class Canary:
    """A text that must not leave its union.

    `shown` says whether some page shows it to the reviewer; `case` whether it is from a case record, which the
    administrator never sees.
    """

    text: str
    shown: bool = True
    case: bool = True


def account_in(union: Union) -> dict:
    role = Role.REVIEWER if union.is_city else Role.CLERK
    return {"pk": UserFactory(role=role, union=union).pk}


def planted_account(union: Union, mark: str) -> list[Canary]:
    """`mark` is two Chinese characters that occur nowhere else."""
    UserFactory(name=f"账号{mark}", role=Role.REVIEWER if union.is_city else Role.CLERK, union=union)
    return [Canary(f"账号{mark}", shown=False, case=False)]


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


KINDS_WITH_MASKED_FIELDS = ("household", "child", "graduate", "visit")
EXPORTERS = {"clerk": 200, "lead": 200, "reviewer": 200}


def record_rows(name: str) -> Iterator[Row]:
    """The read pages of one kind of record."""

    def made(union: Union) -> dict:
        return {"pk": one_of_each(union)[name].pk}

    yield record_row(f"{name}_list")
    yield record_row(f"{name}_detail", made)
    yield Row(f"{name}_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405)))
    if name in KINDS_WITH_MASKED_FIELDS:
        reason = {"reason": "核对信息"}
        yield Row(f"{name}_reveal", get=codes(**NO_POST), post=codes(**READERS), make=made, data=reason)


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
        attached(report)
        return {"pk": report.pk, **arguments}

    return Row(name, get=codes(**get), post=codes(**post), make=made, absent=ABSENT | arguments)


def report_with_own_form(union: Union) -> dict:
    """A report of a campaign that asks for a figure to be typed in."""
    with_own_form(Campaign.objects.open(YEAR))
    return {"pk": report_of(union).pk, "slug": "raised_foundation"}


def submission_row(name: str, **arguments) -> Row:
    """A page about what a unit handed in."""

    def made(union: Union) -> dict:
        return {"pk": frozen(report_of(union)).pk, **arguments}

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


# An announcement is to the people of one union, not to those above or below it.
OWN_UNION = {"clerk": {"own"}, "lead": {"own"}} | {actor: {"parent"} for actor in ACTORS[3:]}


def announcement_to(union: Union, *, mark: str = "") -> dict:
    sender = UserFactory(role=Role.REVIEWER, union=Union.objects.get(depth=1))
    (made,) = announce([Words(union, f"{mark}通知标题", f"{mark}通知内容")], actor=sender)
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


PLANTS: tuple[Callable[[Union, str], list[Canary]], ...] = (
    planted_account,
    planted_union,
    planted_records,
    planted_upload,
    planted_report,
    planted_return,
    planted_announcement,
)

ROWS: tuple[Row, ...] = (
    Row("home", get=codes(200), post=codes(405)),
    Row("announcement_list", get=codes(200), post=codes(405)),
    Row("announcement_read", get=codes(405), post=codes(302), make=announcement_to, scope=OWN_UNION),
    Row("sign_in", get=codes(302, anonymous=200), post=codes(302, anonymous=200)),
    Row("sign_out", get=codes(405), post=codes(302)),
    Row("password_change", get=codes(200), post=codes(200)),
    Row(
        "second_factor_verify",
        get=codes(200, clerk=404, auditor=404),
        post=codes(200, clerk=404, auditor=404),
    ),
    Row("second_factor_setup", get=codes(200, clerk=403, auditor=403), post=codes(200, clerk=403, auditor=403)),
    Row("account_list", get=codes(admin=200), post=codes(admin=405)),
    Row("account_create", get=codes(admin=200), post=codes(admin=200)),
    Row("account_edit", get=codes(admin=200), post=codes(admin=200), make=account_in),
    Row("account_password_reset", get=codes(admin=405), post=codes(admin=200), make=account_in),
    Row("union_list", get=codes(200), post=codes(405)),
    Row("audit_log", get=codes(auditor=200), post=codes(auditor=405)),
    *(row for name in KIND_NAMES for row in record_rows(name)),
    Row("find", get=codes(**READERS), post=codes(**dict.fromkeys(READERS, 302)), data={"q": "曾"}),
    Row("workbook_upload", get=codes(**IMPORTERS), post=codes(**IMPORTERS)),
    Row("workbook_template", get=codes(**IMPORTERS), post=codes(clerk=405)),
    upload_row("workbook_check", get=200, post=405),
    upload_row("workbook_confirm", get=405, post=302, state=UploadState.CHECKED),
    upload_row("workbook_marked", get=200, post=405),
    # A code outside the scope is answered on the form, in the words for a code that does not exist.
    Row(
        "workbook_export",
        get=codes(**EXPORTERS),
        post=codes(**EXPORTERS),
        make=code_of,
        absent={"unit": ABSENT_UNION["code"]},
        named=Named.IN_FORM,
        outside=200,
    ),
    figures_row("annex", named=Named.IN_QUERY, code="unit", campaign=YEAR),
    figures_row("annex_download", year=YEAR, number=0, kind="xlsx"),
    figures_row("figure_records", year=YEAR, slug="aided"),
    figures_row("annex_checks", year=YEAR),
    figures_row("annex_check_records", year=YEAR, check="unvisited"),
    record_row("report_list"),
    Row(
        "report_begin",
        get=codes(**dict.fromkeys(PREPARERS, 405)),
        post=codes(**dict.fromkeys(PREPARERS, 302)),
        make=unit_that_begins,
        absent=ABSENT_UNION | {"year": YEAR},
    ),
    report_row("report_show", READERS, NO_POST),
    report_row("report_contact", PREPARERS, PREPARERS),
    report_row("report_adjust", PREPARERS, PREPARERS, slug="aided"),
    report_row("report_adjust_withdraw", dict.fromkeys(PREPARERS, 405), dict.fromkeys(PREPARERS, 302), slug="aided"),
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
    report_row("report_submit", {"lead": 200}, {"lead": 200}),
    submission_row("submission_show"),
    submission_row("submission_receipt"),
    submission_row("submission_records", slug="aided"),
    submission_row("submission_drift"),
    # A code outside the scope is answered in the words for a code that does not exist.
    record_row("verify", code_of_submission, absent={"code": "AAAAAAAAAAAAA"}, named=Named.IN_QUERY, outside=200),
    Row(
        "city_download",
        get=codes(reviewer=200, auditor=200),
        post=codes(reviewer=405, auditor=405),
        make=year_of_campaign,
        absent={"year": 1999},
    ),
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
    review_row("review_diff"),
    review_row(
        "review_move",
        get=405,
        post=302,
        make=lambda union: report_under_review(union) | {"name": "accept"},
        absent=ABSENT | {"name": "accept"},
    ),
    Row("consolidation", get=codes(**CITY), post=codes(**CITY_NO_POST)),
    Row(
        "consolidation_make",
        get=codes(reviewer=405),
        post=codes(reviewer=302),
        make=year_of_campaign,
        absent={"year": 1999},
    ),
    Row("consolidation_kept", get=codes(**CITY), post=codes(**CITY_NO_POST), make=consolidation_kept),
    Row(
        "consolidation_download",
        get=codes(**CITY),
        post=codes(**CITY_NO_POST),
        make=year_of_campaign,
        absent={"year": 1999},
    ),
)
