"""Planted faults: each is found, at its place, and says what is allowed or meant."""
# ruff: noqa: E501 - one planted fault per line reads as a table

import pytest

from rules import RuleSetErrors
from rules.shelf.load import load_ruleset, read_ruleset
from tests.rules.files import FEITEN, GUARDS, HEAD, NATIONAL_HEAD, T0, T1, T3, T5, T6, T8, write_set


def swap(text, old, new):
    assert old in text, old
    return text.replace(old, new, 1)


def findings_of(root, **files):
    with pytest.raises(RuleSetErrors) as caught:
        read_ruleset(write_set(root, **files))
    return caught.value.findings


# name of the fault: (files, file, row, column, piece of the message, meant)
IN_TABLES = {
    "misspelt value": ({"T3": swap(T3, "geen;> 0", "gen;> 0")}, "T3.csv", "T3.1", "slaapplek_vannacht", "gen", "geen"),
    "misspelt column": ({"T3": swap(T3, "kinderen_mee", "kindren_mee")}, "T3.csv", "", "", "kindren_mee", "kinderen_mee"),
    "misspelt outcome": ({"T1": swap(T1, "dan:kring", "dan:krign")}, "T1.csv", "", "", "krign", "dan:kring"),
    "misspelt result": ({"T1": swap(T1, "onduidelijk", "onduidlijk")}, "T1.csv", "T1.2", "dan:kring", "onduidlijk", "onduidelijk"),
    "misspelt parameter": ({"T1": swap(T1, "[min_leeftijd]", "[min_leftijd]")}, "T1.csv", "T1.1", "leeftijd", "min_leftijd", "min_leeftijd"),
    "number for a word": ({"T0": swap(T0, "T0.1;ja", "T0.1;1")}, "T0.csv", "T0.1", "acuut_gevaar", "„1”", ""),
    "word for a number": ({"T3": swap(T3, "> 0", "veel")}, "T3.csv", "T3.1", "kinderen_mee", "veel", ""),
    "yes for ja": ({"T0": swap(T0, "T0.1;ja", "T0.1;yes")}, "T0.csv", "T0.1", "acuut_gevaar", "yes", ""),
    "unfinished comparison": ({"T3": swap(T3, "> 0", ">")}, "T3.csv", "T3.1", "kinderen_mee", ">", ""),
    "decimal number": ({"T3": swap(T3, "> 0", "> 0,5")}, "T3.csv", "T3.1", "kinderen_mee", "0,5", ""),
    "range upside down": ({"T3": swap(T3, "> 0", "5 t/m 2")}, "T3.csv", "T3.1", "kinderen_mee", "nooit", ""),
    "range past the limit": ({"T3": swap(T3, "> 0", "> 20")}, "T3.csv", "T3.1", "kinderen_mee", "nooit", ""),
    "equals on a list": ({"T5": swap(T5, "bevat crisisdienst", "crisisdienst")}, "T5.csv", "T5.1", "veiligheid", "lijst", "bevat crisisdienst"),
    "misspelt list word": ({"T5": swap(T5, "bevat geweldspoor", "bevat geweldspor")}, "T5.csv", "T5.3", "veiligheid", "geweldspor", "geweldspoor"),
    "bevat on a single value": ({"T3": swap(T3, "niet jeugd", "bevat jeugd")}, "T3.csv", "T3.2", "kring", "bevat jeugd", "jeugd"),
    "two values for one outcome": ({"T1": swap(T1, ";binnen;", ";binnen, jeugd;")}, "T1.csv", "T1.3", "dan:kring", "één", ""),
    "reference that is not there": ({"T6": swap(T6, "{melding_gemeente}", "{melding_gemente}")}, "T6.csv", "T6.1", "dan:verantwoordelijke_gemeente", "melding_gemente", "melding_gemeente"),
    "reference of another type": ({"T6": swap(T6, "{melding_gemeente}", "{acuut_gevaar}")}, "T6.csv", "T6.1", "dan:verantwoordelijke_gemeente", "past niet", ""),
    "gemeente that is no code": ({"T6": swap(T6, "GM0599", "Rotterdam")}, "T6.csv", "T6.2", "dan:verantwoordelijke_gemeente", "Rotterdam", ""),
    "destination that is not there": ({"T8": swap(T8, ";loket;", ";lokket;")}, "T8.csv", "T8.2", "dan:bestemming", "lokket", "loket"),
    "later outcome as column": ({"T0": swap(T0, "regel;acuut_gevaar", "regel;urgentie")}, "T0.csv", "", "", "urgentie", ""),
    "no ground": ({"T1": swap(T1, "Jeugdwet art. 1.1", "")}, "T1.csv", "T1.1", "", "grondslag", ""),
    "no reason": ({"T1": swap(T1, "Wij weten uw leeftijd nog niet.", "")}, "T1.csv", "T1.2", "", "omdat", ""),
    "no row id": ({"T1": swap(T1, "T1.2;", ";")}, "T1.csv", "", "", "regel", ""),
    "row id twice": ({"T1": swap(T1, "T1.2;", "T1.1;")}, "T1.csv", "T1.1", "", "twee keer", ""),
    "row id of another table": ({"T1": swap(T1, "T1.2;", "T0.1;")}, "T1.csv", "T0.1", "", "bestaat al", ""),
    "column twice": ({"T3": swap(T3, "kinderen_mee", "kring")}, "T3.csv", "", "", "twee keer", ""),
    "head without a name": ({"T3": swap(T3, "kinderen_mee", "")}, "T3.csv", "", "", "geen kop", ""),
    "cell too many": ({"T1": swap(T1, ";jeugd;", ";jeugd;x;")}, "T1.csv", "T1.1", "", "cellen", ""),
    "cell too few": ({"T1": swap(T1, "onbekend;onduidelijk;", "onduidelijk;")}, "T1.csv", "T1.2", "", "cellen", ""),
    "quote left open": ({"T1": swap(T1, "Wij weten", '"Wij weten')}, "T1.csv", "", "", "aanhalingstekens", ""),
    "no rows": ({"T1": T1.splitlines()[0] + "\n"}, "T1.csv", "", "", "geen enkele rij", ""),
    "empty file": ({"T1": ""}, "T1.csv", "", "", "leeg", ""),
    "no outcome": ({"T1": swap(T1, "dan:kring", "woongemeente").replace(";jeugd;", ";geen;").replace(";onduidelijk;", ";geen;").replace(";binnen;", ";geen;")}, "T1.csv", "", "", "geen enkele uitkomst", ""),
    "no column for the ground": ({"T1": swap(T1, "grondslag", "gronslag")}, "T1.csv", "", "", "grondslag", "gronslag"),
    "cell too long": ({"T1": swap(T1, "onbekend;", "a" * 500 + ";")}, "T1.csv", "T1.2", "leeftijd", "te lang", ""),
}  # fmt: skip

