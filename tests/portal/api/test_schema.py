"""What is described is what happens: calls made up from the description, right and wrong, meet no surprise.

A short form; `benchmarks/api_fuzz.py` goes on for as long as one likes.
"""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.api.calling import KEY_HEADER
from portal.api.resource import all_resources
from tests.portal.api.calling import Outside
from tests.portal.api.fuzzing import described

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection():
    """As Django's own client does: a request does not end the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def outside(campaign, district, grassroots, admin):
    return Outside(district, admin)


def test_calls_from_the_description_meet_no_surprise(outside):
    """Every operation, with some calls that fit its description and some that do not."""
    operations = [found.ok() for found in described(outside.headers).get_all_operations()]
    assert len(operations) == sum(len(resource.operations) for resource in all_resources().values())
    for operation in operations:
        for mode in schemathesis.GenerationMode:
            _try(operation, mode, outside)


def _try(operation, mode, outside) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=6,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        case.call_and_validate(headers=outside.headers)

    call()


def test_the_description_is_answered_to_a_token_and_in_chinese(outside, client):
    answer = outside.get("openapi.json")
    assert answer.status_code == 200
    told = answer.json()
    assert told["info"]["title"] == "金秋助学平台接口"
    assert client.get("/api/v1/openapi.json").status_code == 401
    sent = told["paths"]["/api/v1/households"]["post"]
    row = sent["requestBody"]["content"]["application/json"]["schema"]["properties"]["rows"]["items"]
    assert (row["properties"]["worker"]["title"], row["additionalProperties"]) == ("身份证号", False)
    assert [parameter["name"] for parameter in sent["parameters"]] == [KEY_HEADER]
    assert sent["security"] == [{"TokenAuth": []}]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(body=ANY_JSON)
@settings(max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_json_is_an_error_of_ours(outside, body):
    content = json.dumps({"rows": [body]}).encode()
    assert outside.send("households", content).status_code in {400, 422}
