"""Lists carry the initials of their words, by which a key finds them."""

from portal.records.editing.fields import InitialsSelect


def test_options_carry_the_initials_of_their_words():
    drawn = InitialsSelect(choices=[("", "请选择"), ("低保户", "低保户"), ("310001", "　东湖区总工会")]).render(
        "list", ""
    )
    assert '<option value="低保户" data-initials="dbh">' in drawn
    assert 'data-initials="dhqzgh"' in drawn
    assert drawn.count("data-initials") == 2
