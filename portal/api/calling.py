"""What happens around every operation: it acts once for its key, and its effect is in the audit log."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import audit
from portal.api.refusal import JSON, ApiRefused
from portal.api.resource import ApiRequest, Operation, Resource
from portal.enums import AuditAction
from portal.form_keys import SentBeforeError, claim, digest_of
from portal.models import ApiAnswer
from portal.second_lock.people import scope_of

KEY_HEADER = "Idempotency-Key"
AGAIN_HEADER = "Idempotent-Replayed"


def called(resource: Resource, operation: Operation) -> Callable[..., Any]:
    """The view of `operation` as ninja calls it."""

    @wraps(operation.view)
    def call(request: ApiRequest, **values: Any) -> Any:
        with scope_of(request.auth.system):
            if operation.writes:
                return _once(resource, operation, request, values)
            answer = operation.view(request, **values)
            _record(resource, operation, request)
            return answer

    return call


def _once(resource: Resource, operation: Operation, request: ApiRequest, values: dict[str, Any]) -> HttpResponse:
    """Act, and keep the answer under the key; a call that was refused left nothing, and its key is free again."""
    key = _key(request)
    digest = digest_of({"": request.path, "body": hashlib.sha256(request.body).hexdigest()})
    try:
        with transaction.atomic():
            receipt = claim(user=request.auth.system, key=key, digest=digest)
            answer = operation.answer.model_validate(operation.view(request, **values)).model_dump(mode="json")
            text = json.dumps(answer, ensure_ascii=False)
            ApiAnswer.objects.create(receipt=receipt, status=200, body=text)
            _record(resource, operation, request)
    except SentBeforeError as sent:
        return _again(sent)
    return HttpResponse(text, content_type=JSON)


def _key(request: HttpRequest) -> UUID:
    given = request.headers.get(KEY_HEADER, "")
    try:
        return UUID(given if len(given) == len(str(UUID(int=0))) else "")
    except ValueError:
        words = _("请求头 %(name)s 应是一个 UUID；重发同一请求时用同一个") % {"name": KEY_HEADER}
        raise ApiRefused(400, words, "key_required") from None


def _again(sent: SentBeforeError) -> HttpResponse:
    """The answer of the first time; another body under the same key is a mistake of its sender."""
    if not sent.same:
        raise ApiRefused(409, _("这个 Idempotency-Key 已用于内容不同的请求，没有再次办理"), "key_used")
    kept = ApiAnswer.objects.get(receipt=sent.receipt)
    return HttpResponse(kept.body, content_type=JSON, status=kept.status, headers={AGAIN_HEADER: "true"})


def _record(resource: Resource, operation: Operation, request: ApiRequest) -> None:
    """One audit row for the call; what it wrote has rows of its own, of the same actor."""
    subject = _("接口 %(name)s") % {"name": resource.title}
    act = f"{operation.method} {operation.path}"
    audit.record(AuditAction.API_CALLED, by=request.auth.by, subject=subject, act=act, token=request.auth.token.label)
