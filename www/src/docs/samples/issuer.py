# A token endpoint and a public key URL with Flask and PyJWT:
#   pip install flask "pyjwt[crypto]" && flask --app issuer run
import json
import time
import uuid
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from flask import Flask, Response, request

app = Flask(__name__)
private_key = load_pem_private_key(Path("private_key.pem").read_bytes(), password=None)
public_key = private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def mint(person):
    now = int(time.time())
    # What agents may see and rules may use. A string that holds a JSON object.
    context = {"msdyn_cartvalue": str(person["cart_value"]), "msdyn_isvip": str(person["is_vip"]).lower()}
    claims = {
        "iss": "www.example.com",
        "sub": person["id"],  # the contact's id, to have the record linked
        "iat": now,
        "exp": now + 900,
        "jti": str(uuid.uuid4()),
        "given_name": person["given_name"],
        "family_name": person["family_name"],
        "email": person["email"],
        "lwicontexts": json.dumps(context),
    }
    return jwt.encode(claims, private_key, algorithm="RS256")


def signed_in():
    """Replace this with your own session: the signed-in person, or None."""
    if "session" not in request.cookies:
        return None
    return {
        "id": "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
        "given_name": "Bert",
        "family_name": "Hair",
        "email": "bert@example.com",
        "cart_value": 10000,
        "is_vip": False,
    }


def text(body, status=200):
    return Response(body, status, {"Cache-Control": "no-store"}, mimetype="text/plain")


@app.get("/auth/publickey")
def publish():
    return text(public_key)


@app.get("/auth/token")
def token():
    person = signed_in()
    return text(mint(person)) if person else text("", 401)
