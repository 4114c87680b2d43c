"""A code for how a British name sounds: names that sound alike share it.

Coarser than spelling, finer than Soundex: vowels fall away after the first letter, silent
letters go, and consonants that are heard alike become one.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"(?<=.)x", "ks"),
        (r"(?<=a)gh$|(?<=[^o]o)gh$", ""),
        (r"^wh", "w"),
        (r"^mac(?=[^aeiou])", "mc"),
        (r"(sch|szcz|shch|sz|cz|rz)", "x"),
        (r"(tch|ch|sh|sio|tio|cio)", "x"),
        (r"ingham$", "inam"),
        (r"(?<=[aeiou])ugh(?=$|t)", ""),
        (r"ughe?s$", "us"),
        (r"ngh?$", "n"),
        (r"igh", "i"),
        (r"(ph|gh(?=$))", "f"),
        (r"gh", "g"),
        (r"th", "t"),
        (r"(?<=[aeiou])(w|y)(?=[^aeiou]|$)", ""),
        (r"d(?=ge|gi|gy|j)", ""),
        (r"g(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q(u)?", "k"),
        (r"mb$", "m"),
        (r"(?<=[a-z])h", ""),
        (r"z", "s"),
        (r"v", "f"),
        (r"d$", "t"),
        (r"ts", "s"),
    )
)
_FIRST = str.maketrans("eiouy", "aaaaa")
_REST = re.compile(r"[aeiouyw]")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Give the code of a folded word, or the empty string for what has no sound to compare."""
    if len(word) < 3 or not word.isalpha():
        return ""
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    if not word:
        return ""
    first = word[0].translate(_FIRST)
    return _DOUBLE.sub(r"\1", first + _REST.sub("", word[1:]))
