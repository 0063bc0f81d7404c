"""A list without a filter, exported: read once, however often it is counted."""

from portal.views.exporting import WholeListExport


class Listed(WholeListExport):
    def __init__(self):
        self.read = 0

    def get_rows(self):
        self.read += 1
        yield from "abc"


def test_rows_are_read_once():
    listed = Listed()
    assert (listed.count(), list(listed.exported_rows()), listed.count()) == (3, ["a", "b", "c"], 3)
    assert listed.read == 1
