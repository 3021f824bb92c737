"""The settings of the post: an open line to this machine only, a sender, and no secret in what is shown."""

import pytest

from config.post import Lock, PostError, gateway, mail_server
from config.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("url", "host", "port", "lock"),
    [
        ("smtp://mail.test", "mail.test", 587, Lock.STARTTLS),
        ("smtps://mail.test", "mail.test", 465, Lock.TLS),
        ("smtp://u:p%40@mail.test:2525", "mail.test", 2525, Lock.STARTTLS),
        ("smtp+open://127.0.0.1:25", "127.0.0.1", 25, Lock.OPEN),
    ],
)
def test_a_mail_server_is_read_from_its_address(url, host, port, lock):
    found = mail_server(url, "toegang@gemeente.test")
    assert (found.host, found.port, found.lock) == (host, port, lock)
    assert "p@" not in repr(found)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://mail.test", "a@b"),
        ("smtp://", "a@b"),
        ("smtp://mail.test:poort", "a@b"),
        ("smtp+open://mail.test", "a@b"),
        ("smtp://mail.test", ""),
        ("smtp://mail.test", "a@b\r\nBcc: x@y"),
    ],
)
def test_what_others_could_read_or_nobody_sent_is_refused(url, sender):
    with pytest.raises(PostError):
        mail_server(url, sender)


@pytest.mark.parametrize(("url", "key"), [("http://sms.test", "k"), ("https://sms.test", ""), ("sms.test", "k")])
def test_a_gateway_is_asked_over_https_with_a_key(url, key):
    with pytest.raises(PostError):
        gateway(url, key)


def test_a_wrong_setting_is_named_at_the_start(tmp_path):
    with pytest.raises(SettingsError, match="TOEGANG_SMTP"):
        load_settings({"TOEGANG_INSTANCE": str(tmp_path), "TOEGANG_SMTP": "mail.test"}, dotenv=None)
