"""What other systems may ask for and send of the money: a bank reads the batches and says what became of them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema

from aid.models import PaymentBatch
from aid.payments.bank.return_table import ReturnRefused
from aid.payments.bank.told import LINE_FIELDS, take_told
from portal.access import Permission
from portal.api.body import read_body
from portal.api.refusal import ApiRefused, CallFault
from portal.api.resource import ApiRequest, Operation, Resource
from portal.api.rows import KEY_BELOW, page_of, sent_rows
from portal.refusals.lookup import get_object_or_404

LINES_A_CALL = 3000  # as many as a bank takes in a file
LONGEST_VOUCHER = 50


class BatchRecord(Schema):
    """A batch without anybody's name or card. Money in yuan, days as YYYY-MM-DD."""

    id: int
    union: str
    number: str
    year: int
    source: str
    method: str
    state: str
    released_on: str | None
    lines: int


class BatchesOut(Schema):
    """Batches in the order of their id, and the id after which the next page begins."""

    records: list[BatchRecord]
    after: int | None


class ResultsOut(Schema):
    """How many lines were newly paid and failed; `again` where this answer had been taken before."""

    paid: int
    failed: int
    again: bool
    notice: str


def list_batches(request: ApiRequest, after: int = Query(0, ge=0, lt=KEY_BELOW)) -> dict[str, Any]:
    batches = PaymentBatch.objects.visible_to(request.auth.system).select_related("union", "campaign")
    found, following = page_of(batches.with_line_counts(), after)
    return {"records": [_shown(batch) for batch in found], "after": following}


def _shown(batch: Any) -> dict[str, Any]:
    return {
        "id": batch.pk,
        "union": batch.union.code,
        "number": batch.number,
        "year": batch.campaign.year,
        "source": str(batch.get_source_display()),
        "method": str(batch.get_method_display()),
        "state": str(batch.get_state_display()),
        "released_on": batch.released_on and str(batch.released_on),
        "lines": batch.line_count,
    }


def send_results(request: ApiRequest, id: int = Path(..., ge=1, lt=KEY_BELOW)) -> dict[str, Any]:  # noqa: A002
    known = frozenset({"paid_on", "voucher", "lines"})
    body = read_body(request, known=known, required=frozenset({"paid_on", "lines"}))
    batch = get_object_or_404(PaymentBatch.objects.visible_to(request.auth.system).select_related("union"), pk=id)
    try:
        found = take_told(
            batch,
            lines=sent_rows(body["lines"], "lines", at_most=LINES_A_CALL, known=frozenset(LINE_FIELDS)),
            paid_on=_day(body["paid_on"]),
            voucher=_voucher(body.get("voucher", "")),
            name=_("接口：银行回盘"),
            by=request.auth.by,
        )
    except ReturnRefused as refused:
        raise ApiRefused(422, faults=map(CallFault, refused.reasons)) from None
    return {"paid": found.paid, "failed": found.failed, "again": found.again, "notice": found.notice}


def _day(given: Any) -> date:
    try:
        return DateField(input_formats=["%Y-%m-%d"]).clean(given if isinstance(given, str) else "")
    except ValidationError:
        reason = _("不是日期，请填写如 2014-08-25 的日期")
        raise ApiRefused(422, faults=[CallFault(reason, field="paid_on")]) from None


def _voucher(given: Any) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_VOUCHER:
        words = _("应为文字，最多 %(limit)d 字") % {"limit": LONGEST_VOUCHER}
        raise ApiRefused(422, faults=[CallFault(words, field="voucher")])
    return given


CELL = {"type": ["string", "number", "null"]}
LINE = {
    "type": "object",
    "properties": {
        "number": {**CELL, "title": _("序号"), "description": _("批次中的序号；没有时按账号和金额对应")},
        "name": {**CELL, "title": _("户名")},
        "card": {"type": "string", "title": _("账号")},
        "amount": {"type": ["string", "number"], "title": _("金额")},
        "result": {"type": "string", "title": _("处理结果"), "description": _("“成功”或“失败”，或银行通常的说法")},
        "reason": {**CELL, "title": _("失败原因")},
    },
    "required": ["card", "amount", "result"],
    "additionalProperties": False,
}
BODY = {
    "type": "object",
    "properties": {
        "paid_on": {"type": "string", "format": "date", "title": _("银行入账日期")},
        "voucher": {"type": "string", "maxLength": LONGEST_VOUCHER, "title": _("凭证号")},
        "lines": {"title": _("各笔结果"), "type": "array", "items": LINE, "minItems": 1, "maxItems": LINES_A_CALL},
    },
    "required": ["paid_on", "lines"],
    "additionalProperties": False,
}

RESOURCES = (
    Resource(
        "batches",
        gettext_lazy("发放批次"),
        (
            Operation(
                "list",
                "/batches",
                gettext_lazy("发放批次：列出"),
                Permission.PREPARE_PAYMENTS,
                list_batches,
                BatchesOut,
            ),
            Operation(
                "results",
                "/batches/{id}/results",
                gettext_lazy("发放批次：写入银行回盘"),
                Permission.PREPARE_PAYMENTS,
                send_results,
                ResultsOut,
                gettext_lazy("与回盘文件相同：各行须与批次的明细一致，有一处不符，全部不写入；同样的内容只登记一次。"),
                BODY,
            ),
        ),
    ),
)
