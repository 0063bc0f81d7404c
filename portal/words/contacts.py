"""Whether a text names somebody who can be reached: for what everybody may read, and for what is kept in a log.

Digits are read with the blanks and hyphens by which people group them. A range of wages (5000-8000), a span of years
(2014-2015) and the name of a standard (4754-2017) are no telephone numbers, so four digits, a hyphen and four digits
are one only behind a word that says so.
"""

import re
import unicodedata

from portal.identity import DASHES

LONG_NUMBER = re.compile("[0-9]{15,}")  # an identity number, old or new, or a bank card
TELEPHONE = re.compile("1[3-9][0-9]{9}|0[0-9]{9,11}")

_ID_NUMBER = r"(?<![0-9])[0-9]{6}[ -]?(?:19|20)[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9x]"
_CARD = r"(?<![0-9])(?:[0-9]{4} ){3}[0-9]{4}"
# Eleven digits in any groups, save the range of wages that 15000-200000 is.
_MOBILE = r"(?<![0-9])(?:\+?(?:00)?86[ -]*)?(?![0-9]{5}-[0-9]{6}(?![0-9]))1[ .-]?[3-9](?:[ .-]?[0-9]){9}(?![0-9])"
_LANDLINE = (
    r"(?<![0-9])0[0-9]{2,3}[ )-]*[0-9]{3,4}[ -]?[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[2-9][0-9]{7}(?![0-9])"
    r"|(?<![0-9])(?!20[0-9]{2} 20)[2-9][0-9]{3} +[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])"
    r"|(?<![0-9])[2-9][0-9]{2,3}[ -]?[0-9]{4} *(?:转|分机|ext)"
    r"|(?:电话|手机|座机|传真|致电|拨打|tel|phone)(?:号码|号)?[ :()+]*[0-9]{3}"
)
# A name by which one is found in a messenger; the messenger alone may be what the work is about (微信运营).
_MESSENGER = (
    r"(?:微信|weixin|wechat|微博|钉钉|(?<![a-z])(?:vx|wx|v信))(?:号码|号|id)?[ :]*[a-z0-9_-]*[0-9_][a-z0-9_-]{3,}"
    r"|(?:微信|wechat|vx|v信|qq)(?:同号|号[ :]*[a-z0-9])"
    r"|(?:微信|weixin|wechat|(?<![a-z])(?:vx|wx|v))[ ]?:[ ]*[a-z0-9_-]{5,}"
    r"|(?:微信|(?<![a-z])(?:vx|wx))[ ]+[a-z][a-z0-9_-]{5,}"
    r"|wxid_|加(?:我|个)?(?:微信|vx|v信|qq)"
    r"|(?:qq|扣扣)(?:群)?(?:号码|号)?[ :]*[1-9][0-9]{4,}"
)
_PERSON = r"联系人|联络人|联系电话|联系方式"
_E_MAIL = r"(?:(?<=\S)|(?<=\S ))@"


def _searched(first: str, *patterns: str) -> str:
    """Either of `patterns`, tried where the text has one of the characters with which they begin, and nowhere else."""
    return f"(?=[{first}])(?:{'|'.join(patterns)})"


_NUMBERS = _searched("0-9+", LONG_NUMBER.pattern, _ID_NUMBER, _CARD, _MOBILE)
CONTACT = re.compile(
    "|".join(
        (
            _NUMBERS,
            _searched("0-9电手座传致拨tp", _LANDLINE),
            _searched("微钉wvq加扣", _MESSENGER),
            _PERSON,
            _E_MAIL,
        )
    ),
    re.IGNORECASE,
)


def names_a_contact(text: str) -> bool:
    """Whether `text` holds a telephone, identity or card number, a name in a messenger, a contact or an e-mail."""
    return bool(CONTACT.search(_plain(text)))


PERSONAL = re.compile(_searched("0-9+", _ID_NUMBER, _CARD, LONG_NUMBER.pattern, _MOBILE), re.IGNORECASE)


def without_personal_numbers(text: str) -> str:
    """`text` with a sign in place of each identity, card and mobile number; that of an office stays."""
    plain = _plain(text)
    return PERSONAL.sub("（号码略）", plain) if PERSONAL.search(plain) else text


def _plain(text: str) -> str:
    """Digits and dashes as they are searched for, however they were typed."""
    return unicodedata.normalize("NFKC", text).translate(DASHES)


def compact(text: str) -> str:
    return re.sub(r"[\s\-‐‑‒–—―−]", "", text).upper()


def is_sensitive(text: str) -> bool:
    """Whether `text` holds what may not stand in an address: an identity, card or telephone number."""
    number = compact(text)
    return bool(LONG_NUMBER.search(number) or TELEPHONE.fullmatch(number))
