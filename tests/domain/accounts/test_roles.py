"""The matrix and its words."""

from app.domain.accounts.permission_words import WORDS
from app.domain.accounts.roles import PERMISSIONS


def test_every_permission_has_its_words_and_no_other():
    assert set(WORDS) == set(PERMISSIONS)
