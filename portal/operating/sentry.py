"""Errors to a server that speaks Sentry's protocol, where SENTRY_DSN names one: kinds and places, nobody's data."""

from typing import Any

import sentry_sdk

from portal.operating.state import portal_version

# Words and values of a report may repeat somebody's record in any shape: what is not named here stays here.
KEPT = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment", "server_name", "sdk")
FRAME = ("filename", "abs_path", "module", "function", "lineno", "in_app")


def stripped(event: Any, _hint: Any) -> Any:
    """The report `event` with the kinds of its errors and the places that led to them, and nothing else."""
    bare = {key: event[key] for key in KEPT if key in event}
    errors = [_error(each) for each in (event.get("exception") or {}).get("values", [])]
    return bare | ({"exception": {"values": errors}} if errors else {})


def _error(value: dict) -> dict:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    places = [{key: frame[key] for key in FRAME if key in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": places}}


def start(dsn: str) -> None:
    """Report errors to `dsn` from now on."""
    sentry_sdk.init(
        dsn=dsn,
        release=portal_version(),
        before_send=stripped,
        before_breadcrumb=lambda _crumb, _hint: None,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        traces_sample_rate=None,
    )
