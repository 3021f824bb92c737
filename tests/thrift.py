"""What the tests save on: hashing passwords with care, and translating the same templates for each application."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType  # noqa: TC003 - the annotation of a dict that is made here
from typing import Any, ClassVar

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.templating import Environment
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from intake.login.accounts import passwords
from intake.web.frame.request import Application

CAREFUL = passwords.HASHER
"""The hasher of the product; its cost is most of the time of a login."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The same algorithm at the least cost; what it makes lies in databases that are thrown away."""


class Kept(BytecodeCache):
    """Translated templates, kept for as long as the run lasts; one that changed is translated anew."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.kept[bucket.key, bucket.checksum] = bucket.code


class KeepingEnvironment(Environment):
    """The environment of an application that keeps its translated templates for the next application."""

    caches: ClassVar[defaultdict[tuple[bool, bool], Kept]] = defaultdict(Kept)
    """One for each way of reading a template: with and without its blocks trimmed it is another program."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self.bytecode_cache = self.caches[self.trim_blocks, self.lstrip_blocks]


@contextmanager
def thrifty() -> Iterator[None]:
    """Cheap hashes and templates that are translated once, inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", CHEAP)
        patch.setattr(Application, "jinja_environment", KeepingEnvironment)
        passwords._dummy.cache_clear()
        yield
    passwords._dummy.cache_clear()