IN_HEAD = {
    "misspelt key": (swap(HEAD, "geldig_tot", "geldig_to"), "geldig_to", "geldig_tot"),
    "double key": (swap(HEAD, "regio: proef", "regio: proef\nregio: ander"), "twee keer", ""),
    "no date": (swap(HEAD, "2026-12-31", "eind 2026"), "geldig_tot", ""),
    "end before start": (swap(HEAD, "2026-12-31", "2025-12-31"), "voor geldig_van", ""),
    "misspelt status": (swap(HEAD, "in_werking", "in_werkng"), "in_werkng", "in_werking"),
    "other id": (swap(HEAD, "proef/2026-01-01", "proef/2026-01-02"), "proef/2026-01-01", ""),
    "other folder": (HEAD.replace("proef", "ander"), "de map", ""),
    "misspelt policy": (swap(HEAD, "treffer: uniek", "treffer: unniek"), "unniek", "uniek"),
    "table twice": (swap(HEAD, "naam: T3,", "naam: T1,"), "twee keer", ""),
    "table elsewhere on the disk": (swap(HEAD, "naam: T3,", "naam: ../T3,"), "../T3", ""),
    "misspelt function": (swap(HEAD, "functie: leeftijd", "functie: leftijd"), "leftijd", "leeftijd"),
    "function of an unknown fact": (swap(HEAD, "van: netwerk", "van: netwrk"), "netwrk", "netwerk"),
    "function of the wrong type": (swap(HEAD, "van: netwerk", "van: geweld"), "type", ""),
    "function without argument": (swap(HEAD, ", van: netwerk", ""), "ontbreekt", ""),
    "argument too many": (swap(HEAD, "van: netwerk", "van: netwerk, soms: ja"), "soms", ""),
    "derived fact that is there already": (swap(HEAD, "netwerk_hier:", "geweld:"), "bestaat al", ""),
    "parameter without value": (swap(HEAD, "{waarde: nee}", "{toelichting: kou}"), "waarde", ""),
    "parameter outside its values": (swap(HEAD, "{waarde: nee}", "{waarde: altijd, waarden: [soms, nooit]}"), "altijd", ""),
    "parameter with the name of a fact": (swap(HEAD, "winter:", "geweld:"), "geweld", ""),
    "region that is no list of codes": (swap(HEAD, "[GM0599, GM0597]", "[Rotterdam]"), "regio_gemeenten", ""),
    "destination without a name": (swap(HEAD, "naam: Het loket, ", ""), "naam", ""),
    "destination in no gemeente": (swap(HEAD, "gemeente: verantwoordelijke_gemeente", "gemeente: verantwoordelijk"), "verantwoordelijk", "verantwoordelijke_gemeente"),
    "emergency destination that is not there": (swap(HEAD, "nood_bestemming: loket", "nood_bestemming: lokket"), "lokket", "loket"),
    "no tables": (HEAD[: HEAD.index("tabellen:")], "tabellen", ""),
    "broken YAML": (swap(HEAD, "[proef]", "[proef"), "YAML", ""),
    "alias": (swap(HEAD, "[proef]", "&a [proef]"), "&", ""),
    "object tag": (swap(HEAD, "titel: Proefregio", "titel: !!python/object:os.system x"), "kan niet gelezen", ""),
    "list for a text": (swap(HEAD, "titel: Proefregio", "titel: [a, b]"), "titel", ""),
    "landelijk that is not there": (HEAD + "landelijk: 2025-01-01\n", "2025-01-01", ""),
}  # fmt: skip

