"""All kinds of list, in the order in which they are tried on the headings."""

from collections.abc import Sequence

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from aid.lists.kinds import EMPLOYER, EMPLOYER_PART, HOUSEHOLD, HOUSEHOLD_PART, aid_lists
from aid.lists.sheets import as_listed
from employment.editing.enquiry import ENQUIRY_FORM, HOTLINE_FORM
from employment.editing.job_event import JOB_EVENT_FORM
from employment.editing.vacancy import VACANCY_FORM
from employment.enums import EnquiryChannel, EventKind
from employment.lists.applications import APPLICATIONS
from employment.models import Enquiry, Graduate, JobEvent, Vacancy
from employment.workbook import CASE_WORKBOOK, OFFER_WORKBOOK
from employment.workbook.enquiries import ENQUIRY_WORKBOOK, HOTLINE_WORKBOOK
from portal.fields import blind_index
from portal.models import Union
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.lists.kinds import ListKind, Part, Source, Values, equal_on_file

LISTED_WORKBOOK = as_listed(CASE_WORKBOOK)
HOTLINE = "12351"


def known_graduates(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The graduate of that identity number."""
    hashes = {number: blind_index(number) for number in {row.get("person") for row in rows} if number}
    owner = Union(path=unit.reporting_path)
    by_person = {
        graduate.person.id_hash: graduate
        for chunk in in_chunks(hashes.values())
        for graduate in Graduate.objects.in_union(owner)
        .filter(person__id_hash__in=chunk)
        .select_related("person", "household__worker", "household__union")
    }
    return [by_person.get(hashes.get(row.get("person"))) for row in rows]


def known_vacancies(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
    """The vacancy of that event, employer and title, each once."""
    events = {row["event"] for row in rows if row.get("event")}
    left: dict[tuple, list[Model]] = {}
    for chunk in in_chunks(events):
        found = Vacancy.objects.in_union(unit).filter(event__number__in=chunk).select_related("event", "employer")
        for vacancy in found.order_by("-pk"):
            left.setdefault((vacancy.event.number, vacancy.employer.number, vacancy.title), []).append(vacancy)
    keys = [(row.get("event"), row.get("employer"), row.get("title")) for row in rows]
    return [left[key].pop() if left.get(key) else None for key in keys]


def told_of_event(text: str) -> dict[str, str]:
    """A list of posts offered says so above its headings, one of job fairs too."""
    if "招聘会" in text:
        return {"kind": str(EventKind.JOB_FAIR.label)}
    return {"kind": str(EventKind.OFFER.label)} if "岗位" in text else {}


def told_of_enquiry(text: str) -> dict[str, str]:
    """An export of the hotline has its number in a title; a book of visitors says so, too."""
    channel = EnquiryChannel.HOTLINE if HOTLINE in text else EnquiryChannel.VISITOR if "来访" in text else None
    return {"channel": str(channel.label)} if channel else {}


GRADUATES = ListKind(
    name="graduates",
    title=_("高校毕业生"),
    workbook=LISTED_WORKBOOK,
    main="高校毕业生",
    words=("毕业生",),
    dated=frozenset({"registered_on", "filed_on"}),
    parts=(
        HOUSEHOLD_PART,
        Part(
            title="高校毕业生",
            identity="person",
            on_file=known_graduates,
            takes={"household": (Source(HOUSEHOLD, "number"),)},
        ),
    ),
)
EVENTS = ListKind(
    name="events",
    title=_("就业活动与岗位"),
    workbook=LISTED_WORKBOOK,
    main="就业活动与岗位",
    words=("招聘会", "就业活动", "岗位提供", "就业岗位", "招聘岗位", "岗位信息", "岗位汇总", "岗位登记"),
    told=told_of_event,
    parts=(
        Part(
            title="就业活动与岗位",
            identity="title",
            prefix=JOB_EVENT_FORM.prefix,
            on_file=equal_on_file(JobEvent, "held_on", ("kind", "title", "channel", "posts")),
        ),
    ),
)
VACANCIES = ListKind(
    name="vacancies",
    title=_("招聘岗位（一次招聘会或一批岗位里的各个岗位）"),
    workbook=OFFER_WORKBOOK,
    main="招聘岗位",
    words=("岗位明细", "岗位一览", "招聘岗位表", "招聘岗位明细", "招聘信息"),
    parts=(
        EMPLOYER_PART,
        Part(
            title="招聘岗位",
            identity="title",
            prefix=VACANCY_FORM.prefix,
            on_file=known_vacancies,
            takes={"employer": (Source(EMPLOYER, "number", same=False),), "event": ()},
            only_taken=frozenset({"employer"}),
        ),
    ),
)
ENQUIRIES = ListKind(
    name="enquiries",
    title=_("咨询登记（含 12351 热线导出表）"),
    workbook=ENQUIRY_WORKBOOK,
    main="咨询登记",
    words=(HOTLINE, "热线", "咨询", "来电", "来访", "诉求", "工单"),
    told=told_of_enquiry,
    parts=(
        Part(
            title="咨询登记",
            identity="text",
            prefix=ENQUIRY_FORM.prefix,
            on_file=equal_on_file(Enquiry, "received_on", ("name", "telephone", "text")),
        ),
    ),
)
# What the city's department brings in: its own enquiries alone, which it hands down.
HOTLINE_ENQUIRIES = ListKind(
    name="hotline",
    title=_("12351 热线咨询（市总登记、待下派）"),
    workbook=HOTLINE_WORKBOOK,
    main="咨询登记",
    words=ENQUIRIES.words,
    told=told_of_enquiry,
    parts=(
        Part(
            title="咨询登记",
            identity="text",
            prefix=HOTLINE_FORM.prefix,
            on_file=equal_on_file(Enquiry, "received_on", ("name", "telephone", "text"), among=Q(from_city=True)),
            comes_as=_("新增的咨询登记为“待下派”；在咨询登记里勾选后下派给承办单位。"),
        ),
    ),
)
LIST_KINDS = (*aid_lists(LISTED_WORKBOOK, OFFER_WORKBOOK), GRADUATES, EVENTS, VACANCIES, APPLICATIONS, ENQUIRIES)
CITY_KINDS = (HOTLINE_ENQUIRIES,)


def kinds_for(union: Union) -> Sequence[ListKind]:
    """What lists that `union` brings in may be of."""
    return CITY_KINDS if union.is_city else LIST_KINDS
