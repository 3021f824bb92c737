from pathlib import Path

import pytest

from forms import FormErrors, load_form

HEAD = """titel: Proef
bewaren: {15_jaar: 15 jaar}
groepen: {allen: [client, gemeente]}
"""
SECTION = """sectie: proef
titel: Proef
bewaren: 15_jaar
ontvangers: [allen]
vragen:
  - vraag: eerste
    label: De eerste vraag?
    type: ja_nee
    doel: Proberen
    grondslag: Wmo 2015 art. 2.3.2
    feit: ja
"""
SECOND = """  - vraag: tweede
    label: De tweede vraag?
    type: ja_nee
    doel: Proberen
    grondslag: Wmo 2015 art. 2.3.2
"""


def findings(tmp_path: Path, section: str, head: str = HEAD, **more: str):
    (tmp_path / "formulier.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "01-proef.yaml").write_text(section, encoding="utf-8")
    for name, text in more.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FormErrors) as refused:
        load_form(tmp_path)
    return [(one.file, one.line, one.text) for one in refused.value.findings]


def only(found):
    assert len(found) == 1, found
    return found[0]


def test_a_good_folder_loads(tmp_path):
    (tmp_path / "formulier.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "01-proef.yaml").write_text(SECTION, encoding="utf-8")
    form = load_form(tmp_path)
    assert [one.key for one in form.questions] == ["eerste"]
    assert form.question("eerste").ontvangers == {"client", "gemeente"}


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("type: ja_nee", "type: janee", 8, "“janee” is geen type. Bedoelde u “ja_nee”?"),
        ("    type: ja_nee\n", "", 6, "“type” ontbreekt bij vraag “eerste”"),
        ("    doel: Proberen\n", "", 6, "“doel” ontbreekt bij vraag “eerste”"),
        ("doel: Proberen", "doel: ''", 9, "“doel” ontbreekt bij vraag “eerste”"),
        ("    grondslag: Wmo 2015 art. 2.3.2\n", "", 6, "“grondslag” ontbreekt bij vraag “eerste”"),
        ("    label: De eerste vraag?\n", "", 6, "“label” ontbreekt bij vraag “eerste”"),
        ("bewaren: 15_jaar", "bewaren: 15jaar", 3, "Bedoelde u “15_jaar”?"),
        ("bewaren: 15_jaar\n", "", 5, "“bewaren” ontbreekt bij vraag “eerste”"),
        ("ontvangers: [allen]", "ontvangers: [iedereen]", 4, "“iedereen” is geen ontvanger of groep."),
        ("ontvangers: [allen]\n", "", 5, "“ontvangers” ontbreekt bij vraag “eerste”"),
        ("feit: ja", "feit: misschien", 11, "“misschien” is geen feit. Kies uit: ja, nee"),
        ("feit: ja", "fiet: ja", 11, "Bedoelde u “feit”?"),
        ("feit: ja", "feit: ja\n    feit: ja", 12, "“feit” staat er twee keer"),
        ("feit: ja", "feit: ja\n    gevoeligheid: geheim", 12, "Kies uit: gewoon, bijzonder, strafrechtelijk"),
        ("feit: ja", "feit: ja\n    letter: h", 12, "Kies uit: a, b, c, d, e, f, g"),
        ("feit: ja", "feit: ja\n    bereik: [3, 1]", 12, "loopt van laag naar hoog"),
        ("feit: ja", "feit: ja\n    bereik: veel", 12, "een lijst van twee getallen"),
        ("feit: ja", "feit: ja\n    max_lengte: lang", 12, "een getal van 1 tot en met 99999"),
        ("feit: ja", "feit: ja\n    als: twede is ja", 6, "“twede”, en die vraag is er niet"),
        ("feit: ja", "feit: ja\n    als: eerste is ja", 6, "lopen in een kring"),
        ("feit: ja", "feit: ja\n    als: eerste ja", 12, "de voorwaarde is niet te lezen"),
        ("feit: ja", "feit: ja\n    vervolg: ja", 6, "kan geen vervolg zijn"),
        ("feit: ja", "feit: ja\n    opties: {ja: Ja}", 12, "heeft geen opties"),
        ("feit: ja", "feit: ja\n    kolommen: {a1: A}", 6, "“kolommen” hoort bij type rijen en zrm"),
        ("type: ja_nee", "type: keuze\n    opties: {a: }", 9, "optie “a” heeft geen tekst bij vraag “eerste”"),
        ("type: ja_nee", "type: keuze", 6, "“opties” ontbreekt bij vraag “eerste”"),
        ("type: ja_nee", "type: rijen", 6, "“kolommen” hoort bij type rijen en zrm"),
        ("vraag: eerste", "vraag: Eerste Vraag", 6, "kan geen naam zijn"),
    ],
)
def test_each_fault_in_a_question_is_told_with_its_line(tmp_path, old, new, line, told):
    file, at, text = only(findings(tmp_path, SECTION.replace(old, new)))
    assert (file, at) == ("01-proef.yaml", line)
    assert told in text


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("eerste is jaa", "“jaa” is geen antwoord op “eerste”. Bedoelde u “ja”?"),
        ("eerste is onbekend", "“onbekend” is geen antwoord op “eerste”"),
        ("eerste > 3", "“eerste” is geen getal"),
        ("eerste bevat ja", "“eerste” is geen lijst"),
        ("leeftijd is 3", "vergelijk het met <"),
    ],
)
def test_a_condition_that_cannot_be_compared_is_refused(tmp_path, condition, told):
    _, line, text = only(findings(tmp_path, SECTION + SECOND + f"    als: {condition}\n"))
    assert line == 12
    assert told in text


