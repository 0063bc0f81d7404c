"""Which pictures there are: who is signed in, the page, how much of it, and what is done on it first."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import BatchState, CaseState
from aid.models import AidCase, Household, PaymentBatch, PublicNotice
from portal.models import Campaign, User
from reports.demo.numbers import card_number, id_number
from reports.models import Report

WORKERS = (
    (date(1975, 4, 8), True, "沈秀芳"),
    (date(1971, 9, 21), False, "许国强"),
    (date(1980, 1, 15), True, "吕美珍"),
)
COLUMNS = "main h2:last-of-type"  # what each column is taken for
LIST_FILE = "困难职工子女名单.csv"
Address = str | Callable[[User], str]


@dataclass(frozen=True)
class Picture:
    """A picture of that name: the page at `address`, as `account` sees it, `height` pixels of it.

    `address` is the name of a page that needs no object, or finds the object for that user. `presses` are buttons
    pressed one after the other; before the first, `upload` is chosen as the file. `scroll_to` is the selector of what
    stands at the top, if that is not the page.
    """

    name: str
    account: str
    address: Address
    height: int = 620
    upload: Callable[[], bytes] | None = None
    presses: tuple[str, ...] = ()
    scroll_to: str = ""

    def address_for(self, user: User) -> str:
        return reverse(self.address) if isinstance(self.address, str) else self.address(user)


def _page(view: str, records: Callable[[User], QuerySet]) -> Callable[[User], str]:
    """The page `view` of the first of `records`."""
    return lambda user: reverse(view, args=[records(user).values_list("pk", flat=True)[0]])


def _families(user: User) -> QuerySet:
    """Those with most to see."""
    records = Household.objects.visible_to(user).filter(closed_on=None)
    return records.annotate(papers=Count("documents", distinct=True)).order_by("-papers", "number")


def _on_notice(user: User) -> QuerySet:
    return AidCase.objects.visible_to(user).filter(status=CaseState.ON_NOTICE).order_by("pk")


def _notices(user: User) -> QuerySet:
    return PublicNotice.objects.visible_to(user).order_by("-pk")


def _drafted_batches(user: User) -> QuerySet:
    return PaymentBatch.objects.visible_to(user).filter(state=BatchState.DRAFT).order_by("pk")


def _reports(user: User) -> QuerySet:
    return Report.objects.visible_to(user).order_by("-campaign__year", "union__code")


def _accepted_city(_user: User) -> str:
    """The tables of the year before the newest, of which every report is accepted."""
    return f"{reverse('consolidation')}?campaign={Campaign.objects.latest('year').year - 1}"


def _of_year(view: str, *arguments: object) -> Callable[[User], str]:
    """The page `view` of the newest campaign."""
    return lambda _user: reverse(view, args=[Campaign.objects.latest("year").year, *arguments])


def _figure(user: User) -> str:
    return reverse("figure_records", args=[Campaign.objects.latest("year").year, user.union.code, "aided"])


def _list() -> bytes:
    """A list of a union's own making: two rows are right, in one a digit of the identity number is wrong."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["职工姓名", "职工身份证号", "建档日期", "类别", "困难类别", "单亲", "工作单位", "卡号"])
    born = (
        (date(1975, 4, 8), True, "沈秀芳"),
        (date(1971, 9, 21), False, "许国强"),
        (date(1980, 1, 15), True, "吕美珍"),
    )
    for place, (day, female, name) in enumerate(born):
        number = id_number(day, 400 + place, female=female)
        shown = number if place < 2 else number[:-1] + ("1" if number[-1] != "1" else "2")
        card = card_number(900 + place)
        rows.writerow([name, shown, f"{localdate():%Y-%m-%d}", "困难职工", "低保户", "否", "春申食品厂", card])
    return text.getvalue().encode("utf-8-sig")


ALBUM = (
    Picture("home", "clerk", "home", 700),
    Picture("list-columns", "clerk", "list_upload", 700, upload=_list, presses=("上传",), scroll_to=COLUMNS),
    Picture("list-check", "clerk", "list_upload", 620, upload=_list, presses=("上传", "下一步")),
    Picture("family", "clerk", "family_create", 720),
    Picture("household", "clerk", _page("household_detail", _families), 720),
    Picture("grid", "clerk", "contribution_grid", 480),
    Picture("case", "clerk", _page("aidcase_detail", _on_notice), 720),
    Picture("renewal", "west", "case_renewal", 560),
    Picture("notice", "clerk", _page("publicnotice_detail", _notices), 720),
    Picture("approve", "lead", "case_decide", 680),
    Picture("ledger", "clerk", "ledger", 480),
    Picture("batch", "clerk", _page("paymentbatch_detail", _drafted_batches), 560),
    Picture("release", "lead", _page("paymentbatch_release", _drafted_batches), 520),
    Picture("visits", "clerk", "visitplan", 720),
    Picture("enquiries", "clerk", "enquiry_list", 620),
    Picture("board", "clerk", "standing_board", 600),
    Picture("annex", "clerk", "annex", 720),
    Picture("figure", "clerk", _figure, 640),
    Picture("report", "industry", _page("report_show", _reports), 700),
    Picture("submit", "industry", _page("report_submit", _reports), 560),
    Picture("review-board", "reviewer", "review_board", 640),
    Picture("review", "reviewer", _page("review_show", _reports), 720),
    Picture("consolidation", "reviewer", _accepted_city, 700),
    Picture("form-editor", "reviewer", _of_year("campaign_form", 1), 720),
    Picture("audit", "auditor", "audit_log", 520),
    Picture("accounts", "security", "account_list", 520),
    Picture("calendar", "admin", "calendar_show", 600),
    Picture("state", "admin", "state_show", 640),
)
