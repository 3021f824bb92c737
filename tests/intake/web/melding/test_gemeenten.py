"""Gemeenten as they are offered in a form."""

from intake.web.melding.gemeenten import choices


def test_gemeenten_are_offered_in_the_order_of_the_alphabet():
    names = [one.naam for one in choices("rotterdam-rijnmond").others]
    assert names.index("Rozendaal") < names.index("Schagen") < names.index("Súdwest-Fryslân") < names.index("Utrecht")
    assert names.index("Hengelo") < names.index("'s-Hertogenbosch") < names.index("Heumen")
