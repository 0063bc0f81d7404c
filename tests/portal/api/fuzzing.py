"""The description of the interface as schemathesis reads it, and what a call made up from it must keep."""

from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from schemathesis.config import SchemathesisConfig

# What fits the description may still be refused: it names nobody on file, or breaks a rule that no schema tells.
REFUSED_BY_A_RULE = ["2xx", "400", "401", "403", "404", "409", "413", "422", "429"]
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"positive_data_acceptance": {"expected-statuses": REFUSED_BY_A_RULE}}}
)


def described(headers: dict[str, str]) -> Any:
    """The interface as it describes itself to who calls with `headers`; calls go to it without a server."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=WSGIHandler(), config=CONFIG, headers=headers)
