//! The server's HTTP API as an administrator's program uses it, with an API token: list, create, replace.

use anyhow::{Context as _, bail};
use bonafide_protocol::{Page, Problem, Secret};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The operator may not do this, or may do nothing any more.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(String);

/// The API, as the operator of a token.
pub(super) struct Api {
    client: Client,
    base: String,
    token: Secret,
}

impl Api {
    /// At the server at `origin`.
    pub(super) fn new(origin: &str, token: Secret) -> anyhow::Result<Self> {
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .context("The HTTP client cannot be made")?;
        Ok(Self {
            client,
            base: format!("{origin}/api/v1"),
            token,
        })
    }

    /// All items of a list, page by page.
    pub(super) async fn list<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Vec<T>> {
        let mut items = Vec::new();
        let mut question = format!("{path}?limit=200");
        loop {
            let page: Page<T> = self.read(&question).await?.context("The list is gone.")?;
            items.extend(page.items);
            match page.next {
                Some(cursor) => question = format!("{path}?limit=200&cursor={cursor}"),
                None => return Ok(items),
            }
        }
    }

    /// A resource; `None` when there is none at this path.
    pub(super) async fn read<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Option<T>> {
        let answer = self.ask(Method::GET, path, None::<&()>).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        json(succeeded(answer).await?).await.map(Some)
    }

    /// Makes a resource.
    pub(super) async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<T> {
        let answer = self.ask(Method::POST, path, Some(body)).await?;
        json(succeeded(answer).await?).await
    }

    /// Replaces the resource of which `version` was read.
    pub(super) async fn replace(
        &self,
        path: &str,
        version: i64,
        body: &impl Serialize,
    ) -> anyhow::Result<()> {
        let request = self
            .request(Method::PUT, path, Some(body))?
            .header(header::IF_MATCH, format!("\"{version}\""));
        let answer = self.answer(request, path).await?;
        succeeded(answer).await.map(|_| ())
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> anyhow::Result<Response> {
        self.answer(self.request(method, path, body)?, path).await
    }

    async fn answer(&self, request: RequestBuilder, path: &str) -> anyhow::Result<Response> {
        let answer = request.send().await;
        answer.with_context(|| format!("{}{path} does not answer", self.base))
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> anyhow::Result<RequestBuilder> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(self.token.expose());
        if let Some(body) = body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(serde_json::to_vec(body)?);
        }
        Ok(request)
    }
}

/// The answer, if it is a good one; what went wrong with which field, if it is a problem.
async fn succeeded(answer: Response) -> anyhow::Result<Response> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let (status, url) = (answer.status(), answer.url().clone());
    let body = answer.bytes().await.unwrap_or_default();
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => {
            let fields = problem.fields.iter();
            let fields = fields.map(|field| format!(" {}: {}", field.name, field.message));
            let said = format!("{url}: {}{}", problem.detail, fields.collect::<String>());
            match status {
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => bail!(Refused(said)),
                _ => bail!(said),
            }
        }
        Err(_) => bail!("{url} answered with status {status}."),
    }
}

async fn json<T: DeserializeOwned>(answer: Response) -> anyhow::Result<T> {
    let url = answer.url().clone();
    let body = answer
        .bytes()
        .await
        .with_context(|| format!("{url} broke off"))?;
    serde_json::from_slice(&body).with_context(|| format!("{url} answered with something else"))
}
