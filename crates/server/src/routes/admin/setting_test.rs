//! `/admin/authentication-settings/{id}/test`: fetches the keys now and says what was found, and judges a token step
//! by step. Changes nothing; that it was asked for is audited, the token is not kept.

use std::sync::Arc;

use axum::extract::State;
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Reference;
use bonafide_protocol::admin::test_report::{
    ContextReport, NotAdmitted, StepReport, StepVerdict, TestReport, TestSetting, TokenReport,
};
use bonafide_protocol::id::AuthenticationSettingId;
use bonafide_verifier::{
    KeySet, Policy, StepVerdict as Verdict, VerifiedToken, explain, explain_without_keys,
};

use super::Change;
use super::authentication_settings::find;
use crate::conversations::{REPLAYED, error_code, not_admitted};
use crate::keys::report::key_report;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;
use crate::storage::settings::AuthenticationSettingRow;
use crate::storage::{token_ids, work_streams};

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
    let token = match request.token {
        Some(token) => {
            let token = token.expose().trim();
            Some(token_report(&state, &setting, token, key_set.ok_or(keys.code)).await?)
        }
        None => None,
    };
    let mut entry = change
        .entry("authentication-setting.tested")
        .subject(&id)
        .called(&setting.name);
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

/// Judges a token as the start of a chat would, but uses nothing up. `keys` is the code of their fault when there are none.
async fn token_report(
    state: &AppState,
    setting: &AuthenticationSettingRow,
    token: &str,
    keys: Result<Arc<KeySet>, Option<ErrorCode>>,
) -> ApiResult<TokenReport> {
    let policy = state.conversations.policy(setting);
    let keys = match keys {
        Ok(keys) => keys,
        Err(fault) => return Ok(without_keys(token, &policy, fault)),
    };
    let explanation = explain(token, &keys, &policy, state.clock.now_s());
    let context = match explanation.outcome() {
        Ok(token) => context_report(state, setting, token).await?,
        Err(_) => Vec::new(),
    };
    let mut steps: Vec<_> = explanation.steps().iter().map(step).collect();
    let code = match explanation.outcome() {
        Ok(_) if !setting.single_use => {
            let detail = "The setting accepts a token more than once.";
            steps.push(single_use(StepVerdict::Skipped, detail));
            None
        }
        Ok(token) if is_used_up(state, token).await? => {
            steps.push(single_use(StepVerdict::Failed, REPLAYED));
            Some(ErrorCode::TokenReplayed)
        }
        Ok(_) => {
            let detail =
                "The token's `jti` was not seen before; the chat that it starts uses it up.";
            steps.push(single_use(StepVerdict::Passed, detail));
            None
        }
        Err(refusal) => {
            steps.push(single_use(StepVerdict::Skipped, NOT_REACHED));
            Some(error_code(refusal.code()))
        }
    };
    Ok(TokenReport {
        code,
        steps,
        context,
    })
}

/// What agents would not see of a token's context, for each work stream that it could enter through.
async fn context_report(
    state: &AppState,
    setting: &AuthenticationSettingRow,
    token: &VerifiedToken,
) -> ApiResult<Vec<ContextReport>> {
    let mut reader = state.storage.read().await?;
    let streams = work_streams::of_setting(&mut reader, &setting.id).await?;
    let reports = streams.into_iter().map(|stream| ContextReport {
        not_admitted: not_admitted(&stream.context_variables, token)
            .iter()
            .map(|warning| NotAdmitted {
                name: warning.name.clone(),
                reason: warning.to_string(),
            })
            .collect(),
        work_stream: Reference {
            id: stream.id,
            name: stream.name,
        },
    });
    Ok(reports
        .filter(|report| !report.not_admitted.is_empty())
        .collect())
}

/// What can be said of a token without keys.
fn without_keys(token: &str, policy: &Policy, fault: Option<ErrorCode>) -> TokenReport {
    let (steps, outcome) = explain_without_keys(token, policy);
    let mut steps: Vec<_> = steps.iter().map(step).collect();
    steps.push(single_use(StepVerdict::Skipped, NOT_REACHED));
    let code = match outcome {
        Err(refusal) => Some(error_code(refusal.code())),
        Ok(()) => {
            if let Some(key) = steps.iter_mut().find(|step| step.name == "key") {
                key.verdict = StepVerdict::Failed;
                "There are no usable keys to judge it with.".clone_into(&mut key.detail);
            }
            fault
        }
    };
    TokenReport {
        code,
        steps,
        context: Vec::new(),
    }
}

async fn is_used_up(state: &AppState, token: &VerifiedToken) -> ApiResult<bool> {
    // The setting requires an id; a token without one would not be let in.
    let Some(id) = token.token_id() else {
        return Ok(true);
    };
    let mut reader = state.storage.read().await?;
    Ok(token_ids::is_taken(&mut reader, token.issuer(), id).await?)
}

/// The step that the verifier leaves to whoever remembers tokens.
fn single_use(verdict: StepVerdict, detail: &str) -> StepReport {
    StepReport {
        name: "single-use".to_owned(),
        verdict,
        detail: detail.to_owned(),
    }
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

/// As the verifier says it of its own steps.
const NOT_REACHED: &str = "Not reached.";
