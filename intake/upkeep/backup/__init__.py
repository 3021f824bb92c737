"""The whole installation in one file, and back."""

from intake.upkeep.backup.backup import BackupDamaged, Content, Manifest, describe, differences, read, write
from intake.upkeep.backup.engine import NotEmpty, ToolFailed, content_of, damage_of, dump, opened_copy, restore

__all__ = [
    "BackupDamaged",
    "Content",
    "Manifest",
    "NotEmpty",
    "ToolFailed",
    "content_of",
    "damage_of",
    "describe",
    "differences",
    "dump",
    "opened_copy",
    "read",
    "restore",
    "write",
]
