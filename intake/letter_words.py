"""Sentences for the client, by value of the advies: u-form, plain words, no codes. Each reads on as the letter does."""

from collections.abc import Mapping

PRODUCTS: Mapping[str, tuple[str, str]] = {
    "preventie": ("hulp om uw woning te houden", "Iemand helpt u om te zorgen dat u kunt blijven wonen."),
    "begeleiding_thuis": ("begeleiding thuis", "Iemand komt bij u thuis om u te helpen."),
    "beschermd_thuis": (
        "een eigen woning met begeleiding",
        "U woont zelfstandig. U kunt dag en nacht iemand bellen die u helpt.",
    ),
    "beschermd_wonen": (
        "een plek in beschermd wonen",
        "U woont op een plek waar dag en nacht iemand dichtbij is die u helpt.",
    ),
    "nachtopvang": ("een bed in de nachtopvang", "U kunt daar slapen en eten."),
    "opvang_24uurs": (
        "een plek in de opvang, dag en nacht",
        "U heeft daar een bed. Er is dag en nacht iemand die u helpt.",
    ),
    "jongerenopvang": ("een plek in de opvang voor jongeren", "U woont daar met andere jongeren en krijgt hulp."),
    "gezinsopvang": ("een plek in de opvang voor gezinnen", "U en uw kinderen blijven bij elkaar en krijgen hulp."),
    "vrouwenopvang": ("een veilige plek", "U bent daar veilig. Er is dag en nacht iemand die u helpt."),
    "verpleegkundige_opvang": ("een plek in de opvang met verpleging", "U heeft daar een bed en krijgt verzorging."),
    "housing_first": (
        "een eigen woning met begeleiding",
        "U krijgt eerst een woning en daarna de hulp die u nodig heeft.",
    ),
    "hulp_bij_huisvesting": (
        "hulp bij het vinden van woonruimte",
        "Iemand helpt u met een briefadres, inkomen en het zoeken van een kamer of woning.",
    ),
    "eu_terugkeer": (
        "korte opvang en hulp bij werk of terugkeer",
        "U heeft een bed. Iemand zoekt met u naar werk of helpt u terug naar huis.",
    ),
    "geen_maatwerk": (
        "hulp van de gemeente op grond van de Wmo",
        "Een andere wet of een andere organisatie helpt u. In deze brief staat wie dat is.",
    ),
}
"""What a voorziening is called after "u krijgt", and what it means."""

WITHOUT_PRODUCT: Mapping[str, tuple[str, str]] = {
    "tijdelijke_opvang_vandaag": ("een plek om te slapen", "U hoort vandaag van ons waar dat is."),
}
NO_PRODUCT = ("hulp van een andere organisatie", "In deze brief staat wie u helpt.")
"""What to call it when the advies names no voorziening of the Wmo, by the overbrugging."""

TONIGHT: Mapping[str, str] = {
    "tijdelijke_opvang_vandaag": "U krijgt vandaag een plek om te slapen. Wij vertellen u vandaag waar dat is.",
    "overbruggingszorg": "U kunt vannacht slapen waar u nu bent. Tot u de juiste plek heeft, krijgt u daar hulp.",
    "blijft_waar_veilig": "U kunt vannacht slapen waar u nu bent. Daar bent u veilig.",
    "geen": "U kunt vannacht slapen waar u nu bent.",
}
"""Where the client sleeps tonight, by the overbrugging."""

TONIGHT_AT = "U slaapt vannacht bij {naam}."
TONIGHT_CHANGES = " Verandert er iets? Bel ons dan meteen op {telefoon}."

UNTIL_THEN: Mapping[str, str] = {
    "tijdelijke_opvang_vandaag": "U houdt een plek om te slapen tot bekend is welke hulp u krijgt.",
    "overbruggingszorg": "Tot de nieuwe hulp begint, houdt u de hulp die u nu heeft.",
    "blijft_waar_veilig": "Tot die tijd blijft u waar u nu bent.",
    "geen": "",
}

WITH_CONTRIBUTION = frozenset({"beschermd_wonen", "opvang_24uurs", "gezinsopvang", "jongerenopvang", "nachtopvang"})
CONTRIBUTION = (
    "Voor deze hulp betaalt u misschien een bijdrage. Hoeveel dat is, hangt af van uw inkomen. "
    "U krijgt daar apart bericht over."
)
NO_CONTRIBUTION = "Voor dit gesprek en voor dit onderzoek betaalt u niets."
WITH_PGB = frozenset({"beschermd_wonen", "beschermd_thuis", "begeleiding_thuis"})

QUESTION_UNKNOWN = "U vroeg ons om hulp bij wonen of opvang."
SHARED = "uw naam, uw vraag en de antwoorden die nodig zijn om u te helpen"
COMPLAINT = "Bel ons of vraag om het klachtenformulier."
SUPPORT = "een onafhankelijke cliëntondersteuner"
OPINION_UNKNOWN = "nog niets"
TASK_WE = "Wij"
TASK_YOU = "U"
