"""What the operating system refused, in Dutch: it tells it in the language of the machine."""

import errno
from collections.abc import Mapping

WORDS: Mapping[int, str] = {
    errno.ENOENT: "het is er niet",
    errno.EACCES: "u hebt er geen rechten voor",
    errno.EPERM: "u hebt er geen rechten voor",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ELOOP: "het is een kring van koppelingen",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "uw ruimte op de schijf is op",
    errno.EROFS: "van deze schijf kan alleen worden gelezen",
    errno.EIO: "de schijf geeft een fout",
    errno.EADDRINUSE: "een ander programma gebruikt deze poort",
    errno.EADDRNOTAVAIL: "dit adres is niet van deze computer",
}


def why(error: OSError | ValueError) -> str:
    """Why it was refused, in a few Dutch words that fit between brackets."""
    if isinstance(error, UnicodeError):
        return "het is geen leesbare tekst in UTF-8"
    if not isinstance(error, OSError):
        return "de naam klopt niet"
    return WORDS.get(error.errno or 0, f"het besturingssysteem weigert het, fout {error.errno}")
