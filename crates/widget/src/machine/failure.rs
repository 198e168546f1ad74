//! Failures as the page hears of them: the code, a sentence for developers, and whether trying again can help.

use bonafide_protocol::ErrorCode;

use super::input::RequestError;
use crate::text::digits;
use crate::view::ChatFailure;

/// A failure that was found in the page.
pub(super) fn here(code: ErrorCode, message: String) -> ChatFailure {
    ChatFailure {
        code,
        message,
        request_id: None,
        retryable: is_retryable(code),
    }
}

/// What the chat was ended before. Whoever still wants it can ask for it again.
pub(super) fn too_late(message: &str) -> ChatFailure {
    ChatFailure {
        retryable: true,
        ..here(ErrorCode::Conflict, message.into())
    }
}

/// A request that failed.
pub(super) fn of_request(error: RequestError) -> ChatFailure {
    match error {
        RequestError::Unreachable => here(
            ErrorCode::NetworkUnreachable,
            "The chat server did not answer.".into(),
        ),
        RequestError::Problem {
            code,
            detail,
            request_id,
            ..
        } => ChatFailure {
            code,
            message: detail,
            request_id: Some(request_id),
            retryable: is_retryable(code),
        },
        RequestError::Unreadable { status } => here(code_of_status(status), {
            let mut sentence = String::from(
                "What answered at the chat server's address is not the chat server; its status was ",
            );
            sentence.push_str(&digits(status.into()));
            sentence.push('.');
            sentence
        }),
    }
}

/// An answer to something else than what was asked for. The adapter reads an answer as what was asked for, so this is a
/// fault of ours.
pub(super) fn fault() -> RequestError {
    RequestError::Unreadable { status: 200 }
}

/// Whether the same request may well succeed a little later without anybody doing anything.
pub(super) fn is_passing(error: &RequestError) -> bool {
    let code = match error {
        RequestError::Unreachable => return true,
        RequestError::Problem { code, .. } => *code,
        RequestError::Unreadable { status } => code_of_status(*status),
    };
    matches!(
        code,
        ErrorCode::RateLimited
            | ErrorCode::KeysUnavailable
            | ErrorCode::Unavailable
            | ErrorCode::Internal
    )
}

/// Whether something on the way to the server refuses what was asked for, and would again: a firewall that dislikes a text.
pub(super) fn is_refusal(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Unreadable {
            status: 400 | 403 | 406 | 413 | 415 | 422 | 451
        }
    )
}

/// Whether the session does not open the conversation any more.
pub(super) fn is_session_over(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Problem {
            code: ErrorCode::SessionExpired | ErrorCode::ConversationNotFound,
            ..
        }
    )
}

/// The code of a problem body, if there was one.
pub(super) fn code(error: &RequestError) -> Option<ErrorCode> {
    match error {
        RequestError::Problem { code, .. } => Some(*code),
        _ => None,
    }
}

fn code_of_status(status: u16) -> ErrorCode {
    match status {
        429 => ErrorCode::RateLimited,
        502..=504 => ErrorCode::Unavailable,
        _ => ErrorCode::Internal,
    }
}

/// Whether a person or a program that tries again has a chance. What an administrator must repair is not so.
fn is_retryable(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NetworkUnreachable
            | ErrorCode::ClientFunctionFailed
            | ErrorCode::ClientFunctionTimeout
            | ErrorCode::TokenNotProvided
            | ErrorCode::TokenExpired
            | ErrorCode::TokenNotYetValid
            | ErrorCode::TokenReplayed
            | ErrorCode::KeysUnavailable
            | ErrorCode::KeysInvalid
            | ErrorCode::RateLimited
            | ErrorCode::SessionExpired
            | ErrorCode::SignInRequired
            | ErrorCode::Unavailable
            | ErrorCode::Internal
    )
}
