"""How a call is refused: one shape, a code for the program and words for the person who reads its log."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.operating.logs import request_id

JSON = "application/json; charset=utf-8"
FAULTS_TOLD = 1000
NO_STORE = "no-store"

# By status: the code, and what is said where nothing more is known.
WORDS: dict[int, tuple[str, str | Promise]] = {
    400: ("unreadable", _("请求无法读取")),
    401: ("no_token", _("没有可用的令牌")),
    403: ("not_allowed", _("令牌没有这项权限")),
    404: ("not_found", _("没有这个地址或这条记录")),
    405: ("method_not_allowed", _("这个地址不接受这种请求方法")),
    409: ("conflict", _("与已有的内容冲突")),
    411: ("length_required", _("请求必须写明长度（Content-Length）")),
    413: ("too_large", _("请求的内容过长")),
    415: ("not_json", _("请求的内容须为 application/json，以 UTF-8 编码")),
    422: ("invalid", _("内容有错误，没有写入任何数据")),
    429: ("too_many", _("调用过于频繁，请稍后再试")),
    500: ("failed", _("程序出错，没有办成；请把请求编号告诉系统管理员")),
    503: ("busy", _("系统正忙，没有写入任何数据，请稍后再试")),
}


@dataclass(frozen=True)
class CallFault:
    """What is wrong at one place: the row as it was sent, from 1, the name of the field and its heading on paper."""

    reason: str
    row: int | None = None
    field: str | None = None
    column: str | None = None


@dataclass
class ApiRefused(Exception):  # noqa: N818  named after what happens to the call
    """A call that is not answered: nothing was written. `code` and `message` are those of the status by default."""

    status: int
    message: str | Promise = ""
    code: str = ""
    faults: Iterable[CallFault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(refused: ApiRefused) -> HttpResponse:
    """The answer to a call that was refused. At most FAULTS_TOLD faults are told."""
    code, words = WORDS.get(refused.status, WORDS[400 if refused.status < 500 else 500])
    told = list(refused.faults)[:FAULTS_TOLD]
    error = {
        "code": refused.code or code,
        "message": str(refused.message or words),
        "errors": [vars(fault) for fault in told],
        "request": request_id.get(),
    }
    response = HttpResponse(json.dumps({"error": error}, ensure_ascii=False), content_type=JSON, status=refused.status)
    response["Cache-Control"] = NO_STORE
    for name, value in refused.headers.items():
        response[name] = value
    return response
