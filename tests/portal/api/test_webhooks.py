"""What systems are told: signed, without anybody's data, sent again until it is taken, to addresses of others only."""

import hashlib
import hmac
import http.server
import json
import re
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from aid.casework.moving import Why, move_case
from aid.payments.bank.returns import take_return
from portal.audit import By
from portal.enums import WebhookEvent
from portal.models import Webhook, WebhookDelivery
from portal.outside import posting
from portal.outside.posting import AddressRefused, checked_address
from portal.outside.sending import deliver, send_what_is_due
from portal.outside.systems import add_webhook, end_system, end_webhook
from portal.outside.telling import tell
from reports.handed_in.submission import accept_report, submit_report
from reports.models import Report
from tests.aid.paying import case_to_pay, layout, raised, released, return_file
from tests.portal.api.calling import Outside
from tests.reports.getting_ready import ready

pytestmark = pytest.mark.django_db
EVERYTHING = tuple(WebhookEvent.values)


class Listener:
    """The other side: keeps what it is sent, and answers what it is told to."""

    def __init__(self):
        self.taken, self.answer = [], 204
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.taken.append((self.path, dict(self.headers), body))
                self.send_response(outer.answer)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_args):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook?from=portal"


@pytest.fixture(scope="module")
def running():
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


@pytest.fixture
def listener(running, settings):
    settings.WEBHOOK_LOCAL = True
    running.taken.clear()
    running.answer = 204
    return running


@pytest.fixture
def outside(district, admin):
    return Outside(district, admin)


@pytest.fixture
def secret(outside, listener, admin):
    return add_webhook(outside.system, address=listener.address, events=EVERYTHING, by=By(admin))


def due_in() -> timedelta:
    return WebhookDelivery.objects.get().due_at - timezone.now()


def about(minutes: float, found: timedelta) -> bool:
    return abs(found - timedelta(minutes=minutes)) < timedelta(seconds=30)


def test_what_is_sent_is_signed(secret, listener, district):
    tell(WebhookEvent.PAID, case_to_pay(district), number="P-1", count=3)
    deliver.call(WebhookDelivery.objects.get().pk)
    ((path, headers, body),) = listener.taken
    stamp, mark = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["X-Portal-Signature"]).groups()
    assert hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest() == mark
    assert abs(int(stamp) - timezone.now().timestamp()) < 30
    assert path == "/hook?from=portal"
    told, kept = json.loads(body), WebhookDelivery.objects.get()
    assert (told["id"], told["event"], told["number"], told["count"]) == (str(kept.key), "paid", "P-1", 3)
    assert (kept.status, kept.attempts, kept.delivered_at is not None) == (204, 1, True)
    deliver.call(kept.pk)
    assert len(listener.taken) == 1


def test_it_is_tried_again_later_and_later_and_given_up(secret, listener, district):
    listener.answer = 500
    tell(WebhookEvent.PAID, case_to_pay(district), number="P-1")
    for minutes in (1, 5, 15, 60, 360, 360):
        deliver.call(WebhookDelivery.objects.get().pk)
        assert about(minutes, due_in())
        deliver.call(WebhookDelivery.objects.get().pk)  # not due: nothing happens
        WebhookDelivery.objects.update(due_at=timezone.now())
    assert (len(listener.taken), WebhookDelivery.objects.get().status) == (6, 500)
    assert len({json.loads(body)["id"] for _path, _headers, body in listener.taken}) == 1
    WebhookDelivery.objects.update(made_at=timezone.now() - timedelta(days=3))
    deliver.call(WebhookDelivery.objects.get().pk)
    assert WebhookDelivery.objects.get().given_up_at is not None
    WebhookDelivery.objects.update(due_at=timezone.now())
    assert send_what_is_due() == 0


def test_a_redirect_is_no_answer(secret, listener, district):
    listener.answer = 302
    tell(WebhookEvent.PAID, case_to_pay(district), number="P-1")
    deliver.call(WebhookDelivery.objects.get().pk)
    assert (len(listener.taken), WebhookDelivery.objects.get().delivered_at) == (1, None)


def test_nobody_there(outside, admin, settings, district):
    settings.WEBHOOK_LOCAL = True
    add_webhook(outside.system, address="http://127.0.0.1:9/", events=EVERYTHING, by=By(admin))
    tell(WebhookEvent.PAID, case_to_pay(district), number="P-1")
    deliver.call(WebhookDelivery.objects.get().pk)
    kept = WebhookDelivery.objects.get()
    assert (kept.status, kept.attempts, about(1, due_in())) == (None, 1, True)


def test_what_a_worker_left_is_taken_up_by_the_sweep(secret, listener, district):
    tell(WebhookEvent.PAID, case_to_pay(district), number="P-1")
    assert (send_what_is_due(), len(listener.taken)) == (1, 1)


