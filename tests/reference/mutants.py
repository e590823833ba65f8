"""Faults that can be planted in the reference, to show that the comparison notices them."""

from contextlib import contextmanager
from unittest import mock

MUTANTS = {}


@contextmanager
def planted(name):
    """The reference with one fault in it."""
    with MUTANTS[name]():
        yield
