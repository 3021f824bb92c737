"""Changing one value in the text of a head and leaving every other sign, comments included, as it was."""

import json
import re

import yaml
from yaml.nodes import MappingNode, Node

from rules.tables.tree import MAX_DEPTH

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,120}")
LOOKS_LIKE_SOMETHING_ELSE = re.compile(r"(?i)true|false|yes|no|on|off|null|y|n|0x.*|.*[eE][+-]?[0-9]+|[0-9._]+")
WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NoSuchKey(LookupError):
    """The text has no such key, or is no readable YAML."""


def with_value(text: str, path: tuple[str, ...], value: str | tuple[str, ...]) -> str:
    """The text with the value under `path` replaced; a tuple becomes a list.

    Raises:
        NoSuchKey: there is nothing to replace.
    """
    node = _node(text, path)
    written = f"[{', '.join(map(_written, value))}]" if isinstance(value, tuple) else _written(value)
    start, end = node.start_mark.index, node.end_mark.index
    return text[:start] + written + ("" if text[end : end + 1] in ("", "\n", ",", "}", " ", "]") else " ") + text[end:]


def value_at(text: str, path: tuple[str, ...]) -> str:
    """The plain value under `path`; empty when there is none."""
    try:
        found = _node(text, path).value
    except NoSuchKey:
        return ""
    return found if isinstance(found, str) else ""


def is_plain(text: str) -> bool:
    """Whether a text is no deeper than a head can be and refers to no other part of itself; stops at the first fault.

    Raises:
        yaml.YAMLError: it is no readable YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _node(text: str, path: tuple[str, ...]) -> Node:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader) if is_plain(text) else None
    except yaml.YAMLError as error:
        raise NoSuchKey("dit is geen leesbare YAML") from error
    for key in path:
        pairs = node.value if isinstance(node, MappingNode) else []
        found = next((value for name, value in pairs if name.value == key), None)
        if found is None:
            raise NoSuchKey(f"er is geen „{'.'.join(path)}”")
        node = found
    if node is None:
        raise NoSuchKey("de tekst is leeg")
    return node


def _written(value: str) -> str:
    plain = PLAIN.fullmatch(value) and not LOOKS_LIKE_SOMETHING_ELSE.fullmatch(value)
    if WHOLE_NUMBER.fullmatch(value) or DAY.fullmatch(value) or plain:
        return value
    return json.dumps(value, ensure_ascii=False)
