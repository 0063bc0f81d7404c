"""Lines of the log: one JSON object each, numbered by request, without anybody's data."""

import json
import logging
import logging.config
import re
import sys

import pytest
from sentry_sdk.utils import event_from_exception

from portal.operating.logs import JsonLines, NoPersonalData, request_id, scrubbed
from portal.operating.sentry import stripped
from tests.logged import Searched

IDENTITY, CARD, TELEPHONE, OLD_IDENTITY = "310101199001011234", "6222021001116245702", "13816245702", "310101900101123"


@pytest.mark.parametrize(
    "number", [IDENTITY, CARD, TELEPHONE, OLD_IDENTITY, "31010119900101123X", "31010119900101123x"]
)
@pytest.mark.parametrize("line", ["{}", "号码{}不对", "<{}>", "a={},b", "/households/{}/", "'{}'"])
def test_long_numbers_are_scrubbed(number, line):
    assert scrubbed(line.format(number)) == line.format("***")


@pytest.mark.parametrize(
    "line",
    ["job 0b4f2f9a-1c1b-4f7e-9f1e-123456789012 done", "a" * 40 + "12345678901234567", "took 1234567890 ms", "2014"],
)
def test_what_is_no_number_of_a_person_stays(line):
    assert scrubbed(line) == line


def test_what_was_searched_for_is_scrubbed():
    assert scrubbed("Not Found: /find/?text=张三&x=1 by") == "Not Found: /find/?*** by"


def written(record):
    NoPersonalData().filter(record)
    return json.loads(JsonLines().format(record))


def record_of(message, *args, **extra):
    return logging.getLogger("portal.test").makeRecord(
        "portal.test", logging.INFO, __file__, 1, message, args, None, extra=extra
    )


def test_line_has_its_request_and_its_fields():
    token = request_id.set("ab" * 16)
    line = written(record_of("read %s of %d", IDENTITY, 3, page="home", status=200, password="x"))
    request_id.reset(token)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("at"))
    assert line == {
        "level": "INFO",
        "name": "portal.test",
        "message": "read *** of 3",
        "request": "ab" * 16,
        "page": "home",
        "status": 200,
    }


@pytest.mark.parametrize("formatter", ["line", "json"])
def test_what_was_sent_begins_no_line_of_its_own(formatter, settings):
    shaped = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        settings.LOGGING["formatters"][formatter]
    )
    for end in (chr(code) for code in range(0x110000) if len(f"a{chr(code)}b".splitlines()) > 1):
        record = record_of("Not Found: /%s", f"x{end}2026-01-01 00:00:00,000 INFO portal signed in")
        NoPersonalData().filter(record)
        assert len(shaped.format(record).splitlines()) == 1, repr(end)


def refused():
    message = f"Key (name)=(曾建国) already exists, {IDENTITY}"
    raise ValueError(message)


def failure():
    try:
        refused()
    except ValueError:
        return sys.exc_info()


def test_error_is_told_by_its_kind_and_place_not_by_its_words():
    record = record_of("saving failed")
    record.exc_info = failure()
    line = written(record)
    assert line["message"] == "saving failed [ValueError]"
    assert "in refused" in line["where"]
    assert not [text for text in ("曾建国", IDENTITY, "already exists") if text in json.dumps(line, ensure_ascii=False)]


OPTIONS = {
    "include_local_variables": True,
    "include_source_context": True,
    "max_value_length": 1000,
    "custom_repr": None,
}


def test_report_to_sentry_has_the_place_and_nobodys_data():
    event, hint = event_from_exception(failure(), client_options=OPTIONS)
    event |= {"request": {"url": "/find/?text=曾建国", "data": IDENTITY}, "user": {"id": 7}, "message": "曾建国"}
    event |= {"breadcrumbs": {"values": [{"message": IDENTITY}]}, "extra": {"name": "曾建国"}}
    report = stripped(event, hint)
    text = json.dumps(report, ensure_ascii=False, default=str)
    assert not [value for value in ("曾建国", IDENTITY, "already exists", "find") if value in text]
    (error,) = report["exception"]["values"]
    assert (error["type"], error["stacktrace"]["frames"][-1]["function"]) == ("ValueError", "refused")


def test_request_gets_a_number_that_a_proxy_may_have_given(client, db):
    assert re.fullmatch(r"[0-9a-f]{32}", client.get("/healthz")["X-Request-ID"])
    assert client.get("/healthz", headers={"X-Request-ID": "ab" * 16})["X-Request-ID"] == "ab" * 16
    assert client.get("/healthz", headers={"X-Request-ID": "x\r\nevil"})["X-Request-ID"] != "x\r\nevil"
    assert request_id.get() == ""


def test_request_leaves_one_line_with_page_and_person_and_no_address(client_of, clerk, caplog):
    with caplog.at_level(logging.INFO, logger="portal.operating.middleware"):
        client_of(clerk).get("/unions/?text=东湖")
    (line,) = [record for record in caplog.records if record.name == "portal.operating.middleware"]
    assert (line.getMessage(), line.page, line.status, line.user) == ("GET union_list", "union_list", 200, clerk.pk)
    assert "东湖" not in JsonLines().format(line)


def test_search_of_the_whole_run_finds_what_is_there_to_find():
    log = Searched()
    log.emit(record_of("curious: %s", "曾建国"))
    log.emit(record_of("number %s is scrubbed, as in production", IDENTITY))
    assert (log.lines, len(log.found)) == (2, 1)
    assert "曾建国" in log.found[0]
