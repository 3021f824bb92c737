"""The facts that other systems may send, with their values. Adding one is fine; losing or renaming one is not."""

JA_NEE = "ja nee"
GEMEENTE = "gemeente"
GEMEENTEN = "gemeenten"
DATUM = "datum"
GETAL = "getal"

FACTS = {
    "melding_datum": DATUM,
    "melding_gemeente": GEMEENTE,
    "melding_kanaal": "wijkteam loket telefoon online politie ziekenhuis ggz pi aanbieder andere_regio",
    "client_weet_van_melding": "ja nee onveilig",
    "clientondersteuning": "gewenst niet_gewenst heeft_al nog_niet_aangeboden",
    "persoonlijk_plan": "ontvangen komt_nog ziet_af nog_niet_besproken",
    "gevraagd": "opvang beschermd_wonen begeleiding onbekend",
    "acuut_gevaar": JA_NEE,
    "acute_psychose": JA_NEE,
    "geweld_afhankelijkheidsrelatie": "ja vermoeden nee onbekend",
    "dreiging_buiten_relatie": JA_NEE,
    "mensenhandel": "ja vermoeden nee onbekend",
    "onveilige_gemeenten": GEMEENTEN,
    "kind_onveilig": JA_NEE,
    "onttrekkingsrisico": JA_NEE,
    "gevaar_voor_anderen": JA_NEE,
    "geboortedatum": DATUM,
    "bsn": "bsn",
    "bsn_status": "geverifieerd bekend onbekend geen",
    "identiteit_vastgesteld": JA_NEE,
    "nationaliteit": "nederlands eu_eer_ch derdeland staatloos onbekend",
    "woongemeente": GEMEENTE,
    "brp_adres": "woonadres briefadres niet_ingezetene vertrokken_onbekend geen onbekend",
    "geheim_adres": JA_NEE,
    "vertegenwoordiger": "geen curator mentor bewindvoerder gemachtigde ouder",
    "verblijfsgrond": "a b c d e f g h i j k l m geen onbekend",
    "eu_status": (
        "werknemer behoud_werknemer werkzoekend korter_dan_3_maanden duurzaam familielid student niet_actief onbekend"
    ),
    "coa_status": "geen procedure statushouder_in_azc",
    "coa_gemeente": GEMEENTE,
    "oekraine_ontheemd": JA_NEE,
    "kind_met_nl_nationaliteit": JA_NEE,
    "woonsituatie": (
        "1_buiten 2_noodopvang 3_opvang 4_instelling 5_niet_conventioneel 6_bij_anderen 7_dreigend 0_gehuisvest "
        "onbekend"
    ),
    "slaapplek_vannacht": "eigen_woning kan_blijven alleen_vannacht geen instelling onbekend",
    "verlies_woonruimte_op": DATUM,
    "dakloos_sinds": DATUM,
    "oorzaak_dakloosheid": (
        "huurschuld einde_relatie geweld uit_detentie uit_instelling einde_jeugdhulp einde_tijdelijke_huur "
        "terug_uit_buitenland werk_en_woning_verloren anders onbekend"
    ),
    "eerdere_opvang": GEMEENTEN,
    "opvang_geweigerd_door": GEMEENTEN,
    "aanbieder_weigeringen": GETAL,
    "toegangsverbod": JA_NEE,
    "weken_wachten_op_plek": GETAL,
    "lokale_oplossing": "nee binnen_week binnen_twee_weken later",
    "tolk_nodig": JA_NEE,
    "verwaarlozing_neemt_toe": JA_NEE,
    "mijdt_zorg": JA_NEE,
    "mantelzorger_overbelast": JA_NEE,
    "schulden": "geen ja_met_hulp ja_zonder_hulp",
    "maanden_in_regio_36": GETAL,
    "regio_meeste_maanden": GEMEENTE,
    "positief_netwerk": GEMEENTEN,
    "negatief_netwerk": GEMEENTEN,
    "lopende_hulp": GEMEENTEN,
    "werk_of_school": GEMEENTEN,
    "kinderen_in": GEMEENTEN,
    "wens_gemeente": GEMEENTE,
    "wens_onderbouwd": JA_NEE,
    "instemming_overdracht": "ja nee nog_niet_besproken",
    "andere_regio_reactie": "niet_gevraagd gevraagd geaccepteerd geweigerd",
    "overdracht_van": GEMEENTE,
    "psychisch_psychosociaal": "ja vermoeden nee onbekend",
    "diagnose": "vastgesteld werkdiagnose geen onbekend",
    "verslaving": "ja vermoeden nee onbekend",
    "lvb": "ja vermoeden nee onbekend",
    "lichamelijke_zorg": "geen rolstoel verpleging onbekend",
    "handhaaft_zich": "ja deels nee onbekend",
    "kan_hulp_vragen": "altijd soms nooit onbekend",
    "toezicht_nodig": "geen planbaar oproepbaar_24u nabij_24u voortdurend onbekend",
    "zorgduur": "tijdelijk herstel blijvend onbekend",
    "opname_nodig": JA_NEE,
    "zelfredzaamheid": "zrm",
    "wlz_status": "geen vermoeden aangevraagd toegekend afgewezen ingetrokken onbekend",
    "wlz_medewerking": JA_NEE,
    "jeugdhulp": "geen loopt verlengbaar beeindigd onbekend",
    "forensische_titel": "geen met_verblijf ambulant onbekend",
    "forensische_titel_tot": DATUM,
    "detentie_tot": DATUM,
    "kinderen_mee": GETAL,
    "jongste_kind": GETAL,
    "zwanger": JA_NEE,
    "partner_mee": JA_NEE,
    "huisdier_mee": JA_NEE,
    "plaatsingseisen": (
        "rolstoel begane_grond eenpersoons vrouwen mannen lhbti_veilig paar huisdier gebruik_toegestaan nachtdienst"
    ),
    "pgb_gewenst": JA_NEE,
    "toestemming_ggz": "ja nee ingetrokken niet_gevraagd",
    "toestemming_participatiewet": "ja nee ingetrokken niet_gevraagd",
    "toestemming_jeugd": "ja nee ingetrokken niet_gevraagd",
    "toestemming_aanbieder": "ja nee ingetrokken niet_gevraagd",
    "verhaal": "verhaal",
}
NOT_FOR_RULES = {"bsn", "verhaal"}
