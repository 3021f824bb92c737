"""The columns for what is sealed: by the key of a case, or by the master key. They take nothing in clear."""

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

MAGIC = b"TG1"
"""How every sealed value begins."""


class NotSealed(TypeError):
    """Somebody tries to store personal data in clear."""


class WrappedSecret(TypeDecorator[bytes]):
    """A column for a secret of one row, wrapped by the master key (`intake.keys.crypto.wrap_secret`).

    Named so that a change of the master key finds every such column: `owner` is the column with the id of whose it
    is, `kind` what is authenticated along with the secret.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, *, owner: str = "id", kind: str = "account") -> None:
        super().__init__()
        self.owner, self.kind = owner, kind


class EncryptedBlob(TypeDecorator[bytes]):
    """A column for what `seal` gives; anything else is refused, so that forgetting to seal cannot pass."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """The sealed value, unchanged.

        Raises:
            NotSealed: it is not sealed.
        """
        del dialect
        if value is not None and (not isinstance(value, bytes) or not value.startswith(MAGIC)):
            raise NotSealed("seal a value before storing it (intake.keys.crypto.seal)")
        return value
