"""The body of a call: JSON, and nothing that two programs would read differently."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.api.refusal import ApiRefused, CallFault

DEEPEST = 5


def read_body(request: HttpRequest, *, known: frozenset[str], required: frozenset[str]) -> dict[str, Any]:
    """The object that was sent. Raises ApiRefused for what is no JSON object, or has other names than those known."""
    body = _parsed(request.body)
    if not isinstance(body, dict):
        raise ApiRefused(422, _("请求的内容应是一个 JSON 对象"))
    faults = [CallFault(_("没有“%(name)s”这一项") % {"name": _shown(name)}) for name in sorted(body.keys() - known)]
    faults += [CallFault(_("必须填写"), field=name) for name in sorted(required - body.keys())]
    if faults:
        raise ApiRefused(422, faults=faults)
    return body


def _parsed(content: bytes) -> Any:
    try:
        text = content.decode("utf-8")
        body = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
        json.dumps(body, ensure_ascii=False).encode()  # half of a character is no text
    except RecursionError:
        raise ApiRefused(400, _("内容的层次过多")) from None
    except UnicodeError:
        raise ApiRefused(400, _("内容不是 UTF-8 文字")) from None
    except ValueError:  # no JSON, or a number of thousands of digits; its words may repeat what was sent
        raise ApiRefused(400, _("内容不是有效的 JSON")) from None
    if _depth(body) > DEEPEST:
        raise ApiRefused(400, _("内容的层次过多"))
    return body


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ApiRefused(400, _("同一对象中有重复的名称"))
    return found


def _no_number(_text: str) -> None:
    raise ApiRefused(400, _("NaN 和 Infinity 不是 JSON 的数字"))


def _depth(value: Any) -> int:
    """How many objects and lists stand in one another; not deeper than a parser went."""
    deep, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        deep += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return deep


def _shown(name: str) -> str:
    """A name that nobody knows, as far as it can be a name."""
    return name if len(name) <= 40 and name.isascii() and name.replace("_", "").isalpha() else "…"
