"""The menu says where somebody is, on every part of the house."""

import pytest


@pytest.mark.parametrize(
    ("name", "path", "label"),
    [
        ("beheerder", "/beheer/koppelingen", "Koppelingen"),
        ("beheerder", "/beheer/accounts", "Accounts"),
        ("fg", "/logboek/doorbreken", "Spoedtoegang"),
        ("fg", "/beheer/vernietiging", "Bewaren"),
        ("logbeheerder", "/logboek", "Logboek"),
        ("worker", "/berichten", "Start"),
    ],
)
def test_the_menu_marks_the_part_where_somebody_is(log_in, name, path, label):
    page = log_in(name).get(path).response.text
    assert page.count('aria-current="page"') == 1
    assert f'aria-current="page">{label}<' in page.replace("\n", "")
