"""The surname by which a client with the name of an employee is noticed."""

import pytest

from intake.case.lookup import surname_of


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Piet van den Bérg", "berg"),
        ("Samira Yılmaz (fictief)", "yılmaz"),
        ("Jansen (team Noord)", "jansen"),
        ("(fictief)", ""),
        ("van der", ""),
        ("Berg (", "berg"),
    ],
)
def test_a_remark_between_brackets_is_no_surname(name, surname):
    assert surname_of(name) == surname
