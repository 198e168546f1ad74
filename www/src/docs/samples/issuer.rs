// The endpoints as a router of axum, from the crate bonafide-issuer. Its keys come from `bonafide keys new --keys keys`;
// it mounts /_services/auth/token, /_services/auth/publickey and /_services/auth/client.js.
use std::{error::Error, sync::Arc};

use axum::http::{header::COOKIE, request::Parts};
use bonafide_issuer::{Issuer, KeyDirectory, Person, Profile, router};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let keys = KeyDirectory::new("keys").read()?;
    let issuer = Arc::new(Issuer::new("www.example.com", keys));

    let website = axum::Router::new(); // yours
    let website: axum::Router = website.merge(router(issuer, |request: &Parts| signed_in(request)));

    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, website).await?)
}

/// Replace this with your own session: the signed-in person, or `None`.
fn signed_in(request: &Parts) -> Option<Person> {
    let cookies = request.headers.get(COOKIE)?.to_str().ok()?;
    cookies.contains("session=").then(|| Person {
        // The contact's id, to have the record linked.
        subject: "87b4d06c-abc2-e811-a9b0-000d3a10e09e".to_owned(),
        profile: Profile {
            given_name: Some("Bert".to_owned()),
            family_name: Some("Hair".to_owned()),
            email: Some("bert@example.com".to_owned()),
            ..Profile::default()
        },
        // What agents may see and rules may use.
        context: [("msdyn_cartvalue".to_owned(), 10_000.0.into()), ("msdyn_isvip".to_owned(), false.into())].into(),
    })
}
