"""What may be a password, and how it is kept."""

import pytest

from app.domain.accounts import passwords
from app.domain.accounts.common_passwords import is_common
from app.domain.core import clock
from app.domain.core.errors import Refused
from tests.factories import a_person


@pytest.mark.parametrize(
    "password",
    ["12345678", "A1234567", "5201314520", "Password123", "aaaaaaaa", "abcdefgh", "98765432", "kefu2026", "abababab"],
)
def test_what_everyone_tries_first_is_refused(password):
    assert is_common(password)
    with pytest.raises(Refused):
        passwords.check(password)


@pytest.mark.parametrize("password", ["七个字的密码啊", "short-1", "x" * 129, "zhangwei2024"])
def test_too_short_too_long_and_the_name_again_are_refused(password):
    with pytest.raises(Refused):
        passwords.check(password, "ZhangWei")


@pytest.mark.parametrize("password", ["stone-and-river-7", "床前明月光疑是地上霜", "x7y" * 42, " 8 blanks "])
def test_a_sentence_is_a_password(password):
    passwords.check(password, "zhangwei")


def test_a_hash_of_another_profile_is_renewed_when_it_fits(app):
    account = a_person(username="agent").account
    dear = passwords.PROFILES["production"].hash("stone-and-river-7")
    account.password_hash = dear
    assert not passwords.fits(account, "wrong")
    assert account.password_hash == dear
    assert passwords.fits(account, "stone-and-river-7")
    assert account.password_hash != dear
    assert passwords.fits(account, "stone-and-river-7")


def test_a_hash_that_is_none_fits_nothing(app):
    account = a_person(username="agent").account
    for kept in (None, "", "plain text"):
        account.password_hash = kept
        assert not passwords.fits(account, kept or "nobody's password")


def test_production_hashes_as_the_house_decided():
    hasher = passwords.PROFILES["production"]
    assert (hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (19456, 2, 1)


def test_a_new_password_is_kept_hashed(app):
    account = a_person(username="agent").account
    passwords.put(account, "stone-and-river-7", at=clock.now(), temporary=True)
    assert account.password_hash.startswith("$argon2id$")
    assert account.password_is_temporary
