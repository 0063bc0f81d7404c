"""An amount in capitals, 人民币大写, as vouchers and receipts must have it.

After the rules of the People's Bank for filling in bills (正确填写票据和结算凭证的基本规定, 1997): 整 stands where
there are no fen; zeros inside are one 零. Where the rules leave a 零 to the writer, their first example is followed.
"""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
SECTIONS = ("", "万", "亿")
SECTION = 10_000
LIMIT = SECTION ** len(SECTIONS)
FEN = Decimal("0.01")


def in_capitals(amount: Decimal | int) -> str:
    """壹仟贰佰元整 for 1200. Raises ValueError for what is negative, finer than a fen, or a trillion yuan and more."""
    amount = Decimal(amount)
    if not amount.is_finite() or amount < 0 or amount >= LIMIT or amount != amount.quantize(FEN):
        message = "no amount of money that has words"
        raise ValueError(message)
    yuan, fen = divmod(int(amount * 100), 100)
    return _whole(yuan, alone=not fen) + _parts(yuan, *divmod(fen, 10))


def _whole(yuan: int, *, alone: bool) -> str:
    if not yuan:
        return "零元" if alone else ""
    words, skipped = "", False
    for number in reversed(range(len(SECTIONS))):
        section = yuan // SECTION**number % SECTION
        if section:
            # 壹亿零伍万, yet 壹拾万柒仟: what counts is whether the thousands are there.
            words += "零" if words and (skipped or section < SECTION // 10) else ""
            words += _section(section) + SECTIONS[number]
        skipped = not section
    return f"{words}元"


def _section(number: int) -> str:
    """Of four digits: 捌仟零壹."""
    words, skipped = "", False
    for place in reversed(range(len(PLACES))):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if words and skipped else "") + DIGITS[digit] + PLACES[place]
        skipped = not digit
    return words


def _parts(yuan: int, jiao: int, fen: int) -> str:
    """What stands behind the yuan."""
    if not jiao and not fen:
        return "整"
    zero = "零" if yuan and (not jiao or not yuan % 10) else ""
    return zero + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "整")
