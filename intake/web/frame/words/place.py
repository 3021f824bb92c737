"""Places and who stays in them, as a worker reads them."""

from collections.abc import Mapping

from intake.tables.place import PlacementState, PlaceState
from intake.web.frame.words.mark import Mark

STAY_STATE: Mapping[str, Mark] = {
    PlacementState.GERESERVEERD: Mark("Gereserveerd", "warning"),
    PlacementState.BEZET: Mark("Bezet", "info"),
    PlacementState.VRIJGEGEVEN: Mark("Vertrokken"),
}
PLACE_STATE: Mapping[str, Mark] = {
    PlaceState.OPEN: Mark("Open", "success"),
    PlaceState.DICHT: Mark("Neemt niemand op", "warning"),
}
KENMERK: Mapping[str, str] = {
    "rolstoel": "Geschikt voor een rolstoel",
    "begane_grond": "Begane grond",
    "eenpersoons": "Eenpersoonskamer",
    "vrouwen": "Alleen vrouwen",
    "mannen": "Alleen mannen",
    "lhbti_veilig": "Veilig voor lhbti+",
    "paar": "Samen met partner",
    "huisdier": "Huisdier mag mee",
    "gebruik_toegestaan": "Gebruik van alcohol of drugs toegestaan",
    "nachtdienst": "Begeleiding in de nacht",
}
