"""Units and a campaign for the tests of figures."""

import shutil
import subprocess

import pytest

from portal.models import Campaign, Union
from tests.clock import Clock
from tests.reports import builders


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """`clock.set(day)`: from now on it is that day."""
    return Clock(monkeypatch)


@pytest.fixture
def units(db) -> list[Union]:
    return builders.small_city(2)


@pytest.fixture
def unit(units) -> Union:
    return units[0]


@pytest.fixture
def year_2014(db) -> Campaign:
    return builders.campaign(2014)


@pytest.fixture
def pages_of(printer, tmp_path):
    """The text of each page, in the order in which it is printed."""

    def read(content: bytes) -> list[str]:
        file = tmp_path / "annex.pdf"
        file.write_bytes(content)
        command = [shutil.which("pdftotext"), "-raw", file, "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603  our own file
        return text.split("\f")[:-1]

    return read
