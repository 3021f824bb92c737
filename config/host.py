"""Hosts as an address names them."""

import ipaddress


def is_ip_number(host: str) -> bool:
    """Whether the host is an IP number (of either version) and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
