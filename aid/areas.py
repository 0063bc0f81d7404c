"""What stands below the way of the work on the pages of families, applications, money and visits."""

from django.utils.translation import gettext_lazy as _

from aid.home import money_by_source
from aid.records import (
    AID_CASE,
    BATCH_ITEM,
    PAIRING,
    PAYMENT_BATCH,
    PLAIN_FOLLOW_UP,
    PLAIN_HOUSEHOLD,
    PLAIN_VISIT,
    PUBLIC_NOTICE,
)
from portal.access import Permission
from portal.desk.cards import Card, Place
from portal.desk.shortlists import Shortlist, first_rows

HOME_COLUMNS = ("worker_name", "number", "hardship_category", "filed_on")
CASE_COLUMNS = ("child.name", "number", "stage", "status", "applied_on")

TO_HANDLE = Shortlist(
    _("等您办理的申请"), AID_CASE, {"waiting": "yes", "order": "applied_on"}, *CASE_COLUMNS, kept="waiting"
)
TO_FOLLOW_UP = Shortlist(
    _("已发放、尚未回访的申请"),
    AID_CASE,
    {"todo": "to_follow_up", "order": "applied_on"},
    *CASE_COLUMNS,
    kept="to_follow_up",
)

CARDS = (
    first_rows(
        "families",
        Place.MAIN,
        Shortlist(_("材料不全的档案"), PLAIN_HOUSEHOLD, {"todo": "lacking_documents"}, *HOME_COLUMNS),
        Permission.KEEP_RECORDS,
    ),
    first_rows(
        "families",
        Place.SIDE,
        Shortlist(_("一年未核实的档案"), PLAIN_HOUSEHOLD, {"todo": "unverified", "order": "filed_on"}, *HOME_COLUMNS),
        Permission.KEEP_RECORDS,
    ),
    first_rows("families", Place.SIDE, Shortlist(_("最近建档"), PLAIN_HOUSEHOLD, {"open": "yes"}, *HOME_COLUMNS)),
    first_rows("aid", Place.MAIN, TO_HANDLE, Permission.KEEP_RECORDS),
    first_rows("aid", Place.MAIN, TO_HANDLE, Permission.APPROVE_CASES),
    first_rows("aid", Place.MAIN, TO_FOLLOW_UP, Permission.KEEP_RECORDS),
    first_rows(
        "aid",
        Place.SIDE,
        Shortlist(_("有未处理的异议"), AID_CASE, {"todo": "objected"}, *CASE_COLUMNS),
    ),
    first_rows(
        "aid",
        Place.SIDE,
        Shortlist(
            _("公示期内的公示单"),
            PUBLIC_NOTICE,
            {"running": "yes", "order": "last_day"},
            *("number", "place", "first_day", "last_day"),
        ),
    ),
    first_rows("aid", Place.SIDE, Shortlist(_("最近的申请"), AID_CASE, {}, *CASE_COLUMNS), Permission.EXPORT_CITY),
    first_rows(
        "money",
        Place.MAIN,
        Shortlist(_("最近的发放批次"), PAYMENT_BATCH, {}, "number", "source", "method", "state", "made_on"),
    ),
    first_rows(
        "money",
        Place.MAIN,
        Shortlist(
            _("发放失败、尚未重发"),
            BATCH_ITEM,
            {"result": "failed", "reissued": "no"},
            *("case.child.name", "case.child.household.worker_name", "amount", "reason", "batch.number"),
        ),
    ),
    Card("aid/home/_money.html", Permission.VIEW_RECORDS, Place.SIDE, money_by_source, ("money",)),
    first_rows(
        "care",
        Place.MAIN,
        Shortlist(
            _("走访后待跟进的事项"),
            PLAIN_FOLLOW_UP,
            {"open": "yes", "order": "asked_on"},
            *("kind", "named.name", "asked_on", "union"),
        ),
    ),
    first_rows(
        "care", Place.SIDE, Shortlist(_("最近的走访"), PLAIN_VISIT, {}, "named.name", "visited_on", "visitor", "ways")
    ),
    first_rows(
        "care",
        Place.MAIN,
        Shortlist(_("结对关系"), PAIRING, {}, "number", "sponsor.name", "child.name", "starts_on"),
    ),
)
