import json
import logging
import sys

from config.log import JsonFormatter, without_bsn


def line(message, *args):
    record = logging.LogRecord("intake", logging.INFO, __file__, 1, message, args, None)
    return JsonFormatter().format(record)


def test_a_bsn_never_reaches_the_log():
    assert "123456782" not in line("bsn %s gevonden", "123456782")
    assert without_bsn("reeks 123456789 blijft") == "reeks 123456789 blijft"


def test_a_message_cannot_forge_a_line():
    entry = line("eerste\nregel\u2028twee \x1b[31m")
    assert entry.count("\n") == 0
    assert "\u2028" not in entry
    assert json.loads(entry)["bericht"].startswith("eerste\nregel")


def test_what_is_given_beside_the_message_is_in_the_line():
    record = logging.makeLogRecord({"msg": "taak mislukt", "soort": "brief", "nummer": "123456782"})
    entry = json.loads(JsonFormatter().format(record))
    assert entry["soort"] == "brief"
    assert entry["nummer"] == "*********"


def test_the_trace_of_a_failure_is_in_the_line():
    try:
        {}["kwijt"]
    except KeyError:
        record = logging.makeLogRecord({"msg": "fout", "exc_info": sys.exc_info()})
    assert "KeyError" in json.loads(JsonFormatter().format(record))["spoor"]
