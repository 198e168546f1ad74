//! What visitors and agents may send: the limits of the protocol's fields.

use bonafide_protocol::FieldError;
use bonafide_protocol::agent::CloseConversation;
use bonafide_protocol::context::{Context, ContextValue};
use bonafide_protocol::note::PostNote;
use bonafide_protocol::visitor::{MessagesWanted, PageInfo, PostMessage, StartConversation};

use super::Refused;
use crate::settings::Fault;

/// Judges the fields of a start. Where no token `is_judged`, one that is sent is as good as none.
pub(super) fn judge_start(body: &StartConversation, is_judged: bool) -> Result<(), Refused> {
    let mut faults = Vec::new();
    judge_page(&body.page, &mut faults);
    if let Some(context) = &body.context {
        if is_judged && body.token.is_some() {
            faults.push(
                Fault::invalid(
                    "`context` is only for a start without a token; the token carries its own.",
                )
                .of("context"),
            );
        }
        judge_context(context, &mut faults);
    }
    finish(faults)
}

/// Judges a message.
pub(super) fn judge_message(body: &PostMessage) -> Result<(), Refused> {
    let mut faults = Vec::new();
    judge_client_id(&body.client_id, &mut faults);
    if body.text.trim().is_empty() {
        faults.push(Fault::required("A message must not be blank.").of("text"));
    }
    judge_text("text", &body.text, MAX_MESSAGE, &mut faults);
    finish(faults)
}

/// Judges what goes with a file. Its content is judged while it arrives, and no name is refused.
pub(super) fn judge_file(client_id: &str) -> Result<(), Refused> {
    let mut faults = Vec::new();
    judge_client_id(client_id, &mut faults);
    finish(faults)
}

/// Judges a note for colleagues.
pub(super) fn judge_note(body: &PostNote) -> Result<(), Refused> {
    let mut faults = Vec::new();
    judge_client_id(&body.client_id, &mut faults);
    judge_note_text("text", &body.text, &mut faults);
    finish(faults)
}

/// Judges what is said at a close.
pub(super) fn judge_close(body: &CloseConversation) -> Result<(), Refused> {
    let mut faults = Vec::new();
    if let Some(reason) = &body.reason {
        judge_text("reason", reason, MAX_REASON, &mut faults);
    }
    if let Some(note) = &body.note {
        judge_note_text("note", note, &mut faults);
    }
    finish(faults)
}

/// Judges the note that comes with a hand-over.
pub(super) fn judge_hand_over(note: Option<&str>) -> Result<(), Refused> {
    let mut faults = Vec::new();
    if let Some(note) = note {
        judge_note_text("note", note, &mut faults);
    }
    finish(faults)
}

fn judge_note_text(field: &str, text: &str, faults: &mut Vec<FieldError>) {
    if text.trim().is_empty() {
        faults.push(Fault::required("A note must not be blank.").of(field));
    }
    judge_text(field, text, MAX_MESSAGE, faults);
}

fn judge_client_id(client_id: &str, faults: &mut Vec<FieldError>) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !(1..=64).contains(&client_id.len()) || !client_id.bytes().all(is_plain) {
        faults.push(
            Fault::invalid("`clientId` must be 1 to 64 letters, digits, `_` or `-`.")
                .of("clientId"),
        );
    }
}

/// Judges the context of a conversation that runs.
pub(super) fn judge_set_context(context: &Context) -> Result<(), Refused> {
    let mut faults = Vec::new();
    judge_context(context, &mut faults);
    finish(faults)
}

/// On which side of which number messages are wanted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Side {
    After(u32),
    Before(u32),
}

/// Judges which messages are wanted.
pub(super) fn judge_wanted(wanted: &MessagesWanted) -> Result<Side, Refused> {
    match (wanted.after, wanted.before) {
        (after, None) => Ok(Side::After(after.unwrap_or(0))),
        (None, Some(before)) => Ok(Side::Before(before)),
        (Some(_), Some(_)) => {
            let fault = Fault::invalid(
                "`after` and `before` ask for different messages. Leave one of them out.",
            );
            Err(Refused::Fields(vec![fault.of("before")]))
        }
    }
}

fn judge_page(page: &PageInfo, faults: &mut Vec<FieldError>) {
    judge_text("page.url", &page.url, 2_048, faults);
    judge_text("page.title", &page.title, 300, faults);
    judge_text("page.locale", &page.locale, 64, faults);
}

/// The same limits as for context in a token.
fn judge_context(context: &Context, faults: &mut Vec<FieldError>) {
    if context.len() > MAX_VARIABLES {
        faults.push(Fault::too_many_entries(context.len(), MAX_VARIABLES).of("context"));
        return;
    }
    for (name, value) in context {
        let field = format!(
            "context.{}",
            name.chars().take(MAX_NAME).collect::<String>()
        );
        if name.is_empty() {
            faults.push(Fault::required("A context variable needs a name.").of("context"));
        }
        judge_text(&field, name, MAX_NAME, faults);
        match value {
            ContextValue::Boolean(_) => {}
            ContextValue::Number(number) => judge_text(&field, number.as_str(), MAX_VALUE, faults),
            ContextValue::Text(text) => judge_text(&field, text, MAX_VALUE, faults),
        }
    }
}

fn judge_text(field: &str, text: &str, max: usize, faults: &mut Vec<FieldError>) {
    let length = text.chars().count();
    if length > max {
        faults.push(Fault::too_many_characters(length, max).of(field));
    }
    // Some databases cannot store it, and nobody can type it.
    if text.contains('\0') {
        faults.push(Fault::invalid("This must not contain U+0000.").of(field));
    }
}

fn finish(faults: Vec<FieldError>) -> Result<(), Refused> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Refused::Fields(faults))
    }
}

const MAX_MESSAGE: usize = 4_000;
/// As long as a work stream's closing reason may be.
const MAX_REASON: usize = 100;
const MAX_VARIABLES: usize = 100;
const MAX_NAME: usize = 100;
const MAX_VALUE: usize = 4_000;
