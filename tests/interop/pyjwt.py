"""Signs or judges tokens and reads key bodies with PyJWT: one JSON request on standard input, one JSON answer on standard output.

{"sign": {"payload": …, "key": PEM, "headers": …}}            -> {"token": …}
{"judge": [{"token": …, "key": PEM}, …], "leeway": seconds}   -> [{"accepts": bool, "why": …}, …]
{"read": [{"token": …, "body": …, "kid": …}, …]}              -> the same: whether the body holds the token's key
"""

import json
import sys

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate


def sign(request):
    """Signs a payload with RS256."""
    headers = request.get("headers")
    return {"token": jwt.encode(request["payload"], request["key"], algorithm="RS256", headers=headers)}


def judge(case, leeway):
    """Says what PyJWT thinks of a token, with the key and the algorithm pinned as its documentation advises."""
    try:
        jwt.decode(
            case["token"],
            case["key"],
            algorithms=["RS256"],
            leeway=leeway,
            options={"require": ["exp", "iat", "iss", "sub"], "verify_aud": False},
        )
    except Exception as error:  # Any failure is a rejection; its class is reported.
        return {"accepts": False, "why": f"{type(error).__name__}: {error}"}
    return {"accepts": True, "why": ""}


def read(case):
    """Says whether PyJWT, or the library of keys that it builds on, finds the token's key in a body."""
    try:
        jwt.decode(case["token"], key_of(case["body"], case.get("kid")), algorithms=["RS256"])
    except Exception as error:  # Any failure is a rejection; its class is reported.
        return {"accepts": False, "why": f"{type(error).__name__}: {error}"}
    return {"accepts": True, "why": ""}


def key_of(body, kid):
    """Reads a body as the documentation of both libraries shows."""
    if body.lstrip("\ufeff \t\r\n").startswith("{"):
        return jwt.PyJWKSet.from_json(body)[kid]
    if "BEGIN CERTIFICATE" in body:
        return load_pem_x509_certificate(body.encode()).public_key()
    return load_pem_public_key(body.encode())


def main():
    """Answers one request."""
    request = json.load(sys.stdin)
    if "sign" in request:
        answer = sign(request["sign"])
    elif "read" in request:
        answer = [read(case) for case in request["read"]]
    else:
        answer = [judge(case, request["leeway"]) for case in request["judge"]]
    json.dump(answer, sys.stdout)


main()
