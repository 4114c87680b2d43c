"""Codes that people copy from paper or are told: how they look, and what counts as the same code.

The alphabet leaves out 0, 1, I and O, which look like one another in print.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs: five bits each
GROUP = 4


def draw(signs: int) -> str:
    """A fresh code of so many signs, in groups: ``K7QW-2MXB-…``."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(signs)), "-")


def grouped(code: str, between: str = " ") -> str:
    """A long code in groups of four, to be read and copied."""
    return between.join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def tidied(typed: str, signs: int) -> str | None:
    """What was typed without dashes, spaces and case; None if it cannot be such a code."""
    code = typed.upper().replace("-", "").replace(" ", "")
    if len(code) != signs or not set(code) <= set(ALPHABET):
        return None
    return code


def six_digits(typed: str) -> str | None:
    """The code of an authenticator app: six ASCII digits, with spaces at most; else None.

    Nothing is padded, signed or converted: ``+12345`` and ``0123456`` are no codes, nor are the
    digits of other scripts.
    """
    code = typed.replace(" ", "")
    if len(code) != 6 or not set(code) <= set("0123456789"):
        return None
    return code
