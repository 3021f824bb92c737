"""Four arguments at most: where a function takes more, a value with a name is missing."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import ROOMS, Module, modules

MOST = 4
PAST_FOUR = {"config": 0, "forms": 0, "rules": 0, "reports": 0, "intake": 12}
"""How many functions of each room still take more. These numbers only fall."""
MOST_IN_A_TUPLE = 2
ASKED_BY_OTHERS = {"forms/schema/schema.py check_dates"}
"""Functions whose form a library lays down."""
DOORS = ("intake.web", "intake.api", "intake.cli", "intake.worker", "intake.demo")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_a_method_counts_without_the_object_it_belongs_to():
    assert taken("def one(self, a, b, c, d): ...") == MOST
    assert taken("def one(cls, a, /, b, *, c, d=1): ...") == MOST


def test_what_gathers_arguments_counts_as_one():
    assert taken("def one(a, b, c, *d, **e): ...") == MOST + 1


@pytest.mark.parametrize("room", ROOMS)
def test_no_more_functions_take_more_than_four_arguments(room):
    found = [place for module in modules() if _room(module) == room for place in past_four(module)]
    assert len(found) <= PAST_FOUR[room], "a value is missing in one of:\n" + "\n".join(found)
    assert len(found) == PAST_FOUR[room], f"lower the number of {room} in PAST_FOUR to {len(found)}"


def test_the_whole_house_keeps_to_the_sum_of_its_rooms():
    assert set(PAST_FOUR) == set(ROOMS)
    assert sum(len(past_four(module)) for module in modules()) <= sum(PAST_FOUR.values())


@pytest.mark.parametrize(
    "dodge",
    [
        "def one(given: dict): ...",
        "def one(given: 'dict[str, Any] | None'): ...",
        "def one(*, given: tuple[int, str, date] | None = None): ...",
        "def one(given: Annotated[tuple[int, str, date], 'x']): ...",
        "def one(**given: object): ...",
    ],
)
def test_a_bag_is_seen_as_a_bag(dodge):
    assert is_bag(_function(dodge))


@pytest.mark.parametrize(
    "plain",
    [
        "def one(given: dict[str, int]): ...",
        "def one(given: tuple[int, ...]): ...",
        "def one(given: tuple[int, int]): ...",
    ],
)
def test_what_is_of_one_kind_is_no_bag(plain):
    assert not is_bag(_function(plain))


def test_no_arguments_travel_in_a_bag():
    """A bare dict, a tuple of three or more and `**names` carry arguments past the count."""
    found = {
        f"{module.place} {function.name}"
        for module in modules()
        if module.name.startswith(("forms.", "rules.", "reports.", "intake.")) and not module.name.startswith(DOORS)
        for function in functions(module)
        if not function.name.startswith("_") and is_bag(function)
    }
    assert found == ASKED_BY_OTHERS


def past_four(module: Module) -> list[str]:
    return [
        f"{module.place}:{function.lineno} {function.name}"
        for function in functions(module)
        if arguments(function) > MOST
    ]


def functions(module: Module) -> Iterator[Function]:
    """Every function of a module, those in classes and in other functions too; a step of the schema never changes."""
    if ".migrations." in module.name:
        return iter(())
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def arguments(function: Function) -> int:
    names = [one.arg for one in _named(function)]
    gathered = [one for one in (function.args.vararg, function.args.kwarg) if one]
    return len(names) - (names[:1] in (["self"], ["cls"])) + len(gathered)


def is_bag(function: Function) -> bool:
    kinds = [kind for one in _named(function) if one.annotation for kind in _kinds(one.annotation)]
    return bool(function.args.kwarg) or any(_carries_many(kind) for kind in kinds)


def _carries_many(kind: ast.expr) -> bool:
    if isinstance(kind, ast.Name):
        return kind.id in ("dict", "tuple")
    if not isinstance(kind, ast.Subscript) or not isinstance(kind.slice, ast.Tuple):
        return False
    parts = [ast.unparse(part) for part in kind.slice.elts]
    match ast.unparse(kind.value):
        case "dict":
            return parts[-1] in ("Any", "object")
        case "tuple":
            return len(parts) > MOST_IN_A_TUPLE
    return False


def _kinds(kind: ast.expr) -> Iterator[ast.expr]:
    """The kinds of value that an annotation allows: each side of `|`, within quotes and `Annotated` too."""
    if isinstance(kind, ast.BinOp):
        yield from _kinds(kind.left)
        yield from _kinds(kind.right)
    elif isinstance(kind, ast.Constant) and isinstance(kind.value, str):
        yield from _kinds(ast.parse(kind.value, mode="eval").body)
    elif isinstance(kind, ast.Subscript) and ast.unparse(kind.value) in ("Annotated", "Optional"):
        yield from _kinds(kind.slice.elts[0] if isinstance(kind.slice, ast.Tuple) else kind.slice)
    else:
        yield kind


def taken(source: str) -> int:
    return arguments(_function(source))


def _function(source: str) -> Function:
    found = ast.parse(source).body[0]
    assert isinstance(found, Function)
    return found


def _named(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _room(module: Module) -> str:
    return module.name.partition(".")[0]
