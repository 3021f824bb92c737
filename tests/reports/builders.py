"""Letters to test with: each builder gives a whole letter; say only what your test is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from reports.letters import (
    Afzender,
    Besluit,
    Bestemming,
    Bevinding,
    Clientondersteuning,
    Geadresseerde,
    Gedeeld,
    Ondertekenaar,
    Ontvangstbevestiging,
    Oordeel,
    Pgb,
    Product,
    Regiokeuze,
    Taak,
    Verwijsbrief,
    Verwijzing,
)

A_MONDAY = date(2026, 11, 23)

AFZENDER = Afzender(
    gemeente="Capelle aan den IJssel",
    team="Wijkteam Centrum (fictief)",
    adres=("Raadhuisplein 1", "2901 AA Capelle aan den IJssel"),
    telefoon="010 555 01 00",
    bereikbaar="Maandag tot en met vrijdag, 9.00 tot 17.00 uur",
    klacht="Bel 010 555 01 00 of schrijf naar Klachten, Raadhuisplein 1, 2901 AA Capelle aan den IJssel.",
)
WORKER = Ondertekenaar(
    naam="Samira de Wit",
    functie="Wmo-adviseur",
    namens="het college van burgemeester en wethouders van Capelle aan den IJssel",
)
SUPPORT = Clientondersteuning("Stichting Naast U (fictief)", "010 555 02 00")


def a_letter(**changed: Any) -> Verwijsbrief:
    """A referral for a man who slept in his car; no decision."""
    return replace(
        Verwijsbrief(
            datum=A_MONDAY,
            kenmerk="2026-000123",
            geadresseerde=Geadresseerde(naam="Johan Bakker", afhalen_bij="het wijkteam, Raadhuisplein 1"),
            afzender=AFZENDER,
            ondertekenaar=WORKER,
            vraag="Ik slaap al drie nachten in mijn auto. Ik wil een bed en hulp met mijn schulden.",
            vannacht="U slaapt vannacht in de opvang aan de Kade 12 in Rotterdam. U kunt er vanaf 17.00 uur terecht.",
            bevindingen=(
                Bevinding("U heeft vannacht geen plek om te slapen.", "Wmo 2015 art. 2.3.3"),
                Bevinding("U redt het nu niet alleen. Er is niemand die u kan helpen.", "Wmo 2015 art. 1.2.1 c"),
                Bevinding("U woont de laatste drie jaar in deze regio."),
            ),
            producten=(
                Product(
                    naam="een plek in de opvang, dag en nacht",
                    oordeel=Oordeel.ADVIES,
                    uitleg="U heeft daar een bed. Er is dag en nacht iemand die u helpt.",
                    waarom=(
                        Bevinding(
                            "U heeft vandaag een bed nodig. Dan moeten wij meteen helpen.", "Wmo 2015 art. 2.3.3"
                        ),
                        Bevinding("U heeft begeleiding nodig om weer zelf te wonen.", "Wmo 2015 art. 1.1.1"),
                    ),
                ),
            ),
            bestemming=Bestemming(
                naam="Centraal Onthaal",
                adres=("Voorbeeldstraat 158", "3011 AA Rotterdam"),
                telefoon="010 555 03 00",
                afspraak="Ga vandaag, maandag 23 november, voor 11.30 uur.",
                meenemen="deze brief en uw paspoort of identiteitskaart. Heeft u die niet? Ga dan toch.",
            ),
            taken=(
                Taak("Samira de Wit", "Belt met Centraal Onthaal. Zij weten dat u komt.", A_MONDAY),
                Taak("Centraal Onthaal", "Praat met u over wat u nodig heeft.", date(2026, 11, 24)),
                Taak("U", "Vraagt een briefadres aan. Wij helpen u daarbij.", date(2026, 12, 1)),
            ),
            clientondersteuning=SUPPORT,
            gedeeld_met=(Gedeeld("Centraal Onthaal", "uw naam, uw geboortedatum, uw vraag en welke hulp u zoekt"),),
            rechtspositie=Verwijzing(
                besluit_vragen_bij="Samira de Wit, 010 555 01 00", aanvraag_vanaf=date(2027, 1, 4)
            ),
            tot_dan="U kunt in de opvang blijven zolang wij onderzoeken welke hulp u nodig heeft.",
            regiokeuze=Regiokeuze(
                gemeente="Rotterdam",
                waarom="Uw broer woont hier en uw arts werkt hier.",
                mening_client="Ik wil graag in Rotterdam blijven.",
            ),
            eigen_bijdrage="Voor de opvang betaalt u misschien een klein bedrag per dag. "
            "De opvang vertelt u hoeveel. Heeft u geen inkomen? Dan betaalt u niets.",
            pgb=Pgb.NIET_MOGELIJK,
        ),
        **changed,
    )


def a_decision(**changed: Any) -> Besluit:
    """A decision of A_MONDAY against which one can object."""
    return replace(
        Besluit(
            laatste_dag_bezwaar=date(2027, 1, 4),
            bezwaar_adres=("Commissie Bezwaar", "Postbus 1", "2900 AA Capelle aan den IJssel"),
            rechtbank="rechtbank Rotterdam, afdeling bestuursrecht, 088 555 00 00",
            bezwaar_online="www.voorbeeldgemeente.example/bezwaar",
        ),
        **changed,
    )


def a_decided_letter(**changed: Any) -> Verwijsbrief:
    """The same man, but now it is decided: a bed from today."""
    letter = a_letter()
    bed = replace(letter.producten[0], oordeel=Oordeel.TIJDELIJK, vanaf=A_MONDAY, tot=date(2027, 1, 4))
    return replace(letter, **{"producten": (bed,), "rechtspositie": a_decision(), **changed})


def a_shielded_letter(**changed: Any) -> Verwijsbrief:
    """A referral for a woman who flees; where she goes is secret."""
    return replace(
        a_letter(
            geadresseerde=Geadresseerde(naam="Mila Jansen", afhalen_bij="het wijkteam, Raadhuisplein 1"),
            vraag="Mijn man slaat mij. Ik wil met mijn zoon van vier naar een veilige plek.",
            vannacht="U en uw zoon slapen vannacht op een veilige plek. U blijft samen.",
            tot_dan="Wij brengen u er vanavond om 18.00 uur naartoe.",
            bevindingen=(
                Bevinding("U bent thuis niet veilig.", "Wmo 2015 art. 1.1.1"),
                Bevinding("U heeft vannacht een veilige plek nodig.", "Wmo 2015 art. 2.3.3"),
                Bevinding("Uw zoon blijft bij u."),
            ),
            producten=(
                Product(
                    naam="een veilige plek voor u en uw zoon",
                    oordeel=Oordeel.ADVIES,
                    uitleg="U krijgt daar een eigen kamer. Er is dag en nacht iemand die u helpt.",
                    waarom=(Bevinding("Thuis is er geweld. U kunt daar niet blijven.", "Wmo 2015 art. 2.3.3"),),
                ),
            ),
            bestemming=Bestemming(
                naam="Opvanghuis De Beuk", adres=("Geheimlaan 7", "3311 ZZ Dordrecht"), telefoon="078 555 09 09"
            ),
            taken=(
                Taak("Samira de Wit", "Brengt u naar de veilige plek.", A_MONDAY),
                Taak("Veilig Thuis", "Praat met u over hoe u veilig blijft.", date(2026, 11, 26)),
            ),
            gedeeld_met=(
                Gedeeld("De veilige plek", "uw naam, de naam en leeftijd van uw zoon en wat er is gebeurd"),
                Gedeeld("Veilig Thuis", "uw naam en wat er is gebeurd"),
            ),
            regiokeuze=None,
            eigen_bijdrage="",
            pgb=None,
            afgeschermd=True,
        ),
        **changed,
    )


def a_receipt(**changed: Any) -> Ontvangstbevestiging:
    """The confirmation of a melding of 2 March 2026."""
    return replace(
        Ontvangstbevestiging(
            datum=date(2026, 3, 2),
            kenmerk="2026-000042",
            geadresseerde=Geadresseerde(naam="Johan Bakker", adres=("Kerkstraat 5", "2901 BB Capelle aan den IJssel")),
            afzender=AFZENDER,
            ondertekenaar=WORKER,
            melding_datum=date(2026, 3, 2),
            vraag="Ik moet over een maand mijn huis uit. Ik wil begeleid wonen.",
            vannacht="U slaapt thuis. Lukt dat niet meer? Bel ons dan meteen: 010 555 01 00.",
            plan_uiterlijk=date(2026, 3, 9),
            onderzoek_uiterlijk=date(2026, 4, 13),
            clientondersteuning=SUPPORT,
            eerste_contact=date(2026, 3, 4),
        ),
        **changed,
    )


def a_refusal(**changed: Any) -> Verwijsbrief:
    """A decision that says no to opvang, for a man who has a place and can go home."""
    return replace(
        a_decided_letter(
            vraag="Mijn vrouw en ik gaan uit elkaar. Ik wil een plek in de opvang.",
            vannacht="U slaapt vannacht thuis. Kan dat niet meer? Bel ons dan meteen: 010 555 01 00. "
            "Na 17.00 uur belt u Centraal Onthaal: 010 555 03 00.",
            tot_dan="",
            bevindingen=(
                Bevinding("U heeft werk en u kunt een kamer betalen.", "Wmo 2015 art. 2.3.5 lid 4"),
                Bevinding("U kunt thuis blijven tot u een kamer heeft. Uw vrouw vindt dat goed."),
            ),
            producten=(
                Product(
                    naam="plek in de opvang",
                    oordeel=Oordeel.NEE,
                    uitleg="Opvang is voor mensen die het niet zelf redden en geen plek hebben om te slapen.",
                    waarom=(
                        Bevinding("U heeft een plek om te slapen.", "Wmo 2015 art. 1.1.1"),
                        Bevinding("U kunt zelf een kamer vinden. Wij helpen u daarbij.", "Wmo 2015 art. 2.3.5 lid 4"),
                    ),
                ),
                Product(
                    naam="hulp bij het zoeken van een kamer",
                    oordeel=Oordeel.JA,
                    uitleg="Het wijkteam zoekt met u mee. Dat is gratis.",
                    waarom=(Bevinding("U heeft snel een eigen plek nodig."),),
                ),
            ),
            bestemming=Bestemming(
                naam="Wijkteam Centrum (fictief)",
                adres=("Raadhuisplein 1", "2901 AA Capelle aan den IJssel"),
                telefoon="010 555 01 00",
                afspraak="Uw afspraak is op woensdag 25 november om 10.00 uur.",
            ),
            taken=(Taak("Het wijkteam", "Zoekt samen met u een kamer.", date(2026, 11, 25)),),
            gedeeld_met=(),
            regiokeuze=None,
            eigen_bijdrage="U betaalt niets voor deze hulp.",
        ),
        **changed,
    )


def a_transfer(**changed: Any) -> Verwijsbrief:
    """A referral to another region that is asked to take over; the sender goes on until it says yes."""
    return replace(
        a_letter(
            vannacht="U slaapt vannacht in de opvang in Capelle aan den IJssel. U blijft daar tot u kunt verhuizen.",
            tot_dan="",
            bestemming=Bestemming(
                naam="Toegang Wonen en Opvang Utrecht (fictief)",
                adres=("Stationsplein 9", "3511 AA Utrecht"),
                telefoon="030 555 01 00",
                afspraak="Ga nog niet op reis. Wij bellen u als u kunt komen.",
            ),
            regiokeuze=Regiokeuze(
                gemeente="Utrecht",
                waarom="Uw zus woont daar en wil u helpen. Uw behandeling is ook in Utrecht.",
                mening_client="Ik wil graag bij mijn zus in de buurt wonen.",
                overdracht=True,
            ),
            taken=(
                Taak("Samira de Wit", "Belt met Utrecht en stuurt uw gegevens.", date(2026, 11, 24)),
                Taak("Gemeente Utrecht", "Laat weten of u kunt komen.", date(2026, 11, 30)),
                Taak("Samira de Wit", "Regelt uw reis en gaat met u mee.", None),
            ),
            gedeeld_met=(Gedeeld("Gemeente Utrecht", "uw naam, uw vraag en hulp die u nu krijgt"),),
        ),
        **changed,
    )


def a_youth_letter(**changed: Any) -> Verwijsbrief:
    """A referral for a boy of 19 who sleeps on sofas."""
    return replace(
        a_letter(
            geadresseerde=Geadresseerde(
                naam="Daan Visser", adres=("p/a Lindelaan 4", "2981 AA Ridderkerk"), aanhef="Beste Daan"
            ),
            vraag="Ik slaap bij vrienden op de bank. Vrijdag moet ik daar weg.",
            vannacht="U slaapt tot en met vrijdag bij uw vriend Sem. Kan dat niet meer? Bel ons dan meteen.",
            tot_dan="",
            bevindingen=(
                Bevinding("U heeft vanaf vrijdag geen plek om te slapen."),
                Bevinding("U bent gestopt met school."),
            ),
            bestemming=Bestemming(
                naam="Jongerenloket (fictief)",
                adres=("Voorbeeldplein 30", "3012 AA Rotterdam"),
                telefoon="010 555 04 00",
                afspraak="Uw afspraak is op dinsdag 24 november om 14.00 uur.",
            ),
            pgb=Pgb.MOGELIJK,
        ),
        **changed,
    )
