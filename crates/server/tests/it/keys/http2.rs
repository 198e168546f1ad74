//! Keys over HTTP/2, by which most websites answer: the same is asked, and the same limits hold.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderName, Response, Version};
use bonafide_server::keys::fetch::{FetchFailed, Fetcher, Limits, Seen, Surroundings};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::resolver::Lookup;
use futures_util::{StreamExt as _, stream};
use hyper::server::conn::http2::Builder;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::fixture::LIMITS;
use crate::authority::Authority;

const HOST: &str = "keys.shop.example";

/// A website that speaks nothing but HTTP/2.
struct Website {
    authority: Authority,
    url: String,
    /// Of each connection, the requests on it.
    asked: Arc<Mutex<Vec<Vec<Request>>>>,
}

impl Website {
    async fn start(answer: impl Fn() -> Response<Body> + Clone + Send + Sync + 'static) -> Self {
        let authority = Authority::new("Ours");
        let mut tls = authority.server(&[HOST], |_| {});
        tls.alpn_protocols = vec![b"h2".to_vec()];
        let tls = TlsAcceptor::from(Arc::new(tls));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "https://{HOST}:{}/keys",
            listener.local_addr().unwrap().port()
        );
        let asked = Arc::new(Mutex::new(Vec::<Vec<Request>>::new()));
        let connections = asked.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let number = {
                    let mut connections = connections.lock().unwrap();
                    connections.push(Vec::new());
                    connections.len() - 1
                };
                let (connections, answer) = (connections.clone(), answer.clone());
                let router = Router::new().fallback(async move |request: Request| {
                    connections.lock().unwrap()[number].push(request);
                    answer()
                });
                let tls = tls.clone();
                tokio::spawn(async move {
                    let stream = TokioIo::new(tls.accept(stream).await.unwrap());
                    // Ends with an error where the client goes away, which is what it is for.
                    let _ = Builder::new(TokioExecutor::new())
                        .serve_connection(stream, TowerToHyperService::new(router))
                        .await;
                });
            }
        });
        Self {
            authority,
            url,
            asked,
        }
    }

    async fn fetched(&self, limits: Limits) -> (Result<Vec<u8>, FetchFailed>, Seen) {
        let surroundings = Surroundings {
            lookup: Lookup::new(async |_| Ok(vec![[127, 0, 0, 1].into()])),
            further_authorities: vec![self.authority.certificate()],
        };
        let policy = AddressPolicy::private_allowed();
        let url = policy.judge(&self.url).unwrap();
        let fetcher = Fetcher::within(policy, limits, surroundings).unwrap();
        let mut seen = Seen::default();
        (fetcher.fetch(&url, &mut seen).await, seen)
    }
}

/// What becomes of a fetch from a website with this answer.
async fn fetched(
    limits: Limits,
    answer: impl Fn() -> Response<Body> + Clone + Send + Sync + 'static,
) -> (Result<Vec<u8>, FetchFailed>, Seen) {
    Website::start(answer).await.fetched(limits).await
}

fn ok(body: Body) -> Response<Body> {
    Response::builder()
        .header("content-type", "application/json")
        .header("set-cookie", "a=b")
        .body(body)
        .unwrap()
}

#[tokio::test]
async fn the_same_is_asked_as_over_http_1() {
    let mut website = Website::start(|| ok("keys".into())).await;
    website.url += "?kid=1";
    for _ in 0..2 {
        let (body, seen) = website.fetched(LIMITS).await;
        assert_eq!(body.unwrap(), b"keys");
        assert_eq!((seen.status, seen.bytes), (Some(200), Some(4)));
        assert_eq!(seen.content_type.as_deref(), Some("application/json"));
    }
    let asked = website.asked.lock().unwrap();
    assert_eq!(asked.len(), 2, "no connection is kept: each is judged");
    for requests in asked.iter() {
        let [request] = requests.as_slice() else {
            panic!("{requests:?}");
        };
        assert_eq!(request.version(), Version::HTTP_2);
        assert_eq!(request.method(), "GET");
        assert_eq!(request.uri().path_and_query().unwrap(), "/keys?kid=1");
        let mut names: Vec<_> = request.headers().keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "user-agent"]);
    }
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit() {
    let (body, _) = fetched(LIMITS, || ok(vec![b'a'; LIMITS.body].into())).await;
    assert_eq!(body.unwrap().len(), LIMITS.body);
    let too_large = Err(FetchFailed::TooLarge { limit: LIMITS.body });
    let (body, seen) = fetched(LIMITS, || ok(vec![b'a'; LIMITS.body + 1].into())).await;
    assert_eq!(body, too_large);
    assert_eq!(seen.bytes, None, "it said so before");
    let endless = || {
        let part = || Ok::<_, Infallible>(Bytes::from_static(&[b'a'; 8 * 1024]));
        ok(Body::from_stream(stream::repeat_with(part)))
    };
    let (body, seen) = fetched(LIMITS, endless).await;
    assert_eq!(body, too_large);
    assert!(seen.bytes.unwrap() <= LIMITS.body);
}

#[tokio::test]
async fn a_website_that_stops_in_the_middle_is_given_up() {
    let half = || stream::iter([Ok(Bytes::from_static(b"half"))]);
    let soon = Limits {
        total: Duration::from_millis(500),
        ..LIMITS
    };
    let stalled = move || {
        let never = stream::pending::<Result<Bytes, Infallible>>();
        ok(Body::from_stream(half().chain(never)))
    };
    let (body, seen) = fetched(soon, stalled).await;
    assert_eq!(body, Err(FetchFailed::TimedOut));
    assert_eq!((seen.status, seen.bytes), (Some(200), Some(4)));

    let reset = move || {
        let lost = stream::iter([Err(io::Error::other("lost"))]);
        let half = half().map(|part| part.map_err(|never: Infallible| match never {}));
        ok(Body::from_stream(half.chain(lost)))
    };
    let (body, _) = fetched(LIMITS, reset).await;
    assert_eq!(body, Err(FetchFailed::Broken));
}

#[tokio::test]
async fn only_200_without_compression_is_an_answer() {
    let answer = |status: u16, name: &'static str, value: &'static str| {
        move || {
            let answer = Response::builder().status(status).header(name, value);
            answer.body("keys".into()).unwrap()
        }
    };
    let elsewhere = answer(302, "location", "https://169.254.169.254/");
    let (body, _) = fetched(LIMITS, elsewhere).await;
    assert_eq!(body, Err(FetchFailed::Redirected(302)));
    let (body, _) = fetched(LIMITS, answer(203, "via", "2 proxy")).await;
    assert_eq!(body, Err(FetchFailed::Status(203)));
    let (body, _) = fetched(LIMITS, answer(200, "content-encoding", "gzip")).await;
    assert_eq!(body, Err(FetchFailed::Compressed));
}
