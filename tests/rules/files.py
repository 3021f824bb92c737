"""A small rule set written to a folder, with one telling file replaced per test."""

from pathlib import Path

DAY = "2026-01-01"

FEITEN = """\
feiten:
  melding_datum: {type: datum, tekst: de dag van de melding}
  geboortedatum: {type: datum, tekst: de geboortedatum}
  melding_gemeente: {type: gemeente, tekst: de gemeente van de melding}
  woongemeente: {type: gemeente, waarden: [geen], tekst: de woongemeente}
  slaapplek_vannacht: {type: keuze, waarden: [eigen_woning, kan_blijven, geen], tekst: de slaapplek voor vannacht}
  acuut_gevaar: {type: ja_nee, tekst: acuut gevaar}
  geweld: {type: keuze, waarden: [ja, vermoeden, nee], tekst: geweld thuis}
  kinderen_mee: {type: getal, van: 0, tot: 20, tekst: het aantal kinderen dat meekomt}
  netwerk: {type: gemeenten, tekst: de gemeenten waar mensen wonen die helpen}
  gevraagd: {type: lijst, waarden: [opvang, beschermd_wonen], tekst: wat u vraagt}
  zelfredzaamheid: {type: zrm}
uitkomsten:
  veiligheid: {type: lijst, waarden: [crisisdienst, geweldspoor]}
  kring: {type: keuze, waarden: [binnen, jeugd, onduidelijk]}
  voorzieningen: {type: lijst, waarden: [nachtopvang, gezinsopvang, begeleiding_thuis, geen_maatwerk]}
  overbrugging: {type: keuze, waarden: [tijdelijke_opvang_vandaag, geen], standaard: geen}
  urgentie: {type: keuze, waarden: [U0, U1, U2, U3, U4]}
  niveau: {type: keuze, waarden: [lokaal, regionaal]}
  regiokeuze: {type: keuze, waarden: [eigen, afweging]}
  verantwoordelijke_gemeente: {type: gemeente}
  expertise: {type: ja_nee, standaard: nee, samen: hoogste}
  bestemming: {type: keuze}
  taken: {type: lijst, waarden: [identiteit, veilig_thuis]}
"""

HEAD = """\
id: proef/2026-01-01
regio: proef
titel: Proefregio
geldig_van: 2026-01-01
geldig_tot: 2026-12-31
status: in_werking
bron: [proef]
parameters:
  min_leeftijd: {waarde: 18, toelichting: de leeftijd, grondslag: verordening}
  regio_gemeenten: {waarde: [GM0599, GM0597]}
  winter: {waarde: nee}
afgeleid:
  leeftijd: {functie: leeftijd, van: geboortedatum}
  netwerk_hier: {functie: bevat_regio, van: netwerk}
tabellen:
  - {naam: T0, treffer: verzamel, titel: Eerst veiligheid}
  - {naam: T1, treffer: eerste, titel: Kring}
  - {naam: T3, treffer: eerste, titel: Voorziening}
  - {naam: T5, treffer: voorrang, titel: Urgentie}
  - {naam: T6, treffer: uniek, titel: Regio}
  - {naam: T8, treffer: eerste, titel: Bestemming}
bestemmingen:
  wijkteam: {soort: wijkteam, naam: Het wijkteam, gemeente: verantwoordelijke_gemeente}
  loket: {soort: regionale_toegang, naam: Het loket, gemeente: GM0599}
nood_bestemming: loket
"""

T0 = """\
regel;acuut_gevaar;geweld;dan:veiligheid;dan:taken;dan:expertise;omdat;grondslag;toelichting
T0.1;ja;-;crisisdienst;-;-;Er is nu gevaar.;Wvggz;
T0.2;-;ja of vermoeden;geweldspoor;veilig_thuis;ja;U bent thuis niet veilig.;Wmo 2015 art. 2.3.3;
"""

T1 = """\
regel;leeftijd;dan:kring;omdat;grondslag;toelichting
T1.1;< [min_leeftijd];jeugd;U bent nog geen 18 jaar.;Jeugdwet art. 1.1;
T1.2;onbekend;onduidelijk;Wij weten uw leeftijd nog niet.;Wmo 2015 art. 2.3.3;
T1.3;-;binnen;U kunt hulp krijgen van de gemeente.;Wmo 2015 art. 1.2.1;
"""

T3 = """\
regel;kring;slaapplek_vannacht;kinderen_mee;dan:voorzieningen;dan:overbrugging;omdat;grondslag;toelichting
T3.1;-;geen;> 0;gezinsopvang;tijdelijke_opvang_vandaag;U heeft met uw kinderen geen slaapplek.;Wmo 2015 art. 2.3.3;
T3.2;niet jeugd;geen;-;nachtopvang;tijdelijke_opvang_vandaag;U heeft vannacht geen slaapplek.;Wmo 2015 art. 2.3.3;
T3.3;jeugd;geen;-;begeleiding_thuis;tijdelijke_opvang_vandaag;U heeft vannacht geen slaapplek.;Jeugdwet art. 2.3;
T3.4;-;-;-;begeleiding_thuis;-;U kunt thuis hulp krijgen.;Wmo 2015 art. 1.2.1;
"""