IN_FACTS = {
    "type that is not there": (swap(FEITEN, "type: getal", "type: getl"), "getl", "getal"),
    "no type": (swap(FEITEN, "type: ja_nee, tekst: acuut gevaar", "tekst: acuut gevaar"), "type", ""),
    "onbekend as a value": (swap(FEITEN, "[ja, vermoeden, nee]", "[ja, vermoeden, nee, onbekend]"), "onbekend", ""),
    "value twice": (swap(FEITEN, "[ja, vermoeden, nee]", "[ja, nee, nee]"), "twee keer", ""),
    "fact and outcome of one name": (swap(FEITEN, "  kring:", "  geweld:"), "geweld", ""),
    "default outside the values": (swap(FEITEN, "standaard: geen", "standaard: gen"), "gen", "geen"),
}  # fmt: skip


@pytest.mark.parametrize("fault", IN_TABLES)
def test_a_fault_in_a_table_is_found_at_its_place(tmp_path, fault):
    files, file, row, column, piece, meant = IN_TABLES[fault]
    here = [item for item in findings_of(tmp_path, **files) if item.file == file]
    assert [
        item for item in here if (item.row, item.column, item.meant) == (row, column, meant) and piece in item.message
    ], here
    assert all(item.line > 0 for item in here if row)


@pytest.mark.parametrize("fault", IN_HEAD)
def test_a_fault_in_the_head_is_found_with_its_line(tmp_path, fault):
    head, piece, meant = IN_HEAD[fault]
    here = [item for item in findings_of(tmp_path, head=head) if item.file == "regelset.yaml"]
    assert [item for item in here if piece in item.message and item.meant == meant], here


@pytest.mark.parametrize("fault", IN_FACTS)
def test_a_fault_in_the_facts_is_found(tmp_path, fault):
    feiten, piece, meant = IN_FACTS[fault]
    here = [item for item in findings_of(tmp_path, feiten=feiten) if item.file == "feiten.yaml"]
    assert [item for item in here if piece in item.message and item.meant == meant], here


