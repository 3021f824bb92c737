import stat

import pytest

from config.regions import UnknownRegion
from config.settings import SettingsError, load_settings

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"
PRODUCTION = {
    "TOEGANG_PRODUCTIE": "ja",
    "TOEGANG_DATABASE_URL": "postgresql+psycopg://toegang@db/toegang",
    "TOEGANG_SECRET_KEY": "s" * 40,
    "TOEGANG_MASTER_KEY": KEY,
    "TOEGANG_TRUSTED_HOSTS": "toegang.example, toegang.local",
    "TOEGANG_BASE_URL": "https://toegang.example/",
}


def settings(tmp_path, **values):
    environ = {"TOEGANG_INSTANCE": str(tmp_path / "instance"), **values}
    return load_settings(environ, dotenv=tmp_path / ".env")


def test_a_local_installation_needs_no_settings(tmp_path):
    local = settings(tmp_path)
    assert local.database_url.endswith("instance/toegang.db")
    assert not local.production
    assert len(local.master_key) == 32


def test_a_local_installation_keeps_its_secrets_to_its_owner_and_never_changes_them(tmp_path):
    first, second = settings(tmp_path), settings(tmp_path)
    assert first == second
    assert first.secret_key != settings(tmp_path / "other").secret_key
    assert stat.S_IMODE((tmp_path / "instance" / "master.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700


def test_secrets_do_not_show_in_the_repr(tmp_path):
    local = settings(tmp_path)
    assert local.secret_key not in repr(local)
    assert str(local.master_key) not in repr(local)


def test_production_is_strict(tmp_path):
    production = settings(tmp_path, **PRODUCTION)
    assert production.second_factor
    assert production.trusted_hosts == ("toegang.example", "toegang.local")
    assert production.base_url == "https://toegang.example"


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"TOEGANG_PRODUCTIE"}))
def test_production_names_the_setting_that_is_missing(tmp_path, name):
    with pytest.raises(SettingsError, match=name):
        settings(tmp_path, **{**PRODUCTION, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOEGANG_PRODUCTIE", "misschien"),
        ("TOEGANG_MASTER_KEY", "te kort"),
        ("TOEGANG_PROXIES", "²"),
        ("TOEGANG_LOG_NIVEAU", "hard"),
        ("TOEGANG_DATABASE_ULR", "sqlite://"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path, name, value):
    with pytest.raises(SettingsError, match=name):
        settings(tmp_path, **{name: value})


def test_an_unknown_region_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(UnknownRegion, match="rotterdam-rijnmond"):
        settings(tmp_path, TOEGANG_REGIO="atlantis")


def test_the_environment_wins_from_the_dotenv_file(tmp_path):
    (tmp_path / ".env").write_text("# lokaal\nTOEGANG_BASE_URL=http://a\nTOEGANG_PROXIES='2'\n", encoding="utf-8")
    local = settings(tmp_path, TOEGANG_BASE_URL="http://b")
    assert local.base_url == "http://b"
    assert local.proxies == 2


def test_a_broken_dotenv_line_is_named(tmp_path):
    (tmp_path / ".env").write_text("TOEGANG_PROXIES=2\nwat is dit\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="regel 2"):
        settings(tmp_path)
