"""The interface as a whole: every operation behind its token, and every refusal in one shape."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from portal.access import Permission
from portal.api.calling import KEY_HEADER, called
from portal.api.refusal import WORDS, ApiRefused, CallFault, refusal
from portal.api.resource import PATH, ApiRequest, Operation, Resource, all_resources
from portal.api.shapes import RefusedOut
from portal.api.tokens import Caller, TokenAuth
from portal.enums import AuditAction
from portal.models.union import UnionClosed
from portal.refusals.lookup import MissedError
from portal.refusals.middleware import tell_of_missed
from portal.refusals.telling import tell
from portal.web.base import public
from portal.workflow import MoveRefused

TITLE = gettext_lazy("金秋助学平台接口")
NAMESPACE = "api"
RETRY = {"Retry-After": "5"}
REFUSALS = frozenset(WORDS) - {405, 500}


class PlainJSON(JSONRenderer):
    """Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


def make_site() -> NinjaAPI:
    """All resources of all floors under one roof. It has no page of its own, and none from elsewhere."""
    site = NinjaAPI(
        title=str(TITLE), version="1", urls_namespace=NAMESPACE, renderer=PlainJSON(), docs_url=None, openapi_url=None
    )
    for resource in all_resources().values():
        for operation in resource.operations:
            _add(site, resource, operation)
    _add_description(site)
    for kind, answer in HANDLERS.items():
        site.add_exception_handler(kind, answer)
    return site


def patterns(site: NinjaAPI) -> tuple[list[URLPattern], str, str]:
    """The addresses of `site`, for `path`. The middleware lets them pass: who calls is asked for a token instead."""
    found, app, namespace = site.urls
    kept = [pattern for pattern in found if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    operations = [operation for resource in all_resources().values() for operation in resource.operations]
    written = {each.path.strip("/").replace("{id}", "<id>") for each in operations if each.writes}
    for pattern in kept:
        public(pattern.callback)
        pattern.callback.takes_post = str(pattern.pattern) in written  # type: ignore[attr-defined]
        pattern.callback.asks_token = True  # type: ignore[attr-defined]  # told by docs/roles.md
    return kept, app, namespace


def _add(site: NinjaAPI, resource: Resource, operation: Operation) -> None:
    extra: dict[str, Any] = {}
    if operation.body is not None:
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
        words = _("每个请求一个新的 UUID；重发时用原来的，只办理一次，得到同样的答复。保留 7 天。")
        schema = {"type": "string", "format": "uuid"}
        extra["parameters"] = [
            {"name": KEY_HEADER, "in": "header", "required": True, "schema": schema, "description": words}
        ]
    site.default_router.add_api_operation(
        operation.path,
        [operation.method],
        called(resource, operation),
        auth=TokenAuth(resource.name, operation.permission, writes=operation.writes),
        response={200: operation.answer, REFUSALS: RefusedOut},
        operation_id=f"{resource.name}_{operation.act}",
        url_name=f"{resource.name}_{operation.act}",
        summary=str(operation.summary),
        description=str(operation.description),
        tags=[str(resource.title)],
        openapi_extra=extra,
    )


def _add_description(site: NinjaAPI) -> None:
    """The description itself, to whoever has any token."""

    def describe(request: ApiRequest) -> JsonResponse:
        return JsonResponse(schema_of(site), json_dumps_params={"ensure_ascii": False})

    site.default_router.add_api_operation(
        "/openapi.json",
        ["GET"],
        describe,
        auth=TokenAuth("", Permission.VIEW_RECORDS, writes=False),
        include_in_schema=False,
        url_name="openapi",
    )


def schema_of(site: NinjaAPI) -> dict[str, Any]:
    """The interface as OpenAPI describes it, in Chinese."""
    return site.get_openapi_schema(path_prefix=f"{PATH}/")


def _refuse(request: HttpRequest, refused: ApiRefused) -> HttpResponse:
    """Tell the caller, and the audit log what was refused to whom; before somebody is let in the token did that."""
    caller = getattr(request, "auth", None)
    if isinstance(caller, Caller):
        view = request.resolver_match.url_name if request.resolver_match else ""
        subject, reason = _("接口 %(name)s") % {"name": view}, str(refused.message or WORDS[refused.status][1])
        of, label = f"{view} {refused.status}", caller.token.label
        tell(AuditAction.REFUSED, by=caller.by, of=of, subject=subject, token=label, reason=reason)
    return refusal(refused)


def _missed(request: HttpRequest, missed: Http404) -> HttpResponse:
    """Say that there is no such record; the log tells whether there is, for others."""
    caller = getattr(request, "auth", None)
    if isinstance(caller, Caller) and isinstance(missed, MissedError):
        tell_of_missed(request, missed, by=caller.by, user=caller.system, token=caller.token.label)
        return refusal(ApiRefused(404))
    return _refuse(request, ApiRefused(404))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit an address or a query: in our words, which repeat nothing of what was sent."""
    faults = [CallFault(_reason(found["type"]), field=str(found["loc"][-1])) for found in error.errors]
    return _refuse(request, ApiRefused(422, _("请求的参数不正确"), faults=faults))


def _reason(kind: str) -> str:
    if kind == "missing":
        return _("必须填写")
    return _("应为整数") if kind.startswith("int") else _("不是这一项可以有的值")


HANDLERS: dict[type[Exception], Any] = {
    ApiRefused: _refuse,
    ValidationError: _invalid,
    Http404: _missed,
    UnionClosed: lambda request, error: _refuse(request, ApiRefused(403, str(error), "closed")),
    PermissionDenied: lambda request, error: _refuse(request, ApiRefused(403, str(error))),
    MoveRefused: lambda request, error: _refuse(request, ApiRefused(409, str(error), "refused")),
    OperationalError: lambda request, _error: _refuse(request, ApiRefused(503, headers=RETRY)),
}
