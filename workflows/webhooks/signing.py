"""Sign deliveries as Standard Webhooks has it: HMAC-SHA256 over identifier, time and body.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32


def new_secret() -> str:
    """Return a secret to sign with, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(identifier: str, timestamp: int, body: bytes, keys: Sequence[str]) -> Mapping[str, str]:
    """Return the headers of a delivery: one signature a secret, while one takes another's place."""
    signatures = " ".join(f"v1,{signature(key, identifier, timestamp, body)}" for key in keys)
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures,
    }


def signature(secret: str, identifier: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a delivery with one secret."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{identifier}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
