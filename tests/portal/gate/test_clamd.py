"""What is said to clamd, byte for byte, and what its answers mean."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.documents.file_kinds import PDF
from portal.gate.clamd import PIECE, ScannerSilentError, is_infected
from portal.gate.inspecting import admitted
from portal.gate.words import INFECTED, NOT_SEARCHED
from tests import papers
from tests.hostile import EICAR


@contextmanager
def scanner(path, answer: bytes, *, heard: list[bytes]):
    """Somebody at the socket who hears all up to the empty piece and gives one answer."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen(1)

        def serve():
            with door.accept()[0] as line:
                said = b""
                while not said.endswith(b"\0\0\0\0") and said != b"zVERSION\0":
                    said += line.recv(65536)
                heard.append(said)
                line.sendall(answer)

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield
        serving.join(10)


@pytest.fixture
def door(tmp_path, settings):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.ctl")
    return tmp_path / "clamd.ctl"


def test_file_is_sent_in_pieces_behind_their_lengths(door):
    content, heard = b"a" * PIECE + b"rest", []
    with scanner(door, b"stream: OK\0", heard=heard):
        assert not is_infected(content)
    pieces = struct.pack("!L", PIECE) + b"a" * PIECE + struct.pack("!L", 4) + b"rest"
    assert heard == [b"zINSTREAM\0" + pieces + bytes(4)]


def test_test_virus_is_found_and_refused(door):
    with scanner(door, b"stream: Eicar-Signature FOUND\0", heard=[]), pytest.raises(ValidationError) as refused:
        admitted(papers.PDF + b"", "a.pdf", (PDF,))
    assert refused.value.messages == [str(INFECTED)]
    assert EICAR.decode() not in str(INFECTED)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but\0", b"\xff\0"])
def test_answer_that_says_neither_is_none(door, answer):
    with scanner(door, answer, heard=[]), pytest.raises(ScannerSilentError):
        is_infected(b"a")


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "tcp://127.0.0.1:1", "tcp://", "nonsense", "tcp://h:port"])
def test_file_is_not_let_through_while_nobody_answers(settings, address):
    settings.CLAMD_SOCKET = address
    with pytest.raises(ValidationError) as refused:
        admitted(papers.PDF, "a.pdf", (PDF,))
    assert refused.value.messages == [str(NOT_SEARCHED)]


def test_without_a_scanner_nobody_is_asked(settings):
    settings.CLAMD_SOCKET = ""
    assert not is_infected(EICAR)


def test_page_of_the_administrator_says_how_the_scanner_stands(client_of, admin, settings, door):
    browser = client_of(admin)
    assert "没有应答：现在谁也上传不了文件" in browser.get(reverse("state_show")).text
    with scanner(door, b"ClamAV 1.0.7/27000/Mon Jun  2 08:24:12 2014\0", heard=[]):
        assert "正常：ClamAV 1.0.7/27000/Mon Jun  2 08:24:12 2014" in browser.get(reverse("state_show")).text
    settings.CLAMD_SOCKET = ""
    assert "没有配置。上传的文件按内容检查，但不查病毒" in browser.get(reverse("state_show")).text
