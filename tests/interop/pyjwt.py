"""Signs or judges tokens with PyJWT: one JSON request on standard input, one JSON answer on standard output.

{"sign": {"payload": …, "key": PEM, "headers": …}}            -> {"token": …}
{"judge": [{"token": …, "key": PEM}, …], "leeway": seconds}   -> [{"accepts": bool, "why": …}, …]
"""

import json
import sys

import jwt


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


def main():
    """Answers one request."""
    request = json.load(sys.stdin)
    if "sign" in request:
        answer = sign(request["sign"])
    else:
        answer = [judge(case, request["leeway"]) for case in request["judge"]]
    json.dump(answer, sys.stdout)


main()
