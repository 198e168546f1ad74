//! `/admin/api-tokens`: tokens for programs. A token acts as the operator who made it; its secret is shown once.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::id::ApiTokenId;
use bonafide_protocol::operator::{ApiToken, CreatedApiToken, NewApiToken};
use bonafide_protocol::page::PageRequest;

use super::Change;
use crate::clock::timestamp;
use crate::random;
use crate::routes::authenticate::API_TOKEN_PREFIX;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::{Fields, Name};
use crate::state::AppState;
use crate::storage::api_tokens::{self, ApiTokenRow};
use crate::storage::paging::After;

/// All API tokens, without their secrets.
#[utoipa::path(get, path = "/admin/api-tokens", tag = "operators", operation_id = "listApiTokens",
    params(PageRequest), responses((status = OK, body = Page<ApiToken>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<ApiToken>>> {
    let mut reader = state.storage.read().await?;
    let slice = api_tokens::page(&mut reader, &paging.after, paging.limit).await?;
    Ok(Json(page(
        slice,
        |row| After {
            key: String::new(),
            id: row.id.to_string(),
        },
        wire,
    )))
}

/// Makes an API token that acts as the administrator who asks. The answer is the only one that shows the secret.
#[utoipa::path(post, path = "/admin/api-tokens", tag = "operators", operation_id = "createApiToken",
    request_body = NewApiToken, responses((status = CREATED, body = CreatedApiToken)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<NewApiToken>,
) -> ApiResult<(StatusCode, Json<CreatedApiToken>)> {
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&request.name));
    let name = fields.finish(name).map_err(ApiError::invalid)?;
    let now = change.now_ms;
    let secret = random::secret(API_TOKEN_PREFIX);
    let row = ApiTokenRow {
        id: ApiTokenId::from_bits(random::bits()),
        name: name.into_string(),
        operator: change.administrator.0.id.clone(),
        created_at: now,
    };
    let mut transaction = state.storage.write().await?;
    api_tokens::insert(
        &mut transaction,
        &row,
        &random::secret_hash(secret.expose()),
    )
    .await?;
    change
        .audit(
            &mut transaction,
            "api-token.created",
            &row.id,
            None,
            Some(&wire(row.clone())),
        )
        .await?;
    transaction.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(CreatedApiToken {
            id: row.id,
            name: row.name,
            secret,
        }),
    ))
}

/// Revokes an API token at once.
#[utoipa::path(delete, path = "/admin/api-tokens/{id}", tag = "operators", operation_id = "deleteApiToken",
    params(("id" = ApiTokenId, Path)), responses((status = NO_CONTENT, description = "Revoked")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    Path(id): Path<ApiTokenId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let row = api_tokens::find(&mut transaction, &id)
        .await?
        .ok_or_else(|| ApiError::not_found("API token"))?;
    api_tokens::delete(&mut transaction, &id).await?;
    change
        .audit(
            &mut transaction,
            "api-token.deleted",
            &id,
            Some(&wire(row)),
            None,
        )
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn wire(row: ApiTokenRow) -> ApiToken {
    ApiToken {
        id: row.id,
        name: row.name,
        operator: row.operator,
        created_at: timestamp(row.created_at),
    }
}
