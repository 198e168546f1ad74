//! The three endpoints, as a website mounts them and a browser or chat server asks them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bonafide_issuer::{
    Issuer, KeyPair, KeyRing, KeySize, Lifetime, Person, Profile, Rotation, SignedIn, WebsiteError,
    router,
};
use serde_json::Value;
use tower::ServiceExt as _;

const NOW: i64 = 1_542_622_071;

static FIRST_KEY: LazyLock<String> = LazyLock::new(new_pem);
static SECOND_KEY: LazyLock<String> = LazyLock::new(new_pem);

fn new_pem() -> String {
    let pair = KeyPair::generate(KeySize::Bits2048).unwrap();
    pair.private_key_pem().unwrap().to_string()
}

fn first_key() -> KeyPair {
    KeyPair::from_pem(&FIRST_KEY).unwrap()
}

fn second_key() -> KeyPair {
    KeyPair::from_pem(&SECOND_KEY).unwrap()
}

fn issuer() -> Issuer {
    Issuer::new("contosohelp.com", KeyRing::single(first_key()))
        .register_client("portal-1".parse().unwrap())
        .with_clock(|| NOW)
}

/// A website that knows one session cookie.
fn bert(request: &Parts) -> Option<Person> {
    let cookie = request.headers.get("cookie")?.to_str().ok()?;
    (cookie == "session=bert").then(|| Person {
        subject: "87b4d06c-abc2-e811-a9b0-000d3a10e09e".into(),
        profile: Profile {
            given_name: Some("Bert".into()),
            email: Some("admin@contosohelp.com".into()),
            ..Profile::default()
        },
        context: [("msdyn_cartvalue".to_owned(), "10000".into())].into(),
    })
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

async fn ask(issuer: Issuer, request: Request<Body>) -> Answer {
    ask_website(issuer, bert, request).await
}

async fn ask_website(issuer: Issuer, website: impl SignedIn, request: Request<Body>) -> Answer {
    let answer = router(Arc::new(issuer), website)
        .oneshot(request)
        .await
        .unwrap();
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn get(uri: &str) -> axum::http::request::Builder {
    Request::get(uri).header("cookie", "session=bert")
}

fn empty(request: axum::http::request::Builder) -> Request<Body> {
    request.body(Body::empty()).unwrap()
}

fn segment(token: &str, index: usize) -> Value {
    let segment = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).unwrap()).unwrap()
}