def test_a_fact_may_only_depend_on_facts(tmp_path):
    section = SECTION.replace("feit: ja", "feit: ja\n    als: tweede is ja") + SECOND
    assert "mag alleen van feiten afhangen" in only(findings(tmp_path, section))[2]


def test_a_circle_of_two_conditions_is_told_at_both(tmp_path):
    section = SECTION.replace("    feit: ja\n", "    als: tweede is ja\n") + SECOND + "    als: eerste is ja\n"
    assert ["kring" in text for _, _, text in findings(tmp_path, section)] == [True, True]


def test_a_question_in_two_files_is_told_with_both_places(tmp_path):
    other = SECTION.replace("sectie: proef", "sectie: ander")
    file, line, text = only(findings(tmp_path, SECTION, **{"02-ander": other}))
    assert (file, line) == ("02-ander.yaml", 6)
    assert "staat er twee keer; de eerste staat in 01-proef.yaml, regel 6" in text


def test_a_section_in_two_files_is_refused(tmp_path):
    other = SECTION.replace("vraag: eerste", "vraag: tweede")
    assert "is er al" in only(findings(tmp_path, SECTION, **{"02-ander": other}))[2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "leeg"),
        ("a: [", "geen leesbare YAML"),
        ("- een\n- twee\n", "blok met sleutels"),
        ("sectie: proef\ntitel: Proef\nvragen: []\n", "minstens één vraag"),
        ("a: &x [1]\nb: *x\n", "verwijzingen"),
        ("a: " + "[" * 50_000 + "]" * 50_000, "dieper genest dan 10 niveaus"),
        ("a: \x00", "geen leesbare YAML"),
    ],
)
def test_a_file_that_is_no_section_is_refused(tmp_path, text, told):
    assert any(told in found for _, _, found in findings(tmp_path, text))


def test_a_form_without_head_is_refused(tmp_path):
    assert ("formulier.yaml", 1, "dit bestand is leeg") in findings(tmp_path, SECTION, head="")


def test_all_faults_are_told_at_once_in_order(tmp_path):
    section = SECTION.replace("    doel: Proberen\n", "").replace("ja_nee", "janee") + SECOND.replace(
        "tweede", "eerste"
    )
    assert [line for _, line, _ in findings(tmp_path, section)] == [6, 8, 11]
