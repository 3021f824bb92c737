"""The head of the log kept outside the database, so that a cut log is found."""

from intake.upkeep.chain.anchor import FILE, AnchorFileDamaged, keep_anchor, kept_anchor

__all__ = [
    "FILE",
    "AnchorFileDamaged",
    "keep_anchor",
    "kept_anchor",
]
