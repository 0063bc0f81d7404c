from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from portal.workbook.sheets import Workbook
from tests.portal.workbook.fruit import Crates, Notes
from tests.portal.workbook.packages import write_xlsx


@pytest.fixture(autouse=True)
def _read_by_child(by_child):
    pass


@pytest.fixture
def fruit_workbook():
    return Workbook((Crates(), Notes()))


@pytest.fixture
def xlsx(tmp_path):
    return lambda *tabs, **extra: write_xlsx(tmp_path / "test.xlsx", *tabs, **extra)


@pytest.fixture
def crate():
    return SimpleNamespace(
        number="0012",
        keeper=SimpleNamespace(id_number="11010519491231002X"),
        card="6222020200112230004",
        telephone="021-63211939",
        fruit="pear",
        others="apple,plum",
        ripe=False,
        picked=date(2014, 8, 25),
        price=Decimal("1234.50"),
        pieces=0,
    )
