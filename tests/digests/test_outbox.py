"""Nonces: what Discord and the buttons know a delivery by."""

from digests.outbox import nonces


def test_nonces_are_unique_and_as_long_as_the_table_wants_them() -> None:
    drawn = nonces(3_000) + nonces(3_000)
    assert len(set(drawn)) == 6_000
    assert {len(one) for one in drawn} == {24}


def test_the_end_of_a_nonce_says_nothing_of_the_next() -> None:
    """Buttons carry it: what is drawn together has only the beginning in common."""
    drawn = nonces(3_000)
    assert len({one[:9] for one in drawn}) == 1
    assert len({one[-8:] for one in drawn}) == 3_000


def test_nonces_drawn_together_are_in_order() -> None:
    drawn = nonces(3_000)
    assert drawn == sorted(drawn)
