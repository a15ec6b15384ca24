"""Passwords that everyone tries first: a few hundred, made by rule from words, dates and habits."""

from typing import Final

PATTERNS: Final = (
    "12345678", "123456789", "1234567890", "12341234", "11223344", "12344321", "87654321", "987654321", "0123456789",
    "123123123", "1234abcd", "abcd1234", "abc12345", "a1234567", "a12345678", "a123456789", "aa123456", "a123456a",
    "1a2b3c4d", "q1w2e3r4", "1q2w3e4r", "1qaz2wsx", "qazwsxedc", "zaq12wsx", "qwer1234", "1234qwer", "qwertyui",
    "qwertyuiop", "asdfghjk", "asdfghjkl", "zxcvbnm1", "zxcvbnm123", "asdf1234", "qweasdzxc", "qwe123456", "asd123456",
    "zxc123456", "qweqwe123", "147258369", "159357456", "741852963", "963852741", "52013140", "5201314520", "5201314a",
    "13145200", "1314520520", "woaini520", "woaini1314", "woaini123", "woaini521", "iloveyou", "iloveyou1", "letmein1",
    "trustno1", "sunshine", "princess", "football", "baseball", "superman", "batman123", "dragon123", "monkey123",
    "p@ssw0rd", "passw0rd", "p@ssword", "qwerty123", "1g2w3e4r", "zhang123", "wang1234", "88888888a", "66668888",
    "88886666", "16888888", "18888888", "13800138000", "10086100", "1008610086", "10010010", "110110110", "119119119",
    "20082008", "19491001", "00000000", "woshishui", "nihao123", "wodemima", "mima1234", "buzhidao", "haohaoxuexi",
)  # fmt: skip
WORDS: Final = (
    "admin", "administrator", "root", "user", "test", "guest", "demo", "password", "welcome", "service", "kefu",
    "huifang", "shouhou", "gongcheng", "xiangmu", "jingli", "guanli", "zhuangxiu", "gongsi", "office", "changeme",
)  # fmt: skip
TAILS: Final = (
    "",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "888",
    "666",
    "000",
    "2024",
    "2025",
    "2026",
    "@123",
    "!",
)


def is_common(password: str) -> bool:
    """Whether the password is among the first that anyone would try, whatever its capitals."""
    plain = password.casefold()
    return plain in _COMMON or _is_simple(plain)


def _is_simple(plain: str) -> bool:
    """One or two signs repeated, or a run up or down the digits or the alphabet."""
    if len(set(plain)) <= 2:
        return True
    steps = {ord(b) - ord(a) for a, b in zip(plain, plain[1:], strict=False)}
    return steps in ({1}, {-1})


_COMMON: Final = frozenset(PATTERNS) | {word + tail for word in WORDS for tail in TAILS}
