//! What is asked, one request after the other. Prepares beforehand what a request needs, so that only the request is measured.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};
use hyper::StatusCode;
use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::client::{Ask, Client};
use crate::floor::Floor;
use crate::product::{ORIGIN, Product};
use crate::tokens::Website;

/// Conversations that a turn of accepts may take: more than any machine accepts in one.
const TO_ACCEPT: usize = 4_000;

/// Requests of one kind.
#[derive(Clone)]
pub(crate) struct Work {
    pub(crate) name: &'static str,
    /// `address:port`.
    pub(crate) address: String,
    pub(crate) expected: StatusCode,
    asks: Arc<Asks>,
}

struct Asks {
    next: AtomicUsize,
    kind: Kind,
}

enum Kind {
    /// These over and over.
    Again(Vec<Ask>),
    /// Each once.
    Once(Vec<Ask>),
    /// These over and over, each time with another `clientId`.
    Messages(Vec<Ask>),
}

impl Work {
    fn new(name: &'static str, address: &str, expected: StatusCode, kind: Kind) -> Self {
        Self {
            name,
            address: address.to_owned(),
            expected,
            asks: Arc::new(Asks {
                next: AtomicUsize::new(0),
                kind,
            }),
        }
    }

    /// The next request; `None` when all were asked.
    pub(crate) fn next(&self) -> Option<Ask> {
        let number = self.asks.next.fetch_add(1, Ordering::Relaxed);
        match &self.asks.kind {
            Kind::Again(asks) => asks.get(number % asks.len()).cloned(),
            Kind::Once(asks) => asks.get(number).cloned(),
            Kind::Messages(asks) => asks.get(number % asks.len()).map(|ask| Ask {
                body: Bytes::from(
                    json!({"clientId": format!("c{number}"), "text": "Where is my parcel?"})
                        .to_string(),
                ),
                ..ask.clone()
            }),
        }
    }

    /// The same bodies as starts have, for the floor.
    pub(crate) fn floor(floor: &Floor, website: &Website) -> Self {
        let kind = Kind::Again(starts("/", website));
        Self::new("floor", &floor.address, StatusCode::CREATED, kind)
    }

    /// Authenticated starts.
    pub(crate) fn starts(product: &Product, website: &Website) -> Self {
        let kind = Kind::Again(starts(&product.start_path(), website));
        Self::new("starts", &product.address, StatusCode::CREATED, kind)
    }

    /// Visitors' messages in as many conversations as there are clients.
    pub(crate) async fn messages(
        product: &Product,
        website: &Website,
        clients: usize,
    ) -> Result<Self> {
        let asks = begun(product, website, clients)
            .await?
            .iter()
            .map(|started| {
                let session = started["session"]["secret"].as_str();
                Ok(Ask {
                    method: "POST",
                    path: format!("/api/v1/conversations/{}/messages", id_of(started)?),
                    headers: vec![
                        ("origin", ORIGIN.to_owned()),
                        (
                            "authorization",
                            format!("Bearer {}", session.context("no session")?),
                        ),
                    ],
                    body: Bytes::new(),
                })
            })
            .collect::<Result<_>>()?;
        let kind = Kind::Messages(asks);
        Ok(Self::new(
            "messages",
            &product.address,
            StatusCode::CREATED,
            kind,
        ))
    }

    /// Accepts by one agent of conversations that wait.
    pub(crate) async fn accepts(product: &Product, website: &Website) -> Result<Self> {
        let asks = begun(product, website, TO_ACCEPT)
            .await?
            .iter()
            .map(|started| {
                let path = format!("/api/v1/agent/conversations/{}/accept", id_of(started)?);
                Ok(product.as_operator("POST", path))
            })
            .collect::<Result<_>>()?;
        Ok(Self::new(
            "accepts",
            &product.address,
            StatusCode::OK,
            Kind::Once(asks),
        ))
    }

    /// The first page of the inbox.
    pub(crate) fn inbox(product: &Product) -> Self {
        let path = "/api/v1/agent/conversations?state=waiting&limit=50".to_owned();
        let kind = Kind::Again(vec![product.as_operator("GET", path)]);
        Self::new("inbox", &product.address, StatusCode::OK, kind)
    }
}

fn starts(path: &str, website: &Website) -> Vec<Ask> {
    let page = json!({"url": "https://shop.example.com/cart", "title": "Cart", "locale": "en"});
    website
        .tokens
        .iter()
        .map(|token| Ask {
            method: "POST",
            path: path.to_owned(),
            headers: vec![("origin", ORIGIN.to_owned())],
            body: Bytes::from(json!({"token": token, "page": page}).to_string()),
        })
        .collect()
}

/// Starts this many conversations, not measured.
pub(crate) async fn begun(
    product: &Product,
    website: &Website,
    count: usize,
) -> Result<Vec<Value>> {
    let work = Work::starts(product, website);
    let mut client = Client::connect(&product.address).await?;
    let mut started = Vec::with_capacity(count);
    while started.len() < count {
        let ask = work.next().context("no start")?;
        started.push(client.send(&ask).await?.json()?);
    }
    Ok(started)
}

pub(crate) fn id_of(started: &Value) -> Result<&str> {
    started["conversation"]["id"]
        .as_str()
        .context("no conversation's id")
}
