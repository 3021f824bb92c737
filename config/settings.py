"""Settings of one installation, from environment variables with prefix `TOEGANG_` and a `.env` file."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.post import NO_POST, Post, PostError, gateway, mail_server
from config.regions import load_region

KEY_BYTES = 32
PREFIX = "TOEGANG_"
DEFAULT_REGION = "rotterdam-rijnmond"
MASTER_FILE, OTHER_MASTERS_FILE = "master.key", "master.key.ook"
"""In the instance folder of a local installation; the second holds one key a line, and need not be there."""
NAMES = (
    "INSTANCE",
    "DATABASE_URL",
    "SECRET_KEY",
    "MASTER_KEY",
    "MASTER_KEY_OOK",
    "REGIO",
    "PRODUCTIE",
    "TRUSTED_HOSTS",
    "BASE_URL",
    "PROXIES",
    "TWEEDE_FACTOR",
    "LOG_NIVEAU",
    "SMTP",
    "SMTP_VAN",
    "SMS",
    "SMS_SLEUTEL",
)


class SettingsError(ValueError):
    """A setting is missing or wrong; the message is Dutch and names the variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What differs between installations. Secrets are left out of the repr.

    Attributes:
        instance: folder for the embedded database and the keys of a local installation (mode 0700).
        database_url: SQLAlchemy URL, `sqlite:///…` or `postgresql+psycopg://…`.
        secret_key: signs what travels through the browser.
        master_key: 32 bytes that wrap the keys of the tenants; never in the database or its backup.
        other_masters: master keys that open too, while one is being replaced by another.
        region: id of the region (config/regions).
        production: refuses insecure settings, sets Secure cookies and HSTS.
        trusted_hosts: host names that requests may name.
        base_url: the address in messages, without a slash at the end.
        proxies: number of reverse proxies in front whose X-Forwarded headers are believed.
        second_factor: whether everybody must log in with a second factor.
        log_level: DEBUG, INFO, WARNING or ERROR.
        post: the mail server and the gateway for text messages, where they are set.
    """

    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    master_key: bytes = field(repr=False)
    other_masters: tuple[bytes, ...] = field(default=(), repr=False)
    region: str = DEFAULT_REGION
    production: bool = False
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    base_url: str = "http://127.0.0.1:8000"
    proxies: int = 0
    second_factor: bool = False
    log_level: str = "INFO"
    post: Post = NO_POST

    @property
    def masters(self) -> tuple[bytes, ...]:
        """Every master key, first the one that wraps."""
        return (self.master_key, *self.other_masters)


def load_settings(environ: Mapping[str, str], *, dotenv: Path | None = Path(".env")) -> Settings:
    """The settings in `environ`, and for what is absent there in the `.env` file, checked.

    A local installation makes its own secrets once, in the instance folder, readable by its owner only.

    Raises:
        SettingsError: a value is wrong, or production lacks what it needs.
    """
    values = {**_read_dotenv(dotenv), **{key: text for key, text in environ.items() if key.startswith(PREFIX)}}
    _refuse_unknown(values)

    def get(name: str, default: str = "") -> str:
        return values.get(PREFIX + name, "").strip() or default

    production = _yes_no("PRODUCTIE", get("PRODUCTIE", "nee"))
    if production:
        _require(values, ("DATABASE_URL", "SECRET_KEY", "MASTER_KEY", "TRUSTED_HOSTS", "BASE_URL"))
    instance = instance_at(get("INSTANCE"))
    region = load_region(get("REGIO", DEFAULT_REGION)).id
    return Settings(
        instance=instance,
        database_url=get("DATABASE_URL") or embedded_url(instance),
        secret_key=get("SECRET_KEY") or _own_secret(instance / "secret.key"),
        master_key=_master_key(get("MASTER_KEY") or _own_secret(instance / MASTER_FILE)),
        other_masters=_other_masters(get("MASTER_KEY_OOK"), instance / OTHER_MASTERS_FILE),
        region=region,
        production=production,
        trusted_hosts=tuple(get("TRUSTED_HOSTS", "127.0.0.1,localhost,[::1]").replace(" ", "").split(",")),
        base_url=get("BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        proxies=_number("PROXIES", get("PROXIES", "0")),
        second_factor=_yes_no("TWEEDE_FACTOR", get("TWEEDE_FACTOR", "ja" if production else "nee")),
        log_level=_one_of("LOG_NIVEAU", get("LOG_NIVEAU", "INFO"), ("DEBUG", "INFO", "WARNING", "ERROR")),
        post=_post({name: get(name) for name in ("SMTP", "SMTP_VAN", "SMS", "SMS_SLEUTEL")}),
    )


def instance_at(told: str) -> Path:
    """The folder of the installation, which need not be there; `told` is the setting, empty for the usual one."""
    return Path(told or "instance").resolve()


def embedded_url(instance: Path) -> str:
    """Where the embedded database of an installation in this folder is."""
    return f"sqlite:///{instance / 'toegang.db'}"


def written(environ: Mapping[str, str], name: str, *, dotenv: Path | None = Path(".env")) -> str:
    """One setting as it is written, unchecked, for what needs no secrets and makes none; empty when it is not set.

    Raises:
        SettingsError: the `.env` file cannot be read.
    """
    key = PREFIX + name
    return (environ.get(key) or _read_dotenv(dotenv).get(key, "")).strip()


def replace_own_master(instance: Path) -> None:
    """Give a local installation a new master key; the old one stays beside it, to open what it sealed.

    Raises:
        SettingsError: the installation has no master key of its own.
    """
    path, others = instance / MASTER_FILE, instance / OTHER_MASTERS_FILE
    if not path.is_file():
        raise SettingsError(f"De hoofdsleutel staat niet in {path}, maar in {PREFIX}MASTER_KEY.")
    kept = others.read_text(encoding="ascii") if others.is_file() else ""
    _write_secret(others, path.read_text(encoding="ascii").strip() + "\n" + kept)
    _write_secret(path, _new_secret())


def _read_dotenv(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        key, sign, value = text.partition("=")
        if not sign:
            raise SettingsError(f"{path.name}, regel {number}: schrijf NAAM=waarde.")
        values[key.strip()] = value.strip().strip("\"'")
    return values


def _refuse_unknown(values: Mapping[str, str]) -> None:
    known = {PREFIX + name for name in NAMES} | {"TOEGANG_TEST_POSTGRES_URL", "TOEGANG_NO_APT", "TOEGANG_PYTHON"}
    unknown = sorted(key for key in values if key.startswith(PREFIX) and key not in known)
    if unknown:
        raise SettingsError(f"Deze instelling bestaat niet: {', '.join(unknown)}. De README noemt alle instellingen.")


def _post(told: Mapping[str, str]) -> Post:
    try:
        return Post(
            mail=mail_server(told["SMTP"], told["SMTP_VAN"]) if told["SMTP"] else None,
            texts=gateway(told["SMS"], told["SMS_SLEUTEL"]) if told["SMS"] else None,
        )
    except PostError as error:
        raise SettingsError(f"{PREFIX}SMTP of {PREFIX}SMS: {error}") from error


def _require(values: Mapping[str, str], names: tuple[str, ...]) -> None:
    missing = [PREFIX + name for name in names if not values.get(PREFIX + name, "").strip()]
    if missing:
        raise SettingsError(f"In productie moeten deze instellingen er zijn: {', '.join(missing)}.")


def _yes_no(name: str, text: str) -> bool:
    return _one_of(name, text.lower(), ("ja", "nee")) == "ja"


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise SettingsError(f"{PREFIX}{name} is “{text[:40]}”; toegestaan: {', '.join(allowed)}.")
    return text


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise SettingsError(f"{PREFIX}{name} is “{text[:40]}”; schrijf een getal.")
    return int(text)


def _other_masters(text: str, path: Path) -> tuple[bytes, ...]:
    kept = path.read_text(encoding="ascii") if path.is_file() else ""
    return tuple(_master_key(one, "MASTER_KEY_OOK") for one in [*text.replace(",", " ").split(), *kept.split()])


def _master_key(text: str, name: str = "MASTER_KEY") -> bytes:
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{PREFIX}{name} moet {KEY_BYTES} bytes zijn, als base64 (url-veilig) geschreven.")
    return key


def _own_secret(path: Path) -> str:
    """The secret in `path`; made on first use, never overwritten."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = _new_secret()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret


def _new_secret() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode().rstrip("=")


def _write_secret(path: Path, text: str) -> None:
    """The whole text or nothing, for its owner only."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
