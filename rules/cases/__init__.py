"""Cases played by the rules: the scenarios beside a set, past cases under other rules, what they ask of places."""

from rules.cases.demands import Demand, demand
from rules.cases.past_cases import Case, Replay, Transition, replay, together
from rules.cases.scenario import SCENARIO_FILE, Scenario, ScenarioReport, read_scenarios, run_scenarios

__all__ = [
    "SCENARIO_FILE",
    "Case",
    "Demand",
    "Replay",
    "Scenario",
    "ScenarioReport",
    "Transition",
    "demand",
    "read_scenarios",
    "replay",
    "run_scenarios",
    "together",
]
