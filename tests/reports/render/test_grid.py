"""Sentences broken into rows of narrow columns."""

import pytest

from portal.models import Campaign
from reports.annex.campaign_figures import form_of
from reports.annex.wording import Blank, Line, Space, Text
from reports.figures import FIGURES
from reports.render.grid import COLUMNS, NOT_FIRST, place, room, width

LONG = {figure.slug: "12345678.901234" if figure.unit.is_money else "1234567" for figure in FIGURES}
SHORT = {figure.slug: "0.00" if figure.unit.is_money else "0" for figure in FIGURES}


@pytest.mark.parametrize("values", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("number", [1, 2])
def test_pieces_keep_to_the_sheet_and_off_each_other(number, values):
    for line in form_of(Campaign(year=2014), number).lines:
        placed = place(line, values)
        ends: dict[int, int] = {}
        for piece in placed:
            assert piece.column >= ends.get(piece.row, 0)
            assert piece.column + piece.span <= COLUMNS
            ends[piece.row] = piece.column + piece.span


@pytest.mark.parametrize("values", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("number", [1, 2])
def test_no_word_is_lost_or_cut_off(number, values):
    for line in form_of(Campaign(year=2014), number).lines:
        placed = place(line, values)
        texts = [piece for piece in placed if isinstance(piece.token, Text)]
        assert "".join(piece.token.text for piece in texts) == "".join(
            token.text for token in line.tokens if isinstance(token, Text)
        )
        assert all(room(piece.token.text) <= piece.span for piece in texts)
        blanks = [piece for piece in placed if isinstance(piece.token, Blank)]
        assert all(width(values[piece.token.slug]) < piece.span for piece in blanks)


@pytest.mark.parametrize("number", [1, 2])
def test_no_row_begins_with_a_closing_mark(number):
    for line in form_of(Campaign(year=2014), number).lines:
        firsts = {}
        for piece in place(line, LONG):
            firsts.setdefault(piece.row, piece.token)
        assert not [t for t in firsts.values() if isinstance(t, Text) and t.text[0] in NOT_FIRST]


def test_figure_stands_on_one_row_with_its_unit():
    line = Line((Text("一" * 32), Blank("paid"), Text("（万元）；其余")))
    placed = place(line, {"paid": "0.00"})
    assert [(piece.row, type(piece.token)) for piece in placed] == [(0, Text), (1, Blank), (1, Text)]


def test_spaces_filled_in_by_hand_take_the_whole_line():
    line = Line((Text("填报单位："), Space("填报单位"), Text(" 填报人："), Space("填报人")))
    placed = place(line, {})
    assert placed[-1].column + placed[-1].span == COLUMNS
    assert placed[1].span >= placed[3].span
