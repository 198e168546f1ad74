//! `/admin/authentication-settings/{id}/test`: fetches the keys now and says what was found, and judges a token step
//! by step. Changes nothing; that it was asked for is audited, the token is not kept.

use axum::extract::State;
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::test_report::{
    StepReport, StepVerdict, TestReport, TestSetting, TokenReport,
};
use bonafide_protocol::id::AuthenticationSettingId;
use bonafide_verifier::{Explanation, KeySet, Policy, StepVerdict as Verdict, explain};

use super::Change;
use super::authentication_settings::find;
use crate::keys::report::key_report;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::storage::settings::AuthenticationSettingRow;

/// Tests an authentication setting. Problems with the keys or the token are the answer, not an error.
#[utoipa::path(post, path = "/admin/authentication-settings/{id}/test", tag = "authentication-settings",
    operation_id = "testAuthenticationSetting", params(("id" = AuthenticationSettingId, Path)),
    request_body = TestSetting, responses((status = OK, body = TestReport)))]
pub async fn test(
    State(state): State<AppState>,
    change: Change,
    Path(id): Path<AuthenticationSettingId>,
    Json(request): Json<TestSetting>,
) -> ApiResult<Json<TestReport>> {
    let mut reader = state.storage.read().await?;
    let setting = find(&mut reader, &id).await?;
    // The website may take seconds to answer; nobody else should wait for this connection.
    drop(reader);
    let (keys, key_set) = key_report(&state.conversations.keys, &setting.public_key_url).await;
    let token = match (request.token, key_set) {
        (Some(token), Some(key_set)) => Some(token_report(
            token.expose().trim(),
            &key_set,
            &policy(&state, setting),
            state.clock.now_s(),
        )?),
        _ => None,
    };
    let mut entry = change.entry("authentication-setting.tested").subject(&id);
    entry = entry.text("keys", verdict(keys.code));
    if let Some(token) = &token {
        entry = entry.text("token", verdict(token.code));
    }
    state.storage.audit(entry).await?;
    Ok(Json(TestReport { keys, token }))
}

/// For the audit: good, or why not.
fn verdict(code: Option<ErrorCode>) -> &'static str {
    code.map_or("good", ErrorCode::as_str)
}

fn policy(state: &AppState, setting: AuthenticationSettingRow) -> Policy {
    Policy {
        leeway_seconds: setting.leeway_seconds.into(),
        expected_issuer: setting.expected_issuer,
        expected_audience: setting.expected_audience,
        max_token_bytes: state.config.max_token_bytes,
        require_token_id: setting.single_use,
    }
}

fn token_report(token: &str, keys: &KeySet, policy: &Policy, now: i64) -> ApiResult<TokenReport> {
    let explanation = explain(token, keys, policy, now);
    Ok(TokenReport {
        code: code(&explanation)?,
        steps: explanation.steps().iter().map(step).collect(),
    })
}

fn code(explanation: &Explanation) -> ApiResult<Option<ErrorCode>> {
    let Err(refusal) = explanation.outcome() else {
        return Ok(None);
    };
    let code = refusal.code().as_str();
    ErrorCode::ALL
        .iter()
        .copied()
        .find(|known| known.as_str() == code)
        .map(Some)
        .ok_or_else(|| ApiError::internal(format!("the verifier raised the unknown code {code}")))
}

fn step(step: &bonafide_verifier::Step) -> StepReport {
    StepReport {
        name: step.name().to_owned(),
        verdict: match step.verdict() {
            Verdict::Passed => StepVerdict::Passed,
            Verdict::Failed => StepVerdict::Failed,
            Verdict::Skipped => StepVerdict::Skipped,
        },
        detail: step.detail().to_owned(),
    }
}
