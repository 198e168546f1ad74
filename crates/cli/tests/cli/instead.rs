//! What stands at a public key URL instead of keys, as identity platforms, web servers and people publish it: `verify` names
//! it and says what to do.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::bonafide::{bonafide, issuer};

/// Each body's whole message. `PEM`, `BASE64`, `LINES` and `DER` are the issuer's own public key.
#[test]
fn what_came_instead_of_keys_is_named_with_its_mend() {
    let directory = issuer();
    let at = directory.path();
    let pem = std::fs::read_to_string(at.join("public.pem")).unwrap();
    let lines: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let base64 = lines.concat();
    let der = STANDARD.decode(&base64).unwrap();
    // The PKCS#1 structure inside of a 2,048-bit key.
    let pkcs1 = &der[24..];
    let (first, last) = ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----");
    let wide = |bytes: fn(u16) -> [u8; 2]| pem.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let hex: String = der.iter().map(|byte| format!("{byte:02x}")).collect();
    let token = format!("{}.e30.c2ln", URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#));
    let binary: Vec<u8> = (0..=255_u8)
        .rev()
        .map(|byte| byte.wrapping_mul(167))
        .collect();
    let json_string = serde_json::to_string(&pem).unwrap();

    const PAGE: &str = "The body is an HTML page, perhaps one for signing in or for an error; enter the URL that answers with the keys alone, to everybody.";
    const SCRIPT: &str = "The body is a script; publish the keys themselves, as JSON or PEM.";
    const STRING: &str =
        "publish what the string holds, without the quotes and with real line breaks.";
    const MAP: &str = "The body is a map of keys or certificates by key id; enter the URL of the same keys as a JWKS, or publish an array of `{\"kid\": …, \"publicKey\": …}`.";
    const ONE_PEM: &str = "publish that PEM alone, or an entry `{\"kid\": …, \"publicKey\": …}` with the base64 of the PEM.";
    const NOT_RSA: &str = "tokens are signed with RS256, which takes an RSA key.";
    const NOT_JSON_OR_PEM: &str = "publish a PEM, an array of keys or a JWKS";
    let compressed = |with: &str| {
        format!("The body is data compressed with {with}; publish the keys uncompressed.")
    };
    let error = |code: &str| {
        format!(
            "The body is an error answer{code}, though its status is that of success; open the URL where nobody is signed in: it must answer with the keys."
        )
    };
    let discovery = |jwks_uri: &str| {
        format!("The body is a discovery document, not the keys; enter its `jwks_uri`: {jwks_uri}.")
    };
    let without_lines = |what: &str, label: &str| {
        format!(
            "The body is {what} in base64, without the lines of a PEM; put `-----BEGIN {label}-----` in front of it and `-----END {label}-----` behind it, each on a line of its own."
        )
    };

    let cases: Vec<(&str, Vec<u8>, String)> = vec![
        ("nothing", b"".to_vec(), "The body is empty; expected a PEM, an array of keys or a JWKS.".into()),
        ("blanks", b" \r\n\t\n".to_vec(), "The body is empty; expected a PEM, an array of keys or a JWKS.".into()),
        ("a byte order mark", "\u{feff}\n".into(), "The body is empty; expected a PEM, an array of keys or a JWKS.".into()),
        // Pages and documents.
        ("a page", b"<!DOCTYPE html><html><head><title>Sign in</title>".to_vec(), PAGE.into()),
        ("a page with a comment", b"\n<!-- v2 --><html lang=en>".to_vec(), PAGE.into()),
        ("a page in capitals", b"<HTML><BODY>404".to_vec(), PAGE.into()),
        ("a page that shows a key", format!("<html><pre>{pem}</pre>").replace("<pre>", "<pre class=x>").into(), PAGE.into()),
        (
            "SAML metadata",
            b"<?xml version=\"1.0\"?><md:EntityDescriptor xmlns:md=\"urn:x\">".to_vec(),
            "The body is SAML metadata, whose certificates are not for tokens; enter the URL of the keys that sign tokens, such as the `jwks_uri` of OpenID Connect.".into(),
        ),
        (
            ".NET's XML",
            b"<RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>".to_vec(),
            "The body is an RSA key in the XML of .NET; publish it as PEM: `ExportSubjectPublicKeyInfoPem()` writes it.".into(),
        ),
        (
            "S3's error",
            b"<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>no</Message></Error>".to_vec(),
            "The body is an XML error answer with the code `AccessDenied`; let everybody read the file at this URL.".into(),
        ),
        (
            "another document",
            b"<?xml version=\"1.0\"?><feed xmlns=\"x\"><title>t</title></feed>".to_vec(),
            format!("The body is an XML document (`feed`); {NOT_JSON_OR_PEM}."),
        ),
        // Keys of other programs.
        (
            "OpenSSH",
            b"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ me@host".to_vec(),
            "The body is a key in the form of OpenSSH (`ssh-rsa`); publish it as PEM: `ssh-keygen -e -m PKCS8 -f key.pub`.".into(),
        ),
        (
            "known hosts",
            b"chat.example.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ".to_vec(),
            "The body is a key in the form of OpenSSH (`ssh-rsa`); publish it as PEM: `ssh-keygen -e -m PKCS8 -f key.pub`.".into(),
        ),
        ("OpenSSH's Ed25519", b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me".to_vec(), format!("The body is a key of OpenSSH that is not RSA; {NOT_RSA}")),
        ("OpenSSH's ECDSA", b"ecdsa-sha2-nistp256 AAAA me".to_vec(), format!("The body is a key of OpenSSH that is not RSA; {NOT_RSA}")),
        (
            "SSH2",
            b"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----".to_vec(),
            "The body is a key in the form of SSH2 (RFC 4716); publish it as PEM: `ssh-keygen -i -f key.pub > key.ssh; ssh-keygen -e -m PKCS8 -f key.ssh`.".into(),
        ),
        (
            "PGP",
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----".to_vec(),
            "Line 1, column 1: the PEM holds a `PGP PUBLIC KEY BLOCK`; expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`; a PGP key cannot sign tokens: publish the public half of the RSA key that does.".into(),
        ),
        (
            "a request",
            b"-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----".to_vec(),
            "Line 1, column 1: the PEM holds a `CERTIFICATE REQUEST`; expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`; `openssl req -pubkey -noout` takes the public key out of a request.".into(),
        ),
        (
            "PKCS#7",
            b"-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----".to_vec(),
            "Line 1, column 1: the PEM holds a `PKCS7`; expected a `PUBLIC KEY`, an `RSA PUBLIC KEY` or a `CERTIFICATE`; `openssl pkcs7 -print_certs` takes the certificates out of it.".into(),
        ),
        // The right key in the wrong clothes.
        ("bare base64", base64.clone().into(), without_lines("an RSA public key", "PUBLIC KEY")),
        ("bare base64 in lines", lines.join("\r\n").into(), without_lines("an RSA public key", "PUBLIC KEY")),
        ("bare base64url", base64.replace('+', "-").replace('/', "_").into(), without_lines("an RSA public key", "PUBLIC KEY")),
        ("bare base64 of PKCS#1", STANDARD.encode(pkcs1).into(), without_lines("an RSA public key in PKCS#1", "RSA PUBLIC KEY")),
        ("base64 of the PEM", STANDARD.encode(&pem).into(), "The body is the base64 of a PEM; publish the PEM itself.".into()),
        ("base64 of JSON", STANDARD.encode(format!("{{\"keys\": [{}]}}", " ".repeat(60))).into(), "The body is the base64 of JSON; publish the JSON itself.".into()),
        ("hexadecimal", hex.into(), "The body is an RSA public key in hexadecimal; publish it as PEM.".into()),
        (
            "DER",
            der.clone(),
            "The body is an RSA public key as bare DER; publish it as PEM: `openssl pkey -pubin -inform DER -in key.der -out key.pem`.".into(),
        ),
        (
            "PKCS#1 as DER",
            pkcs1.to_vec(),
            "The body is an RSA public key in PKCS#1 as bare DER; publish it as PEM: `openssl rsa -RSAPublicKey_in -inform DER -in key.der -pubout -out key.pem`.".into(),
        ),
        (
            "PKCS#12",
            b"\x30\x0d\x02\x01\x03\x30\x08\x06\x01\x2a\x80\x03\xff\xff\xff".to_vec(),
            "The body is a PKCS#12 file, which usually holds a private key, as bare DER; publish the certificate alone (`openssl pkcs12 -in file.p12 -nokeys -clcerts`), and replace the key pair if its private key was in the file.".into(),
        ),
        (
            "a Java key store",
            b"\xFE\xED\xFE\xED\0\0\0\x02".to_vec(),
            "The body is a Java key store; publish the certificate alone: `keytool -exportcert -rfc` writes its PEM.".into(),
        ),
        ("UTF-16, little", wide(u16::to_le_bytes), "The body is text in UTF-16; save it as UTF-8.".into()),
        ("UTF-16, big", wide(u16::to_be_bytes), "The body is text in UTF-16; save it as UTF-8.".into()),
        ("UTF-16 with its mark", [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(), "The body is text in UTF-16; save it as UTF-8.".into()),
        (
            "UTF-32",
            pem.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            "The body is text in UTF-32; save it as UTF-8.".into(),
        ),
        (
            "literal line breaks",
            pem.trim_end().replace('\n', "\\n").into(),
            "Line 1, column 27: `\\\\` is not a base64 character; where `\\n` stands as two characters, a line break belongs.".into(),
        ),
        ("a JSON string", json_string.clone().into(), format!("The body is a JSON string that holds a PEM; {STRING}")),
        ("a JSON string of no key", b"\"abc\"".to_vec(), format!("The body is a JSON string; {STRING}")),
        (
            "quotes around",
            format!("'{pem}'").into(),
            "The body is a text in which the PEM does not begin a line; publish the PEM alone, without quotes or a name in front of it.".into(),
        ),
        (
            "a name in front",
            format!("PUBLIC_KEY=\"{pem}\"").into(),
            "The body is a text in which the PEM does not begin a line; publish the PEM alone, without quotes or a name in front of it.".into(),
        ),
        (
            "long dashes",
            format!("—BEGIN PUBLIC KEY—\n{base64}\n—END PUBLIC KEY—").into(),
            "The body is a PEM whose first line is damaged; write `-----BEGIN PUBLIC KEY-----`, with five hyphens on each side and in capitals.".into(),
        ),
        (
            "small letters",
            pem.to_ascii_lowercase().into(),
            "The body is a PEM whose first line is damaged; write `-----BEGIN PUBLIC KEY-----`, with five hyphens on each side and in capitals.".into(),
        ),
        (
            "percent-encoded",
            format!("{first}%0A{base64}%0A{last}").into(),
            "Line 1, column 27: `%` is not a base64 character; the PEM is percent-encoded: publish it as it is.".into(),
        ),
        ("gzip", b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec(), compressed("gzip")),
        ("zstd", b"\x28\xB5\x2F\xFD\x04\x88".to_vec(), compressed("zstd")),
        ("zlib", b"\x78\x9C\xCB\x48\xCD\xC9".to_vec(), compressed("zlib")),
        ("something like brotli", binary, format!("The body is binary data, perhaps compressed with brotli; {NOT_JSON_OR_PEM}, uncompressed.")),
        ("ZIP", b"PK\x03\x04\x14\0\0\0\x80".to_vec(), "The body is a ZIP archive; publish the file that is in it.".into()),
        ("Latin-1", b"-----BEGIN PUBLIC KEY-----\n\xE9".to_vec(), "Line 2, column 1: it is not UTF-8; save it as UTF-8.".into()),
        // Answers about something else.
        (
            "OpenID Connect's discovery",
            br#"{"issuer":"https://login.example","jwks_uri":"https://login.example/keys?v=2","token_endpoint":"x"}"#.to_vec(),
            discovery("`https://login.example/keys?v=2`"),
        ),
        ("OAuth's discovery", br#"{"issuer":"https://a.example","jwks_uri":"https:\/\/a.example\/jwks"}"#.to_vec(), discovery("`https://a.example/jwks`")),
        (
            "discovery with a hostile address",
            "{\"jwks_uri\":\"https://x\\u0007\\u202e\"}".into(),
            discovery("`https://x\\u{7}\\u{202e}`"),
        ),
        (
            "discovery without keys",
            br#"{"issuer":"https://a.example","token_endpoint":"https://a.example/token"}"#.to_vec(),
            "The body is a discovery document without `jwks_uri`; enter the URL that answers with the keys.".into(),
        ),
        (
            "Keycloak's realm",
            format!(r#"{{"realm":"shop","public_key":"{base64}","token-service":"https://k.example"}}"#).into(),
            "The body is Keycloak's description of a realm; enter the URL of its keys: this one with `/protocol/openid-connect/certs` behind it.".into(),
        ),
        ("certificates by id", br#"{"a1":"-----BEGIN CERTIFICATE-----\nMIIC\n","b2":"-----BEGIN CERTIFICATE-----\nMIID\n"}"#.to_vec(), MAP.into()),
        ("one certificate by id", br#"{"0f3a9":"-----BEGIN CERTIFICATE-----\nMIIC\n"}"#.to_vec(), MAP.into()),
        ("JWKs by id", br#"{"keys":{"a":{"kty":"RSA"}}}"#.to_vec(), MAP.into()),
        ("a PEM under a name", format!(r#"{{"public_key":{json_string}}}"#).into(), format!("The body is an object whose `public_key` holds a PEM; {ONE_PEM}")),
        ("a PEM under another name", format!(r#"{{"alg":"RS256","key":{json_string}}}"#).into(), format!("The body is an object whose `key` holds a PEM; {ONE_PEM}")),
        (
            "base64 under a name",
            format!(r#"{{"key":"{base64}"}}"#).into(),
            "The body is an object whose `key` holds base64 that is no PEM; publish the key as PEM.".into(),
        ),
        (
            "keys in data",
            br#"{"data":{"keys":[{"kty":"RSA"}]}}"#.to_vec(),
            "The body is an object that wraps the keys in `data`; publish what stands in `data` as the whole body.".into(),
        ),
        (
            "Vault's keys",
            format!(r#"{{"request_id":"x","data":{{"keys":{{"1":{{"public_key":{json_string}}}}}}}}}"#).into(),
            format!("The body is an object that holds a PEM deep inside of `data`; {ONE_PEM}"),
        ),
        (
            "keys without their id",
            format!(r#"{{"publicKey":"{}"}}"#, STANDARD.encode(&pem)).into(),
            "Line 1, column 1, `kid`: is missing.".into(),
        ),
        ("a problem", br#"{"type":"about:blank","title":"Not Found","status":404}"#.to_vec(), error("")),
        ("OAuth's error", br#"{"error":"invalid_request","error_description":"x y"}"#.to_vec(), error(" with the code `invalid_request`")),
        ("Okta's error", br#"{"errorCode":"E0000022","errorSummary":"x"}"#.to_vec(), error(" with the code `E0000022`")),
        ("Google's error", br#"{"error":{"code":404,"message":"x"}}"#.to_vec(), error("")),
        ("AWS's error", br#"{"message":"Missing Authentication Token"}"#.to_vec(), error("")),
        (
            "a token's answer",
            br#"{"access_token":"x","expires_in":1}"#.to_vec(),
            "The body is an answer with a token, not the keys; enter the URL of the public keys, and let nobody read tokens at this one.".into(),
        ),
        (
            "something else",
            br#"{"status":"ok","version":1}"#.to_vec(),
            "Line 1, column 1: expected an object with `publicKey`, or a JWKS with `keys`, found `status` and `version`.".into(),
        ),
        ("no key", br#"{"keys":[]}"#.to_vec(), "The JWKS holds no key: `keys` is empty.".into()),
        ("an empty list", b"[]".to_vec(), "The array holds no key.".into()),
        (
            "elliptic curves only",
            br#"{"keys":[{"kty":"EC","crv":"P-256"},{"kty":"OKP"}]}"#.to_vec(),
            "Line 1, column 17, entry 1 `kty`: is `EC`; a key for RS256 signatures has `RSA` there, and no entry of the JWKS is such a key.".into(),
        ),
        (
            "an array of JWKs",
            br#"[{"kty":"RSA","n":"x","e":"AQAB"}]"#.to_vec(),
            "Line 1, column 2, entry 1: a JWK stands in an array; put the JWKs into `{\"keys\": […]}`, or publish entries of `kid` and `publicKey`.".into(),
        ),
        (
            "an array of PEMs",
            serde_json::to_string(&[&pem]).unwrap().into(),
            "Line 1, column 2, entry 1: is a string, not an object with `kid` and `publicKey`.".into(),
        ),
        // What is nearly JSON.
        (
            "JSON lines",
            b"{\"kid\":\"a\"}\n{\"kid\":\"b\"}\n".to_vec(),
            "Line 2, column 1: expected the end, found `{`; several JSON texts stand one after the other: put their entries into one array.".into(),
        ),
        ("a comment", b"{\n  // keys\n  \"keys\": []}".to_vec(), "Line 2, column 3: expected a name in double quotes, found `/`; JSON has no comments.".into()),
        ("another comment", b"[ # keys\n]".to_vec(), "Line 1, column 3, entry 1: expected a value, found `#`; JSON has no comments.".into()),
        ("single quotes", b"{'keys': []}".to_vec(), "Line 1, column 2: expected a name in double quotes, found `'`; JSON has its strings in double quotes.".into()),
        ("curly quotes", "{“keys”: []}".into(), "Line 1, column 2: expected a name in double quotes, found `“`; JSON has straight quotes `\"`.".into()),
        ("a comma too many", b"{\"keys\": [],}".to_vec(), "Line 1, column 13: expected a name in double quotes, found `}`; JSON has no comma behind the last element.".into()),
        ("half of it", b"{\"keys\": [{\"kty\"".to_vec(), "Line 1, column 17: expected `:`, found the end; the end of the body is missing.".into()),
        (
            "escaped quotes",
            b"{\\\"keys\\\": []}".to_vec(),
            "Line 1, column 2: expected a name in double quotes, found `\\\\`; the quotes are escaped as inside of a string: publish what that string holds.".into(),
        ),
        ("a guard", b")]}',\n{\"keys\":[]}".to_vec(), "The body is JSON behind a guard against scripts; publish the JSON without that guard.".into()),
        ("null", b"null\n".to_vec(), "The body is the word `null`; see why the program behind this URL finds no key.".into()),
        // Files of other kinds.
        ("YAML", b"---\nkeys:\n  - kty: RSA\n".to_vec(), "The body is YAML or a list of headers; publish JSON or a PEM.".into()),
        ("settings", b"# keys\nkid=one\nkey=abc\n".to_vec(), "The body is lines of names and values; publish the key itself, as PEM.".into()),
        ("a script", b"var keys = {};".to_vec(), SCRIPT.into()),
        ("a module", b"export default {keys: []}".to_vec(), SCRIPT.into()),
        ("JSONP", b"callback({\"keys\":[]});".to_vec(), SCRIPT.into()),
        (
            "a token",
            token.into(),
            "The body is a token (JWT), not a key; enter the URL of the public key, and publish no token: whoever reads it can use it.".into(),
        ),
        ("a sentence", b"404 page not found".to_vec(), format!("The body is a text without a key in it; {NOT_JSON_OR_PEM}.")),
    ];
    for (what, body, expected) in cases {
        std::fs::File::create(at.join("body"))
            .unwrap()
            .write_all(&body)
            .unwrap();
        let run = bonafide(at, ["verify", "--keys", "body", "x"], "");
        assert_eq!(run.stderr, format!("`body`: {expected}\n"), "{what}");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{what}");
    }
}

/// What stands around a key is not part of it, and a chain is its first certificate's.
#[test]
fn a_pem_among_other_text_is_found() {
    let directory = issuer();
    let at = directory.path();
    let pem = std::fs::read_to_string(at.join("public.pem")).unwrap();
    let token = bonafide(
        at,
        ["token", "--issuer", "shop.example", "--subject", "bert"],
        "",
    )
    .stdout;
    // Before it stand a blank line and the first key.
    let second = pem.lines().count() + 2;
    let two = format!(
        "`body`: Line {second}, column 1: a second key begins here; to publish several keys use the array or a JWKS.\n"
    );
    for (body, said) in [
        (
            format!("Bag Attributes\n    friendlyName: shop\nsubject=CN = shop\n{pem}"),
            None,
        ),
        (format!("{pem}\nThat was it -- thanks!\n"), None),
        (
            format!("\u{feff}# our key\r\n\t{}", pem.replace('\n', "\r\n\t")),
            None,
        ),
        (format!("\n{pem}\n{pem}"), Some(two)),
    ] {
        std::fs::write(at.join("body"), &body).unwrap();
        let run = bonafide(at, ["verify", "--keys", "body"], &token);
        match said {
            None => assert_eq!(run.code, 0, "{body}{}{}", run.stdout, run.stderr),
            Some(said) => assert_eq!(run.stderr, said),
        }
    }
}
