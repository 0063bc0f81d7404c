"""Chromium for the tests: Debian's own build, driven by Playwright."""

import os
import shutil
import threading

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db.transaction import Atomic
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.factories import PASSWORD, sign_in

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# A minute or more each: begun last, they would be waited for while the other processes have nothing left to do.
LONG = ("school_to_work", "season", "modes", "every_page", "without_scripts", "whole_way")


def pytest_collection_modifyitems(items):
    """The longest first."""
    long = [item for place in LONG for item in items if item.path.name == f"test_{place}.py"]
    items[:] = [*long, *(item for item in items if item not in set(long))]


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one the tests are skipped, unless PORTAL_BROWSER_REQUIRED says that they must run."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("PORTAL_BROWSER_REQUIRED"):
            pytest.fail("Chromium is required and not installed")
        pytest.skip("Chromium is not installed")
    # Playwright's event loop makes Django think that every query here is made from asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _one_at_a_time():
    """The server's threads and the test share one connection to SQLite in memory; one at a time may begin on it."""
    turn, answer, enter, leave = threading.RLock(), WSGIHandler.__call__, Atomic.__enter__, Atomic.__exit__

    def answer_in_turn(handler, *args):
        with turn:
            return answer(handler, *args)

    def enter_in_turn(block):
        turn.acquire()
        try:
            return enter(block)
        except BaseException:
            turn.release()
            raise

    def leave_in_turn(block, *failure):
        try:
            return leave(block, *failure)
        finally:
            turn.release()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", answer_in_turn)
        patch.setattr(Atomic, "__enter__", enter_in_turn)
        patch.setattr(Atomic, "__exit__", leave_in_turn)
        yield


@pytest.fixture
def open_page(chromium, live_server):
    """A new window: `open_page(viewport=NARROW, java_script_enabled=False)`. An error in the page fails the test."""
    contexts, errors = [], []

    def open_window(**options):
        still = {"viewport": WIDE, "reduced_motion": "reduce"}  # a colour asked for half-way to another is neither
        context = chromium.new_context(base_url=live_server.url, locale="zh-CN", **(still | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def signed_in(open_page):
    """A window in which a person who needs no second factor has signed in through the form."""

    def through_the_form(user, **options):
        page = open_page(**options)
        page.goto("/sign-in/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/")
        return page

    return through_the_form


@pytest.fixture
def window_of(open_page, live_server):
    """A window in which a person is fully signed in, second factor and all."""

    def open_window(user, **options):
        client = Client()
        sign_in(client, user)
        page = open_page(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page.goto("/")
        return page

    return open_window