def test_who_is_told(outside, listener, district, foreign_district, city, admin):
    def of(union, events):
        system = Outside(union, admin).system
        add_webhook(system, address=listener.address, events=events, by=By(admin))
        return system

    own, above, beside = of(district, EVERYTHING), of(city, ["paid"]), of(foreign_district, EVERYTHING)
    deaf = of(district, ["submitted"])
    ended, stopped = of(district, EVERYTHING), of(district, EVERYTHING)
    end_system(ended, by=By(admin))
    end_webhook(Webhook.objects.get(system=stopped), by=By(admin))
    assert tell(WebhookEvent.PAID, case_to_pay(district), number="P-1") == 2
    told = set(WebhookDelivery.objects.values_list("webhook__system", flat=True))
    assert told == {own.pk, above.pk}
    assert not told & {beside.pk, deaf.pk, ended.pk, stopped.pk}


def test_nothing_goes_to_an_address_that_was_ended(secret, listener, district, admin):
    tell(WebhookEvent.PAID, case_to_pay(district), number="P-1")
    end_webhook(Webhook.objects.get(), by=By(admin))
    deliver.call(WebhookDelivery.objects.get().pk)
    assert listener.taken == []


def told() -> list[dict]:
    return list(WebhookDelivery.objects.order_by("pk").values_list("body", flat=True))


def test_a_decision_is_told(secret, district, lead):
    case = case_to_pay(district)
    type(case).objects.filter(pk=case.pk).update(status="submitted", decision="", decided_on=None)
    move_case(case, "reject", by=By(lead), why=Why("other_reason", "重复"))
    (body,) = told()
    assert body | {"at": ""} == {
        "event": "decided",
        "at": "",
        "union": district.code,
        "kind": "aidcase",
        "key": case.pk,
        "number": case.number,
        "decision": "rejected",
    }


def test_payments_of_a_batch_are_told_by_number_and_sum(secret, campaign, district, clerk, lead):
    raised(district, 10_000)
    batch = released(campaign, clerk, lead, [case_to_pay(district, 1000), case_to_pay(district, 500)])
    content = return_file(batch, failed={2: "账户已销户"})
    take_return(batch, content=content, name="r.xlsx", layout=layout(), paid_on=timezone.localdate(), by=By(clerk))
    (body,) = told()
    assert (body["event"], body["kind"], body["number"], body["count"]) == ("paid", "paymentbatch", batch.number, 1)
    assert body["total"] == "1000.00"


def test_a_report_is_told_when_it_is_handed_in_and_accepted(secret, campaign, district, lead, reviewer):
    handed_in = submit_report(ready(campaign, district), by=By(lead))
    accept_report(Report.objects.get(), by=By(reviewer))
    assert [(body["event"], body["number"]) for body in told()] == [
        ("submitted", handed_in.code),
        ("accepted", handed_in.code),
    ]


def test_what_is_told_names_nobody(secret, campaign, district, clerk, lead):
    """Every text of a body is a number, a code, a day or a sum."""
    raised(district, 10_000)
    batch = released(campaign, clerk, lead, [case_to_pay(district, 1000)])
    content = return_file(batch)
    take_return(batch, content=content, name="r.xlsx", layout=layout(), paid_on=timezone.localdate(), by=By(clerk))
    for body in told():
        text = json.dumps(body, ensure_ascii=False)
        assert not re.search("[\u4e00-\u9fff]", text)
        assert not re.search(r"(?<![0-9])\d{15,19}(?![0-9])", text)


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example/",
        "ftp://hooks.example/",
        "https://",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://0.0.0.0/",
        "https://169.254.169.254/latest/meta-data/",
        "https://224.0.0.1/",
        "https://user:word@198.51.100.7/",
        "https://198.51.100.7:99999/",
        "https://nobody.invalid/",
    ],
)
def test_addresses_that_nothing_is_sent_to(address):
    with pytest.raises((AddressRefused, ValueError)):
        checked_address(address)


def test_the_address_that_was_judged_is_the_one_that_is_called(monkeypatch):
    answers = iter([[(2, 1, 6, "", ("198.51.100.7", 443))], [(2, 1, 6, "", ("127.0.0.1", 443))]])
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *_args, **_kwargs: next(answers))
    called = []
    monkeypatch.setattr(posting.socket, "create_connection", lambda address, **_kw: called.append(address) or 1 / 0)
    parts, address = checked_address("https://hooks.example/")
    connection = posting._connection(parts.scheme, parts.hostname, parts.port, address)
    with pytest.raises(ZeroDivisionError):
        connection.request("POST", "/")
    assert called == [("198.51.100.7", 443)]


def test_the_secret_is_sealed(secret):
    assert Webhook.objects.get().secret == secret
