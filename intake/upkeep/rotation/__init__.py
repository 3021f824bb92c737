"""Renewing the keys of the gemeenten, the master key and the search keys while people work."""

from intake.upkeep.rotation.index import catch_up_here, retire_index, rotate_index
from intake.upkeep.rotation.master import master_uses, rotate_master
from intake.upkeep.rotation.tenant_keys import retire_tenant_keys, rotate_tenant_keys, tenant_key_uses

__all__ = [
    "catch_up_here",
    "master_uses",
    "retire_index",
    "retire_tenant_keys",
    "rotate_index",
    "rotate_master",
    "rotate_tenant_keys",
    "tenant_key_uses",
]
