"""Settings that cannot be: a sentence, never a traceback."""

import pytest

from intake.cli import main


@pytest.mark.parametrize("url", ["mysql://ergens", "sqlite://"])
def test_a_database_that_cannot_be_is_named(url, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("TOEGANG_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TOEGANG_DATABASE_URL", url)
    assert main(["demo"]) == 2
    assert "TOEGANG_DATABASE_URL moet" in capsys.readouterr().err
