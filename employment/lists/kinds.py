"""All kinds of list, in the order in which they are tried on the headings."""

from collections.abc import Sequence

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from aid.lists.kinds import HOUSEHOLD, HOUSEHOLD_PART, aid_lists
from aid.lists.sheets import as_listed
from employment.editing.enquiry import ENQUIRY_FORM
from employment.editing.job_event import JOB_EVENT_FORM
from employment.enums import EnquiryChannel, EventKind
from employment.models import Enquiry, Graduate, JobEvent
from employment.workbook import CASE_WORKBOOK, OFFER_WORKBOOK
from employment.workbook.enquiries import ENQUIRY_WORKBOOK
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


def told_of_event(text: str) -> dict[str, str]:
    """A list of posts offered says so above its headings, one of job fairs too."""
    if "招聘会" in text:
        return {"kind": str(EventKind.JOB_FAIR.label)}
    return {"kind": str(EventKind.OFFER.label)} if "岗位" in text else {}


def told_of_enquiry(text: str) -> dict[str, str]:
    """An export of the hotline has its number in a title."""
    return {"channel": str(EnquiryChannel.HOTLINE.label)} if HOTLINE in text else {}


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
ENQUIRIES = ListKind(
    name="enquiries",
    title=_("咨询登记（含 12351 热线导出表）"),
    workbook=ENQUIRY_WORKBOOK,
    main="咨询登记",
    words=(HOTLINE, "热线", "咨询", "来电", "工单"),
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
LIST_KINDS = (*aid_lists(LISTED_WORKBOOK, OFFER_WORKBOOK), GRADUATES, EVENTS, ENQUIRIES)
