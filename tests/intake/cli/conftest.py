"""The commands of each test work in an installation of their own, not in one that happens to lie where tests run."""

import pytest


@pytest.fixture(autouse=True)
def _own_installation(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("TOEGANG_INSTANCE", str(tmp_path_factory.mktemp("installatie")))
