import pytest

from tests.second_lock import in_force


@pytest.fixture(autouse=True)
def _second_lock(db):
    with in_force():
        yield
