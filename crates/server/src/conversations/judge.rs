//! Is the visitor's token genuine? Gets the keys, asks the verifier, and asks for newer keys where the website
//! may have changed them.
//!
//! Must not let a refused token go on as an anonymous chat: every way out of here is a verified token or an
//! error. The page learns the code; the sentence with the cause is for the audit.

use bonafide_protocol::admin::Actor;
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_verifier::{KeySet, Policy, RefusalCode, VerifiedToken, check_without_keys, verify};
use metrics::counter;

use super::{Caller, Conversations, Refused};
use crate::storage::audit::Entry;
use crate::storage::settings::AuthenticationSettingRow;

/// A token that was not accepted, with the administrator's sentence.
#[derive(Debug)]
pub(super) struct TokenRefused {
    pub(super) code: ErrorCode,
    pub(super) cause: String,
}

impl Conversations {
    /// Judges a token under a setting.
    pub(super) async fn judge(
        &self,
        setting: &AuthenticationSettingRow,
        token: &Secret,
    ) -> Result<VerifiedToken, TokenRefused> {
        let token = token.expose().trim();
        let policy = self.policy(setting);
        // Before the keys: what no key can make good must not make the server ask a website, nor look like its outage.
        check_without_keys(token, &policy).map_err(TokenRefused::from)?;
        let mut held = self
            .keys
            .key_set(&setting.public_key_url)
            .await
            .map_err(|error| TokenRefused {
                code: error.code(),
                cause: error.to_string(),
            })?;
        loop {
            let refusal = match verify(token, &held.keys, &policy, self.clock.now_s()) {
                Ok(token) => return Ok(token),
                Err(refusal) => refusal,
            };
            if !may_be_out_of_date(&held.keys, refusal.code()) {
                return Err(refusal.into());
            }
            // Each turn needs a set that was fetched later than the one before, and those come at most once
            // in a cool-down: this ends.
            match self.keys.newer_than(&setting.public_key_url, &held).await {
                Some(newer) => held = newer,
                None => return Err(refusal.into()),
            }
        }
    }

    /// What a setting asks of tokens.
    pub(crate) fn policy(&self, setting: &AuthenticationSettingRow) -> Policy {
        Policy {
            leeway_seconds: u32::from(setting.leeway_seconds),
            expected_issuer: setting.expected_issuer.clone(),
            expected_audience: setting.expected_audience.clone(),
            max_token_bytes: self.max_token_bytes,
            require_token_id: setting.single_use,
        }
    }

    /// Records a refusal in the audit, and says what the page may know of it.
    pub(super) async fn refuse_token(
        &self,
        caller: &Caller,
        refused: TokenRefused,
        subject: &(impl ToString + Sync),
        setting: &AuthenticationSettingRow,
    ) -> Refused {
        let TokenRefused { code, cause } = refused;
        counter!("bonafide_tokens_refused_total", "code" => code.as_str()).increment(1);
        let entry = Entry::new(self.clock.now_ms(), Actor::Visitor, "token.refused")
            .subject(subject.to_string())
            .request(&caller.request_id)
            .code(code)
            .text("setting", setting.name.as_str())
            .text("cause", cause);
        match self.storage.audit(entry).await {
            Ok(()) => Refused::new(code, page_detail(code)),
            // Unseen refusals would hide an attack, so without the audit there is no answer either.
            Err(error) => error.into(),
        }
    }
}

/// What the page is told: nothing about claims, keys or addresses.
fn page_detail(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::KeysInvalid | ErrorCode::KeysUnavailable => {
            "Sign-in cannot be checked at the moment. Try again later."
        }
        ErrorCode::TokenExpired => "The sign-in token has expired. Get a new one.",
        _ => {
            "The sign-in token was not accepted. The server's audit says why, under this request id."
        }
    }
}

/// Whether the website's keys may have changed since they were fetched. Where there is but one key, a token need not
/// name it, so there a new key shows as a wrong signature.
fn may_be_out_of_date(keys: &KeySet, code: RefusalCode) -> bool {
    match code {
        RefusalCode::KeyUnknown | RefusalCode::KeyExpired => true,
        RefusalCode::SignatureInvalid => keys.keys().len() == 1,
        _ => false,
    }
}

impl From<bonafide_verifier::Refusal> for TokenRefused {
    fn from(refusal: bonafide_verifier::Refusal) -> Self {
        Self {
            code: error_code(refusal.code()),
            cause: refusal.to_string(),
        }
    }
}

/// Why a single-use token is refused the second time, for administrators.
pub(crate) const REPLAYED: &str =
    "The token's `jti` was seen before, and the setting accepts each only once.";

/// The wire's code for the verifier's: both are spelled alike.
pub(crate) fn error_code(code: RefusalCode) -> ErrorCode {
    match code {
        RefusalCode::Malformed => ErrorCode::TokenMalformed,
        RefusalCode::AlgorithmUnsupported => ErrorCode::TokenAlgorithmUnsupported,
        RefusalCode::KeyUnknown => ErrorCode::TokenKeyUnknown,
        RefusalCode::KeyExpired => ErrorCode::TokenKeyExpired,
        RefusalCode::SignatureInvalid => ErrorCode::TokenSignatureInvalid,
        RefusalCode::ClaimMissing => ErrorCode::TokenClaimMissing,
        RefusalCode::ClaimInvalid => ErrorCode::TokenClaimInvalid,
        RefusalCode::Expired => ErrorCode::TokenExpired,
        RefusalCode::NotYetValid => ErrorCode::TokenNotYetValid,
        RefusalCode::ContextInvalid => ErrorCode::TokenContextInvalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifiers_codes_are_the_wires() {
        for &code in RefusalCode::ALL {
            assert_eq!(error_code(code).as_str(), code.as_str());
        }
    }
}
