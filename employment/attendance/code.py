"""签到码: what a graduate shows at the door. It tells nothing to who finds it, and needs no table.

The number of the graduate's record, masked by a keyed hash, behind a tag that only this portal can make:

    tag    = the first 5 bytes of a keyed hash of the number
    masked = the number XOR the first 5 bytes of a keyed hash of the tag

These ten bytes are written with 16 characters of Crockford's alphabet, which has no letter that looks like a digit.
The key is that of the blind indexes, which stays while cards are in people's hands.
"""

import hmac
from base64 import b32decode, b32encode

from django.conf import settings

PART = 5  # bytes
GROUP = 4  # characters
LENGTH = 16
PLAIN, CROCKFORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WRITTEN = str.maketrans(PLAIN, CROCKFORD)
READ = str.maketrans(CROCKFORD, PLAIN)
LOOKALIKES = str.maketrans("OIL", "011")


def code_of(graduate_pk: int) -> str:
    """The code of a graduate, in groups: `7K3M-0QXA-9RTD-5W2E`. Always the same."""
    number = graduate_pk.to_bytes(PART, "big")
    tag = _keyed("tag", number)
    code = b32encode(tag + _xor(number, _keyed("mask", tag))).decode().translate(WRITTEN)
    return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def graduate_of(text: str) -> int | None:
    """The key of the graduate whose code `text` is, however it was typed; None where it is nobody's."""
    code = "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum()).translate(LOOKALIKES)
    if len(code) != LENGTH or set(code) - set(CROCKFORD):
        return None
    content = b32decode(code.translate(READ))
    tag, masked = content[:PART], content[PART:]
    number = _xor(masked, _keyed("mask", tag))
    return int.from_bytes(number, "big") if hmac.compare_digest(tag, _keyed("tag", number)) else None


def _keyed(purpose: str, content: bytes) -> bytes:
    key = bytes.fromhex(settings.BLIND_INDEX_KEY)
    return hmac.digest(key, f"attendance code {purpose} ".encode() + content, "sha256")[:PART]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))