@pytest.mark.parametrize(
    ("file", "text", "piece"),
    [
        ("waarborgen.csv", swap(GUARDS, "niet jeugd", "niet jeud"), "jeud"),
        ("waarborgen.csv", swap(GUARDS, "moet:overbrugging", "moet:overbruging"), "overbruging"),
        ("waarborgen.csv", swap(GUARDS, ";kinderen_mee", ";kinders_mee"), "kinders_mee"),
        ("regelset.yaml", swap(NATIONAL_HEAD, "verliest_nooit", "verliest_ooit"), "verliest_ooit"),
        ("regelset.yaml", swap(NATIONAL_HEAD, "[netwerk]", "[netwrk]"), "netwrk"),
        ("regelset.yaml", swap(NATIONAL_HEAD, "noodantwoord.csv", "nergens.csv"), "bestaat niet"),
    ],
)
def test_a_fault_in_the_national_set_is_found(tmp_path, file, text, piece):
    with pytest.raises(RuleSetErrors, match=piece) as caught:
        load_ruleset(write_set(tmp_path, national={file: text}))
    assert any("landelijk/2026-01-01" in item.file for item in caught.value.findings)


def test_all_faults_of_all_files_are_found_at_once(tmp_path):
    findings = findings_of(
        tmp_path,
        T0=swap(T0, "T0.1;ja", "T0.1;jaa"),
        T1=swap(T1, "[min_leeftijd]", "[min]"),
        T3=swap(T3, "geen;> 0", "gen;>> 0"),
    )
    assert [(item.file, item.row, item.column) for item in findings] == [
        ("T0.csv", "T0.1", "acuut_gevaar"),
        ("T1.csv", "T1.1", "leeftijd"),
        ("T3.csv", "T3.1", "slaapplek_vannacht"),
        ("T3.csv", "T3.1", "kinderen_mee"),
    ]


def test_a_finding_reads_as_a_sentence_with_its_place(tmp_path):
    (finding,) = findings_of(tmp_path, T3=swap(T3, "geen;> 0", "gen;> 0"))
    assert str(finding) == (
        "T3.csv, regel T3.1, kolom slaapplek_vannacht, bestandsregel 2: „gen” is geen waarde van slaapplek_vannacht. "
        "Toegestaan: eigen_woning, kan_blijven, geen, bekend, onbekend, -. Bedoelde u „geen”?"
    )


def test_a_missing_file_is_named(tmp_path):
    folder = write_set(tmp_path)
    (folder / "T5.csv").unlink()
    with pytest.raises(RuleSetErrors, match=r"T5\.csv: het bestand bestaat niet"):
        read_ruleset(folder)


@pytest.mark.parametrize(
    ("content", "piece"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"regel;omdat\n\0", "nulteken"),
        (b"x" * (1024 * 1024 + 1), "te groot"),
        (
            b"regel;omdat;grondslag;dan:kring\n" + b"".join(b"R%d;a;b;binnen\n" % n for n in range(1_001)),
            "te veel rijen",
        ),
        (";".join(["regel", "omdat", "grondslag", *(f"k{n}" for n in range(90))]).encode(), "te veel kolommen"),
    ],
)
def test_a_file_past_the_limits_is_refused(tmp_path, content, piece):
    folder = write_set(tmp_path)
    (folder / "T1.csv").write_bytes(content)
    with pytest.raises(RuleSetErrors, match=piece):
        read_ruleset(folder)


@pytest.mark.parametrize(
    "bomb", ["a: " + "[" * 100, "a: " + "{b: " * 100, "[" * 5_000, "- " * 5_000, "a: 1\n---\nb: 2\n"]
)
def test_a_deep_or_double_document_is_refused(tmp_path, bomb):
    with pytest.raises(RuleSetErrors, match=r"regelset\.yaml"):
        read_ruleset(write_set(tmp_path, head=bomb))


@pytest.mark.parametrize("column", ["omdat", "grondslag", "toelichting"])
def test_a_sentence_that_fits_in_no_letter_is_refused(tmp_path, column):
    content = "regel;omdat;grondslag;toelichting;dan:kring\nT1.1;a;b;c;binnen\n".replace(
        {"omdat": ";a;", "grondslag": ";b;", "toelichting": ";c;"}[column], f";{'a' * 10_000};"
    )
    (finding,) = [one for one in findings_of(tmp_path, T1=content) if column in one.message]
    assert (finding.row, finding.line) == ("T1.1", 2)
    assert "10000 tekens" in finding.message
    assert finding.allowed.startswith("hoogstens")
