"""nginx by the file that is installed: guarding headers once on every answer, no request that two could read apart, and
nothing from the disk but what was collected for it.

Where there is no nginx `.ci/trial-inside` alone asks the same of an installation.
"""

import http.server
import re
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[1]
NGINX, OPENSSL = shutil.which("nginx"), shutil.which("openssl")
GUARDING = ("strict-transport-security", "content-security-policy", "x-content-type-options")
KEPT = "kept to ourselves"
LEFT_LYING = (
    "static/.env",
    "static/.git/config",
    "static/a.css~",
    "static/a.css.bak",
    "static/css/.a.css.swp",
    ".env",
    "a.py",
)
pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="there is no nginx or no openssl")


class Behind(http.server.BaseHTTPRequestHandler):
    """What stands for the portal: it brings its own headers, and says how often it was asked."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self):
        Behind.asked += 1
        self.send_response(404 if self.path == "/nowhere/" else 200)
        for name in (*GUARDING, "Content-Length"):
            self.send_header(name, "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815  the name that http.server asks for

    def log_message(self, *_arguments):
        """Nothing."""


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def folder():
    with TemporaryDirectory() as folder:  # a short one: the name of a socket must be
        place = Path(folder)
        place.chmod(0o755)
        (place / "static").mkdir()
        (place / "static" / "a.css").write_text("a {}")
        for name in LEFT_LYING:
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(KEPT)
        made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=portal.test"]
        files = ["-keyout", place / "key", "-out", place / "chain"]
        subprocess.run([OPENSSL, *made, *files], check=True, capture_output=True)  # noqa: S603  fixed arguments
        yield place


@pytest.fixture(scope="module")
def port(folder):
    """Where it listens for HTTPS."""
    https, plain = free_port(), free_port()
    text = (ROOT / "deploy/nginx/portal.conf").read_text()
    for word, here in {
        "PORTAL_HOST": "portal.test",
        "PORTAL_CERTIFICATE_CHAIN": folder / "chain",
        "PORTAL_CERTIFICATE_KEY": folder / "key",
        "/run/portal/web.sock": folder / "web.sock",
        "/var/log/portal/": f"{folder}/",
        "/opt/portal/current/staticfiles/": f"{folder}/static/",
        "/opt/portal/current/deploy/nginx/errors": ROOT / "deploy/nginx/errors",
        "include /etc/portal/nginx-forwarded.conf;": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
    }.items():
        text = text.replace(word, str(here))
    (folder / "portal.conf").write_text(re.sub(r"listen \[::\].*", "", text))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    head = f"pid {folder}/pid; error_log {folder}/errors; daemon off; events {{}}"
    (folder / "nginx.conf").write_text(f"{head} http {{ {temporary} include {folder}/portal.conf; }}")
    with subprocess.Popen([NGINX, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL) as nginx:  # noqa: S603
        for _turn in range(50):
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("127.0.0.1", https)) == 0:
                    break
            time.sleep(0.1)
        yield https
        nginx.terminate()


@pytest.fixture
def behind(folder, port):
    with Server(str(folder / "web.sock"), Behind) as server:
        (folder / "web.sock").chmod(0o777)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()
    (folder / "web.sock").unlink()


def whole_answer(port: int, request: str) -> tuple[int, str, str]:
    """The code, the headers in small letters and the body of the answer to what is sent as it stands."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=5)
    with context.wrap_socket(plain, server_hostname="portal.test") as connection:
        connection.sendall(request.encode())
        with connection.makefile("rb") as told:
            head = "\n".join(iter(lambda: told.readline().decode().lower().strip(), ""))
            length = re.search(r"^content-length: (\d+)", head, re.MULTILINE)
            body = told.read(int(length[1]) if length else None).decode()
    return int(head.split()[1]), head, body


def answer(port: int, request: str) -> tuple[int, str]:
    """The code and the headers of the answer."""
    return whole_answer(port, request)[:2]


def asked_for(path: str, method: str = "GET") -> str:
    return f"{method} {path} HTTP/1.1\r\nHost: portal.test\r\nConnection: close\r\n\r\n"


def times(head: str) -> list[int]:
    return [len(re.findall(f"^{name}:", head, re.MULTILINE)) for name in GUARDING]


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    ("path", "code"),
    [("/", 200), ("/nowhere/", 404), ("/static/a.css", 200), ("/static/nowhere.css", 404), ("/favicon.ico", 204)],
)
def test_guarding_headers_stand_once_on_every_answer(port, path, code):
    found, head = answer(port, asked_for(path))
    assert (found, times(head)) == (code, [1, 1, 1])


def test_guarding_headers_stand_on_what_nginx_says_while_the_portal_is_away(port):
    found, head = answer(port, asked_for("/"))
    assert (found, times(head)) == (502, [1, 1, 1])


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    "pair",
    [
        "Content-Length: 6\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 6\r\nContent-Length: 0",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    ],
)
def test_request_that_two_could_read_differently_reaches_nobody(port, pair):
    before = Behind.asked
    code, _head = answer(port, f"POST / HTTP/1.1\r\nHost: portal.test\r\n{pair}\r\n\r\n0\r\n\r\nG")
    assert (code, Behind.asked) == (400, before)
    assert answer(port, asked_for("/"))[0] == 200
    assert Behind.asked == before + 1


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/static/", 403),
        ("/static/css/", 403),
        ("/static/.env", 404),
        ("/static/.git/config", 404),
        ("/static/a.css~", 404),
        ("/static/a.css.bak", 404),
        ("/static/css/.a.css.swp", 404),
        ("/static/..;/.env", 404),
        ("/static//../../.env", 400),
        ("/static/%00.env", 400),
    ],
)
def test_nothing_lies_open_beside_what_was_collected(port, path, code):
    before = Behind.asked
    found, head, body = whole_answer(port, asked_for(path))
    assert (found, times(head), Behind.asked) == (code, [1, 1, 1], before)
    assert KEPT not in body
    assert not re.search(r"href=|a\.css", body)


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    "path",
    ["/.env", "/.git/config", "/a.py", "/static../.env", "/static/../.env", "/static/%2e%2e/a.py", "/static/..%2fa.py"],
)
def test_what_is_not_below_static_is_asked_of_the_portal_and_not_of_the_disk(port, path):
    before = Behind.asked
    assert (whole_answer(port, asked_for(path))[2], Behind.asked) == ("", before + 1)


@pytest.mark.usefixtures("behind")
def test_what_was_collected_is_given_out(port):
    """Otherwise the two above would hold of a web server that gives out nothing."""
    found, _head, body = whole_answer(port, asked_for("/static/a.css"))
    assert (found, body) == (200, "a {}")


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize("path", ["/", "/static/a.css", "/nowhere/"])
def test_trace_comes_back_from_nowhere(port, path):
    before = Behind.asked
    request = asked_for(path, "TRACE").replace("Connection", f"Cookie: {KEPT}\r\nConnection")
    found, head, body = whole_answer(port, request)
    assert (found, times(head), KEPT in body, Behind.asked) == (405, [1, 1, 1], False, before)
