//! `/admin/authentication-settings`: what is recorded about a website's sign-in. A change holds for the next chat.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::admin::{
    AuthenticationSetting, AuthenticationSettingBody, AuthenticationType,
};
use bonafide_protocol::id::AuthenticationSettingId;
use bonafide_protocol::page::PageRequest;
use bonafide_protocol::{FieldError, Page};

use super::{Change, name_taken, refuse_in_use};
use crate::clock::timestamp;
use crate::keys::guard::AddressPolicy;
use crate::random;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::version::{BasedOn, Versioned, created};
use crate::settings::{ClientFunctionPath, ExactText, Fault, Fields, Name, PublicKeyUrl};
use crate::state::AppState;
use crate::storage::paging::{After, Slice};
use crate::storage::settings::{self, AuthenticationSettingRow};
use crate::storage::{Connection, FIRST_VERSION};

/// Tolerance for clocks that differ, when the administrator does not say, in seconds (contract section 2).
const DEFAULT_LEEWAY: u16 = 60;
/// More would keep expired tokens alive for longer than any clock is wrong.
const MAX_LEEWAY: u16 = 300;

/// Authentication settings by name.
#[utoipa::path(get, path = "/admin/authentication-settings", tag = "authentication-settings",
    operation_id = "listAuthenticationSettings", params(PageRequest),
    responses((status = OK, body = Page<AuthenticationSetting>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<AuthenticationSetting>>> {
    let mut reader = state.storage.read().await?;
    let slice = settings::page(&mut reader, &paging.after, paging.limit).await?;
    let mut rows = Vec::with_capacity(slice.rows.len());
    for row in slice.rows {
        rows.push(wire(&mut reader, row).await?);
    }
    let slice = Slice {
        rows,
        more: slice.more,
    };
    let place = |row: &AuthenticationSetting| After {
        key: row.name.to_lowercase(),
        id: row.id.to_string(),
    };
    Ok(Json(page(slice, place, |row| row)))
}

/// Records an authentication setting.
#[utoipa::path(post, path = "/admin/authentication-settings", tag = "authentication-settings",
    operation_id = "createAuthenticationSetting", request_body = AuthenticationSettingBody,
    responses((status = CREATED, body = AuthenticationSetting)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<AuthenticationSettingBody>,
) -> ApiResult<(StatusCode, Versioned<AuthenticationSetting>)> {
    let now = change.now_ms;
    let checked = Checked::parse(&request, &state.address_policy).map_err(ApiError::invalid)?;
    let id = AuthenticationSettingId::from_bits(random::bits());
    let row = checked.into_row(
        id,
        FIRST_VERSION,
        change.administrator.0.name.clone(),
        now,
        now,
    );
    let mut transaction = state.storage.write().await?;
    settings::insert(&mut transaction, &row)
        .await
        .map_err(name_taken("authentication setting"))?;
    let setting = wire(&mut transaction, row).await?;
    change
        .audit(
            &mut transaction,
            "authentication-setting.created",
            &setting.id,
            None,
            Some(&setting),
        )
        .await?;
    transaction.commit().await?;
    Ok(created(setting))
}

/// An authentication setting.
#[utoipa::path(get, path = "/admin/authentication-settings/{id}", tag = "authentication-settings",
    operation_id = "readAuthenticationSetting", params(("id" = AuthenticationSettingId, Path)),
    responses((status = OK, body = AuthenticationSetting)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<AuthenticationSettingId>,
) -> ApiResult<Versioned<AuthenticationSetting>> {
    let mut reader = state.storage.read().await?;
    let row = find(&mut reader, &id).await?;
    Ok(Versioned(wire(&mut reader, row).await?))
}

/// Replaces an authentication setting. Without an owner the owner stays; other absent fields take their defaults.
#[utoipa::path(put, path = "/admin/authentication-settings/{id}", tag = "authentication-settings",
    operation_id = "replaceAuthenticationSetting", params(("id" = AuthenticationSettingId, Path)),
    request_body = AuthenticationSettingBody, responses((status = OK, body = AuthenticationSetting)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<AuthenticationSettingId>,
    Json(request): Json<AuthenticationSettingBody>,
) -> ApiResult<Versioned<AuthenticationSetting>> {
    let now = change.now_ms;
    let checked = Checked::parse(&request, &state.address_policy).map_err(ApiError::invalid)?;
    let mut transaction = state.storage.write().await?;
    let row = find(&mut transaction, &id).await?;
    let (version, created_at) = (based_on.next(row.version)?, row.created_at);
    let before = wire(&mut transaction, row).await?;
    let row = checked.into_row(id, version, before.owner.clone(), created_at, now);
    settings::update(&mut transaction, &row)
        .await
        .map_err(name_taken("authentication setting"))?;
    let after = wire(&mut transaction, row).await?;
    change
        .audit(
            &mut transaction,
            "authentication-setting.updated",
            &after.id,
            Some(&before),
            Some(&after),
        )
        .await?;
    transaction.commit().await?;
    Ok(Versioned(after))
}

/// Deletes an authentication setting that no chat widget uses.
#[utoipa::path(delete, path = "/admin/authentication-settings/{id}", tag = "authentication-settings",
    operation_id = "deleteAuthenticationSetting", params(("id" = AuthenticationSettingId, Path)),
    responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<AuthenticationSettingId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let row = find(&mut transaction, &id).await?;
    let version = based_on.check(row.version)?;
    let before = wire(&mut transaction, row).await?;
    refuse_in_use("authentication setting", "chat widgets", &before.used_by)?;
    settings::delete(&mut transaction, &id, version).await?;
    change
        .audit(
            &mut transaction,
            "authentication-setting.deleted",
            &id,
            Some(&before),
            None,
        )
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The setting, or the answer that there is none.
///
/// # Errors
/// `not-found`, or when the database cannot be read.
pub(super) async fn find(
    connection: &mut Connection,
    id: &AuthenticationSettingId,
) -> ApiResult<AuthenticationSettingRow> {
    settings::find(connection, id)
        .await?
        .ok_or_else(|| ApiError::not_found("authentication setting"))
}

/// A body whose fields were judged.
struct Checked {
    name: Name,
    owner: Option<Name>,
    public_key_url: PublicKeyUrl,
    client_function: ClientFunctionPath,
    expected_issuer: Option<ExactText>,
    expected_audience: Option<ExactText>,
    leeway_seconds: u16,
    single_use: bool,
}

impl Checked {
    fn parse(
        body: &AuthenticationSettingBody,
        policy: &AddressPolicy,
    ) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let name = fields.take("name", Name::parse(&body.name));
        let owner = fields.take("owner", Name::parse_optional(body.owner.as_deref()));
        let url = fields.take(
            "publicKeyUrl",
            PublicKeyUrl::parse(&body.public_key_url, policy),
        );
        let function = fields.take(
            "clientFunction",
            ClientFunctionPath::parse(&body.client_function),
        );
        let issuer = fields.take(
            "expectedIssuer",
            ExactText::parse_optional(body.expected_issuer.as_deref()),
        );
        let audience = fields.take(
            "expectedAudience",
            ExactText::parse_optional(body.expected_audience.as_deref()),
        );
        let leeway_seconds = body.leeway_seconds.unwrap_or(DEFAULT_LEEWAY);
        if leeway_seconds > MAX_LEEWAY {
            fields.refuse(
                "leewaySeconds",
                Fault::invalid(format!("The leeway must be from 0 to {MAX_LEEWAY} s.")),
            );
        }
        let all = name
            .zip(owner)
            .zip(url)
            .zip(function)
            .zip(issuer)
            .zip(audience);
        fields.finish(all.map(
            |(((((name, owner), public_key_url), client_function), issuer), audience)| Self {
                name,
                owner,
                public_key_url,
                client_function,
                expected_issuer: issuer,
                expected_audience: audience,
                leeway_seconds,
                single_use: body.single_use.unwrap_or(false),
            },
        ))
    }

    fn into_row(
        self,
        id: AuthenticationSettingId,
        version: i64,
        default_owner: String,
        created_at: i64,
        updated_at: i64,
    ) -> AuthenticationSettingRow {
        AuthenticationSettingRow {
            id,
            name: self.name.into_string(),
            owner: self.owner.map_or(default_owner, Name::into_string),
            public_key_url: self.public_key_url.into_string(),
            client_function: self.client_function.into_string(),
            expected_issuer: self.expected_issuer.map(ExactText::into_string),
            expected_audience: self.expected_audience.map(ExactText::into_string),
            leeway_seconds: self.leeway_seconds,
            single_use: self.single_use,
            version,
            created_at,
            updated_at,
        }
    }
}

async fn wire(
    connection: &mut Connection,
    row: AuthenticationSettingRow,
) -> ApiResult<AuthenticationSetting> {
    Ok(AuthenticationSetting {
        used_by: settings::used_by(connection, &row.id).await?,
        id: row.id,
        name: row.name,
        owner: row.owner,
        type_: AuthenticationType::Oauth2Implicit,
        public_key_url: row.public_key_url,
        client_function: row.client_function,
        expected_issuer: row.expected_issuer,
        expected_audience: row.expected_audience,
        leeway_seconds: row.leeway_seconds,
        single_use: row.single_use,
        version: row.version,
        created_at: timestamp(row.created_at),
        updated_at: timestamp(row.updated_at),
    })
}
