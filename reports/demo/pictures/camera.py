"""Takes the pictures of the album with Chromium, of the portal as it runs in this process. For development only."""

import io
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from reports.demo.pictures.album import LIST_FILE, Picture
from reports.demo.words import PASSWORD

WIDTH, TALLEST = 1366, 768
CHINESE = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}  # of which Chromium draws its date fields
# Where Chromium has no Chinese of its own (Debian's package chromium-l10n) its date boxes say mm/dd/yyyy: they are
# shown as people here see them.
DATES = """() => document.querySelectorAll("input[type=date]").forEach(field => {
  const said = field.value.replace(/-/g, "/") || "年/月/日";
  field.style.width = `${field.offsetWidth}px`;
  field.type = "text";
  field.value = said;
  const sign = document.createElement("i");
  sign.className = "bi bi-calendar3";
  sign.style.cssText = "margin-left: -1.6rem; position: relative; font-size: 0.8rem;";
  field.style.display = "inline-block";
  field.after(sign);
})"""
COLOURS = 48  # enough for one accent, greys and the charts; a third of the size of true colour


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base's
        """Say nothing of each request."""


@contextmanager
def portal_running() -> Iterator[str]:
    """The portal at a free port of this machine; its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def take(pictures: Iterable[tuple[Picture, str]], folder: Path) -> Iterator[Path]:
    """Take each picture of the page at its address, and yield the file that it became in `folder`."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with portal_running() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--lang=zh-CN"], env=CHINESE
        )
        windows: dict[str, Page] = {}
        for picture, address in pictures:
            window = windows.get(picture.account) or _signed_in(browser, portal, picture.account)
            windows[picture.account] = window
            yield _taken(picture, window, portal + address, folder)
        browser.close()


def _signed_in(browser: Browser, portal: str, account: str) -> Page:
    window = browser.new_page(viewport={"width": WIDTH, "height": TALLEST}, locale="zh-CN")
    window.goto(f"{portal}/sign-in/")
    window.fill("[name=username]", account)
    window.fill("[name=password]", PASSWORD)
    _press(window, "登录")
    for skip in window.get_by_role("button", name="不用了", exact=True).all():
        skip.click()
    return window


def _press(window: Page, button: str) -> None:
    with window.expect_navigation():
        window.get_by_role("button", name=button, exact=True).first.click()


def _taken(picture: Picture, window: Page, address: str, folder: Path) -> Path:
    window.goto(address)
    if picture.upload:
        window.set_input_files(
            "input[type=file]", {"name": LIST_FILE, "mimeType": "text/csv", "buffer": picture.upload()}
        )
    for button in picture.presses:
        _press(window, button)
    window.wait_for_load_state("networkidle")
    window.evaluate(DATES)  # after what was pressed: it is for the eye alone
    if picture.scroll_to:
        window.locator(picture.scroll_to).first.evaluate("found => found.scrollIntoView()")
    height = min(picture.height, window.evaluate("document.body.scrollHeight"))
    shot = window.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height}, animations="disabled")
    return _kept(shot, folder / f"{picture.name}.png")


def _kept(shot: bytes, path: Path) -> Path:
    with Image.open(io.BytesIO(shot)) as whole:
        whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path
