//! `bonafide issuer`: the issuer alone, beside a website in any language.
//!
//! The website's proxy sends `/_services/auth/*` here. Who is signed in, the website itself says: the
//! issuer hands each request's cookies to one URL of the website and reads the person from the answer.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::http::header;
use axum::http::request::Parts;
use bonafide_issuer::{
    ClientId, Issuer, KeyDirectory, Lifetime, Person, SignedIn, WebsiteError, router,
};
use bonafide_server::serve::serve as serve_connections;
use clap::Args;
use reqwest::{Client, StatusCode, Url};

use crate::connections::Connections;
use crate::{listen, output, serve, shutdown};

/// Run the issuer alone, beside a website in any language
///
/// The website's proxy sends /_services/auth/* here. At the session URL the website answers a request with
/// the visitor's cookies: 200 and {"subject", "profile"?, "context"?} for the person who is signed in, 204
/// or 401 when nobody is.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Address and port to listen on; port 0 takes any that is free
    #[arg(
        long,
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8082",
        env = "BONAFIDE_ISSUER_LISTEN"
    )]
    listen: SocketAddr,

    /// Directory with the key pairs, as `bonafide keys new` makes it; read again after a rotation
    #[arg(
        long,
        value_name = "DIR",
        default_value = "keys",
        env = "BONAFIDE_KEYS"
    )]
    keys: PathBuf,

    /// Who issues the tokens: the claim `iss`
    #[arg(long, value_name = "NAME", env = "BONAFIDE_ISSUER_NAME")]
    issuer: String,

    /// The website's URL that says who is signed in
    #[arg(long, value_name = "URL", env = "BONAFIDE_SESSION_URL")]
    session_url: Url,

    /// Client ids that may ask for tokens, separated by commas
    #[arg(
        long,
        value_name = "ID",
        value_delimiter = ',',
        env = "BONAFIDE_CLIENTS"
    )]
    client: Vec<ClientId>,

    /// How long tokens live, 60 to 3600 seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Lifetime::default().seconds(),
        value_parser = clap::value_parser!(u32).range(60..=3600), env = "BONAFIDE_TOKEN_LIFETIME")]
    lifetime: u32,

    #[command(flatten)]
    connections: Connections,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    serve::runtime()?.block_on(async {
        let directory = KeyDirectory::new(&arguments.keys);
        let revision = directory.revision().unwrap_or_default();
        let mut issuer = Issuer::new(arguments.issuer, directory.read()?)
            .with_lifetime(Lifetime::from_seconds(arguments.lifetime)?);
        for client in arguments.client {
            issuer = issuer.register_client(client);
        }
        let issuer = Arc::new(issuer);
        let website = Website::new(arguments.session_url)?;
        let listener = listen::on(arguments.listen, "--listen").await?;
        let origin = listen::origin(&listener)?;
        let stop = shutdown::requested();
        output::line(format!("The issuer listens on {origin}/_services/auth/"))?;
        tokio::spawn(follow_rotations(directory, revision, Arc::clone(&issuer)));
        let limits = arguments.connections.limits();
        serve_connections(router(issuer, website), listener, limits, stop).await;
        Ok(())
    })
}

/// Takes up what `bonafide keys rotate` changes. Runs for as long as the process does.
async fn follow_rotations(directory: KeyDirectory, mut revision: String, issuer: Arc<Issuer>) {
    let mut interval = tokio::time::interval(KEY_INTERVAL);
    loop {
        interval.tick().await;
        // While the directory cannot be read, the keys that are known go on.
        let Ok(current) = directory.revision() else {
            continue;
        };
        if current == revision {
            continue;
        }
        match directory.read() {
            Ok(keys) => {
                tracing::info!(keys = keys.entries().len(), "the key pairs have changed");
                issuer.replace_keys(keys);
                revision = current;
            }
            Err(error) => tracing::error!(%error, "the changed key pairs cannot be used"),
        }
    }
}

/// A website that says at one URL who is signed in.
struct Website {
    client: Client,
    session_url: Url,
}

impl Website {
    fn new(session_url: Url) -> anyhow::Result<Self> {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(SESSION_TIMEOUT)
            .build()
            .context("The HTTP client cannot be made")?;
        Ok(Self {
            client,
            session_url,
        })
    }
}

impl SignedIn for Website {
    async fn signed_in(&self, request: &Parts) -> Result<Option<Person>, WebsiteError> {
        let mut question = self
            .client
            .get(self.session_url.clone())
            .header(header::ACCEPT, "application/json");
        for cookie in request.headers.get_all(header::COOKIE) {
            question = question.header(header::COOKIE, cookie);
        }
        let mut answer = question.send().await?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NO_CONTENT | StatusCode::UNAUTHORIZED => return Ok(None),
            status => return Err(format!("the session URL answered with status {status}").into()),
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > MAX_PERSON {
                return Err(
                    format!("the session URL answered with more than {MAX_PERSON} bytes").into(),
                );
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Some(serde_json::from_slice(&body)?))
    }
}

/// Far shorter than a rotation's lead of 15 minutes.
const KEY_INTERVAL: Duration = Duration::from_secs(2);
/// The page's client function has 10 s in all.
const SESSION_TIMEOUT: Duration = Duration::from_secs(5);
/// More than any token may hold.
const MAX_PERSON: usize = 512 * 1024;
