"""Passwords: what may be one, how it is kept, and how it is compared."""

from datetime import datetime
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.accounts.common_passwords import is_common
from app.domain.accounts.models import Account
from app.domain.core.enums import N_
from app.domain.core.errors import Refused

SHORTEST: Final = 8
LONGEST: Final = 128
PROFILES: Final = {
    "production": PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1),
    "cheap": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
}
AT_ONCE: Final = BoundedSemaphore(4)  # each takes 19 MB: many sign-ins at once must not take the machine

_profile = "production"
_nobody: dict[str, str] = {}


def use_profile(name: str) -> None:
    """Set how dear a hash is in this process: `production`, or `cheap` in tests."""
    global _profile
    _profile = name
    if name not in _nobody:
        _nobody[name] = PROFILES[name].hash("nobody's password")


def check(password: str, username: str = "", field: str = "password") -> None:
    """Refused: shorter than 8 or longer than 128 signs, among the commonest, or the user name again."""
    if len(password) < SHORTEST:
        raise Refused(N_("密码至少 %(shortest)s 位。"), field=field, shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Refused(N_("密码最多 %(longest)s 位。"), field=field, longest=LONGEST)
    if is_common(password) or (username and password.casefold().strip("0123456789") == username.casefold()):
        raise Refused(N_("这个密码太常见，容易被猜到，请换一个。"), field=field)


def put(account: Account, password: str, *, at: datetime, temporary: bool = False, field: str = "password") -> None:
    """Give the account a new password. Refused as in `check`."""
    check(password, account.username, field)
    account.password_hash = _hash(password)
    account.password_set_at = at
    account.password_is_temporary = temporary


def fits(account: Account | None, password: str) -> bool:
    """Whether the password is the account's. Without an account it takes as long, and is never.

    A hash made with another profile is renewed on the way.
    """
    kept = account.password_hash if account is not None else None
    hasher = PROFILES[_profile]
    with AT_ONCE:
        try:
            hasher.verify(kept or _nobody[_profile], password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    if account is None or not kept:
        return False
    if hasher.check_needs_rehash(kept):
        account.password_hash = _hash(password)
    return True


def _hash(password: str) -> str:
    with AT_ONCE:
        return PROFILES[_profile].hash(password)