T5 = """\
regel;veiligheid;slaapplek_vannacht;dan:urgentie;omdat;grondslag;toelichting
T5.1;bevat crisisdienst;-;U0;Er is nu gevaar.;Wmo 2015 art. 2.3.3;
T5.2;-;geen;U1;U heeft vannacht geen slaapplek.;Wmo 2015 art. 2.3.3;
T5.3;bevat geweldspoor;-;U1;U bent thuis niet veilig.;Wmo 2015 art. 2.3.3;
T5.4;-;-;U4;Er is geen haast.;Wmo 2015 art. 2.3.2;
"""

T6 = """\
regel;netwerk_hier;woongemeente;dan:regiokeuze;dan:niveau;dan:verantwoordelijke_gemeente;omdat;grondslag;toelichting
T6.1;ja of onbekend;bekend;eigen;lokaal;{melding_gemeente};U woont hier.;Wmo 2015 art. 1.2.1;
T6.2;ja of onbekend;onbekend;eigen;regionaal;GM0599;Wij weten nog niet waar u woont.;Wmo 2015 art. 1.2.1;
T6.3;nee;-;afweging;regionaal;GM0599;Uw netwerk woont ergens anders.;Wmo 2015 art. 1.2.1;
"""

T8 = """\
regel;niveau;dan:bestemming;omdat;grondslag;toelichting
T8.1;lokaal;wijkteam;Uw gemeente helpt u.;Wmo 2015 art. 2.3.5;
T8.2;-;loket;Het loket helpt u.;Wmo 2015 art. 2.3.5;
"""

FILES = {"regelset.yaml": HEAD, "T0.csv": T0, "T1.csv": T1, "T3.csv": T3, "T5.csv": T5, "T6.csv": T6, "T8.csv": T8}

NATIONAL_HEAD = """\
id: landelijk/2026-01-01
regio: landelijk
titel: Waarborgen
geldig_van: 2026-01-01
geldig_tot: 2030-12-31
status: in_werking
bron: [Wmo 2015]
afgeleid:
  leeftijd: {functie: leeftijd, van: geboortedatum}
noodantwoord: noodantwoord.csv
vergelijkingen:
  - {regel: W1, functie: verliest_nooit, feiten: [netwerk], omdat: Binding telt niet., grondslag: Wmo 2015 art. 1.2.1}
"""

GUARDS = """\
regel;slaapplek_vannacht;kring;kinderen_mee;moet:overbrugging;moet:voorzieningen;omdat;grondslag
W2;geen;niet jeugd;-;niet geen;-;Wie vannacht geen slaapplek heeft, krijgt een antwoord.;Wmo 2015 art. 2.3.3
W8;-;-;> 0;-;bevat niet nachtopvang;Kinderen blijven bij hun ouder.;IVRK art. 3
"""

EMERGENCY = """\
regel;kinderen_mee;dan:voorzieningen;dan:overbrugging;dan:urgentie;dan:expertise;omdat;grondslag
N1;> 0;gezinsopvang;tijdelijke_opvang_vandaag;U1;ja;U krijgt vannacht met uw kinderen een plek.;Wmo 2015 art. 2.3.3
N2;-;nachtopvang;tijdelijke_opvang_vandaag;U1;ja;U krijgt vannacht een plek.;Wmo 2015 art. 2.3.3
"""

NATIONAL = {"regelset.yaml": NATIONAL_HEAD, "waarborgen.csv": GUARDS, "noodantwoord.csv": EMERGENCY}


def write_set(root: Path, *, feiten: str = FEITEN, national: dict[str, str] | None = None, **files: str) -> Path:
    """Write the small set; `T1=...` replaces T1.csv, `head=...` the head. Gives the folder of the set."""
    folder = root / "proef" / DAY
    folder.mkdir(parents=True, exist_ok=True)
    (root / "feiten.yaml").write_text(feiten, encoding="utf-8")
    contents = dict(FILES)
    for name, text in files.items():
        contents["regelset.yaml" if name == "head" else f"{name}.csv"] = text
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    if national is not None:
        head = (folder / "regelset.yaml").read_text(encoding="utf-8")
        (folder / "regelset.yaml").write_text(head + "landelijk: 2026-01-01\n", encoding="utf-8")
        place = root / "landelijk" / DAY
        place.mkdir(parents=True, exist_ok=True)
        for name, text in {**NATIONAL, **national}.items():
            (place / name).write_text(text, encoding="utf-8")
    return folder
