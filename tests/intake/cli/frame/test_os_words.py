"""What the machine refuses is told in Dutch, whatever language the machine speaks."""

import errno
import os

import pytest

from intake.cli import main
from intake.cli.frame.os_words import WORDS, why


@pytest.mark.parametrize("code", [*WORDS, 9999])
def test_no_word_of_the_machine_is_shown(code: int):
    told = why(OSError(code, os.strerror(code)))
    assert os.strerror(code) not in told
    assert told


def test_a_file_that_is_not_there_is_said_in_dutch(capsys):
    assert main(["advies", "er-is-niets.json"]) != 0
    told = capsys.readouterr().err
    assert "niet te lezen: het is er niet." in told
    assert os.strerror(errno.ENOENT) not in told
