//! Judges the reasons that a work stream offers when a conversation is closed.

use crate::settings::{Fault, Fields, Text};

/// Most reasons: a longer list is not read at the end of a chat.
const MOST: usize = 50;

/// The reasons, trimmed, in their order.
pub(super) fn check_closing(
    reasons: &[String],
    is_required: bool,
    fields: &mut Fields,
) -> Vec<String> {
    if reasons.len() > MOST {
        let fault = Fault::too_many_entries(reasons.len(), MOST);
        fields.refuse("closingReasons", fault);
        return Vec::new();
    }
    if is_required && reasons.is_empty() {
        let fault = "A reason cannot be required where there is none to choose.";
        fields.refuse("closingReasonRequired", Fault::invalid(fault));
    }
    let mut known: Vec<String> = Vec::new();
    let mut parsed = Vec::new();
    for (index, reason) in reasons.iter().enumerate() {
        let place = format!("closingReasons[{index}]");
        let Some(reason) = fields.take(&place, Text::<100>::parse(reason)) else {
            continue;
        };
        let reason = reason.into_string();
        let key = reason.to_lowercase();
        if known.contains(&key) {
            fields.refuse(
                place,
                Fault::duplicate(format!(
                    "`{reason}` is there twice; upper and lower case are the same."
                )),
            );
        }
        known.push(key);
        parsed.push(reason);
    }
    parsed
}
