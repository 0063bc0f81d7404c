"""An outside system as a test sees it: a token of one's own, and calls as it makes them."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils.timezone import localdate

from portal.api.resource import all_resources
from portal.audit import By
from portal.models import Union, User
from portal.outside.systems import make_token, open_system


@dataclass
class Outside:
    """A system with a token; what is not said is allowed."""

    union: Union
    made_by: User
    resources: tuple[str, ...] | None = None
    may_write: bool = True
    per_minute: int = 10_000
    expires_in: int = 30
    name: str = "hotline"
    system: User = field(init=False)
    token: str = field(init=False)

    def __post_init__(self):
        by = By(self.made_by, "127.0.0.1")
        self.system = open_system(f"{self.name}-{uuid4().hex[:6]}", name="热线系统", union=self.union, by=by)
        self.token = make_token(
            self.system,
            label="正式",
            resources=all_resources() if self.resources is None else self.resources,
            may_write=self.may_write,
            expires_on=localdate() + timedelta(days=self.expires_in),
            per_minute=self.per_minute,
            by=by,
        )
        self.client = Client(raise_request_exception=False)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, query: dict | None = None):
        return self.client.get(f"/api/v1/{path}", query or {}, headers=self.headers)

    def send(self, path: str, body, *, key=None, **headers):
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        given = self.headers | {"Idempotency-Key": str(key or uuid4())} | headers
        return self.client.post(f"/api/v1/{path}", content, content_type="application/json", headers=given)

    def send_rows(self, path: str, *rows: dict, **fields):
        return self.send(path, {"rows": list(rows), **fields})