#[tokio::test]
async fn a_signed_in_visitor_gets_their_token() {
    let uri = "/_services/auth/token?client_id=portal-1&nonce=n-1&state=s-1&response_type=token";
    let answer = ask(issuer(), empty(get(uri))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("expires_in"), "900");
    assert_eq!(answer.header("state"), "s-1");

    let header = segment(&answer.body, 0);
    assert_eq!(header["alg"], "RS256");
    assert_eq!(header["typ"], "JWT");
    assert_eq!(header["kid"], first_key().key_id());

    let claims = segment(&answer.body, 1);
    assert_eq!(claims["iss"], "contosohelp.com");
    assert_eq!(claims["sub"], "87b4d06c-abc2-e811-a9b0-000d3a10e09e");
    assert_eq!(claims["aud"], "portal-1");
    assert_eq!(claims["appid"], "portal-1");
    assert_eq!(claims["nonce"], "n-1");
    assert_eq!(claims["iat"], NOW);
    assert_eq!(claims["nbf"], NOW);
    assert_eq!(claims["exp"], NOW + 900);
    assert_eq!(claims["given_name"], "Bert");
    assert_eq!(claims["email"], "admin@contosohelp.com");
    assert_eq!(claims["lwicontexts"], r#"{"msdyn_cartvalue":"10000"}"#);
    assert_eq!(claims["jti"].as_str().unwrap().len(), 36);
    assert!(claims.get("phone_number").is_none(), "{claims}");
}

#[tokio::test]
async fn a_form_is_read_like_a_query() {
    let request = Request::post("/_services/auth/token")
        .header("cookie", "session=bert")
        .header(
            "content-type",
            "application/x-www-form-urlencoded; charset=UTF-8",
        )
        .body(Body::from("client_id=portal-1&nonce=a%20b"))
        .unwrap();
    let answer = ask(issuer(), request).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(segment(&answer.body, 1)["nonce"], "a b");

    let without_body = Request::post("/_services/auth/token").header("cookie", "session=bert");
    assert_eq!(ask(issuer(), empty(without_body)).await.status, 200);
}

#[tokio::test]
async fn without_a_client_id_a_token_has_no_audience() {
    let answer = ask(issuer(), empty(get("/_services/auth/token?_=1542622071"))).await;
    let claims = segment(&answer.body, 1);
    assert!(claims.get("aud").is_none() && claims.get("appid").is_none());
    assert_eq!(answer.header("state"), "");
}

#[tokio::test]
async fn the_lifetime_is_the_website_s_choice() {
    let issuer = issuer().with_lifetime(Lifetime::from_seconds(3_600).unwrap());
    let answer = ask(issuer, empty(get("/_services/auth/token"))).await;
    assert_eq!(answer.header("expires_in"), "3600");
    assert_eq!(segment(&answer.body, 1)["exp"], NOW + 3_600);
    for wrong in [0, 59, 3_601] {
        let fault = Lifetime::from_seconds(wrong).unwrap_err().to_string();
        assert!(fault.contains(&wrong.to_string()), "{fault}");
    }
}

#[tokio::test]
async fn nobody_signed_in_is_told_in_the_way_the_caller_understands() {
    let answer = ask(issuer(), empty(Request::get("/_services/auth/token"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-responded-json"), r#"{"status":401}"#);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.body, "");

    let request = Request::get("/_services/auth/token")
        .header("accept", "text/plain;q=0.9, Application/Problem+JSON;q=0.5");
    let answer = ask(issuer(), empty(request)).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("x-responded-json"), "");
    assert_eq!(answer.json()["status"], 401);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    for (query, id) in [
        ("client_id=portal-2", "IssuerSTS0001"),
        ("client_id=", "IssuerSTS0002"),
        ("client_id=portal_1", "IssuerSTS0002"),
        (
            "client_id=1234567890123456789012345678901234567",
            "IssuerSTS0002",
        ),
        ("state=", "IssuerSTS0003"),
        ("state=123456789012345678901", "IssuerSTS0003"),
        ("state=a%0d%0aset-cookie:x", "IssuerSTS0003"),
        ("nonce=123456789012345678901", "IssuerSTS0004"),
        ("nonce=%00", "IssuerSTS0004"),
        ("response_type=code", "IssuerSTS0005"),
        ("state=a&state=a", "IssuerSTS0006"),
    ] {
        let uri = format!("/_services/auth/token?{query}");
        let answer = ask(issuer(), empty(get(&uri))).await;
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.header("cache-control"), "no-store", "{query}");
        let body = answer.json();
        assert_eq!(body["ErrorId"], id, "{query}");
        assert_eq!(body["Timestamp"], "2018-11-19T10:07:51Z", "{query}");
        assert_eq!(body["CorrelationId"].as_str().unwrap().len(), 36, "{query}");
        assert!(
            body["ErrorMessage"].as_str().unwrap().ends_with('.'),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    for (content_type, body) in [
        ("application/json", "{}".to_owned()),
        (
            "application/x-www-form-urlencoded",
            format!("x={}", "y".repeat(9_000)),
        ),
    ] {
        let request = Request::post("/_services/auth/token")
            .header("cookie", "session=bert")
            .header("content-type", content_type)
            .body(Body::from(body))
            .unwrap();
        let answer = ask(issuer(), request).await;
        assert_eq!(answer.status, 400, "{content_type}");
        assert_eq!(answer.json()["ErrorId"], "IssuerSTS0007", "{content_type}");
    }
}

#[tokio::test]
async fn other_methods_and_cross_origin_questions_get_nothing() {
    for method in ["PUT", "DELETE", "OPTIONS"] {
        let request = Request::builder()
            .method(method)
            .uri("/_services/auth/token")
            .header("origin", "https://evil.example")
            .header("access-control-request-method", "GET");
        let answer = ask(issuer(), empty(request)).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{method}");
    }
}

struct BrokenWebsite;

impl SignedIn for BrokenWebsite {
    async fn signed_in(&self, _: &Parts) -> Result<Option<Person>, WebsiteError> {
        Err("the session store at 10.0.0.7 is down".into())
    }
}

#[tokio::test]
async fn a_website_s_own_failure_stays_in_its_log() {
    let answer = ask_website(issuer(), BrokenWebsite, empty(get("/_services/auth/token"))).await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json()["ErrorId"], "IssuerSTS0008");
    assert!(!answer.body.contains("10.0.0.7"), "{}", answer.body);
}

#[tokio::test]
async fn a_person_without_a_subject_gets_no_token() {
    let nobody = |_: &Parts| Some(Person::default());
    let answer = ask_website(issuer(), nobody, empty(get("/_services/auth/token"))).await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json()["ErrorId"], "IssuerSTS0009");
}

#[tokio::test]
async fn one_key_is_published_as_pem() {
    let answer = ask(issuer(), empty(Request::get("/_services/auth/publickey"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.body, first_key().public_key_pem());
}

#[tokio::test]
async fn several_keys_are_published_as_an_array() {
    let ring = KeyRing::single(first_key())
        .rotated(
            second_key(),
            Some("a/b+c=_".into()),
            Rotation::default(),
            NOW,
        )
        .unwrap();
    let issuer = issuer();
    issuer.replace_keys(ring);
    let answer = ask(issuer, empty(Request::get("/_services/auth/publickey"))).await;
    assert_eq!(answer.header("content-type"), "application/json");
    let keys = answer.json();
    assert_eq!(keys.as_array().unwrap().len(), 2);
    assert_eq!(keys[0]["kid"], first_key().key_id());
    assert_eq!(keys[0]["expiry"], NOW + 900 + 4_500);
    assert_eq!(keys[1]["kid"], "a/b+c=_");
    assert!(keys[1].get("expiry").is_none(), "{keys}");
    let pem = STANDARD
        .decode(keys[1]["publicKey"].as_str().unwrap())
        .unwrap();
    let expected = second_key().public_key_pem().replace('\n', "\r\n");
    assert_eq!(String::from_utf8(pem).unwrap(), expected);
}

#[tokio::test]
async fn expired_keys_are_said_to_be() {
    let ring = KeyRing::single(first_key());
    let emergency = Rotation {
        lead_seconds: 0,
        overlap_seconds: 0,
    };
    let mut entries = ring
        .rotated(second_key(), None, emergency, NOW - 10)
        .unwrap()
        .entries()
        .to_vec();
    entries.truncate(1);
    let issuer = issuer();
    issuer.replace_keys(KeyRing::new(entries).unwrap());
    let answer = ask(issuer, empty(Request::get("/_services/auth/publickey"))).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["ErrorId"], "IssuerSTS0010");
}

#[tokio::test]
async fn the_client_script_defines_the_function() {
    let answer = ask(issuer(), empty(Request::get("/_services/auth/client.js"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert!(
        answer
            .body
            .contains("globalThis.auth.getAuthenticationToken =")
    );
}
