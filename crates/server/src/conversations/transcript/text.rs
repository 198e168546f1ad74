//! A transcript as text for people. A line that begins at the margin is the server's; what people wrote stands behind a time
//! and a name, and each further line of it is indented, so that nobody can write a line that another seems to have said.

use bonafide_protocol::Timestamp;
use bonafide_protocol::agent::{Authentication, LinkedContact, ProofState, UnverifiedReason};
use bonafide_protocol::file::Attachment;
use bonafide_protocol::transcript::TranscriptHead;
use bonafide_protocol::visitor::{Author, ConversationState, Message};

use crate::files::judge::called;

/// Which conversation, with whom, and how that was proved.
pub(super) fn head(head: &TranscriptHead) -> String {
    let state = match head.state {
        ConversationState::Waiting => "waiting",
        ConversationState::Active => "active",
        ConversationState::Closed => "closed",
    };
    let mut facts = vec![
        ("Conversation", head.id.to_string()),
        ("Times", format!("UTC ({})", head.utc_offset)),
        ("Transcript made", time(&head.made_at)),
        ("Started", time(&head.started_at)),
        ("State", state.to_owned()),
        ("Queue", head.queue.name.clone()),
    ];
    if let Some(agent) = &head.agent {
        facts.push(("Agent", agent.name.clone()));
    }
    facts.push(("Visitor", name(head.visitor.as_deref()).to_owned()));
    match &head.authentication {
        Authentication::Verified {
            setting,
            issuer,
            subject,
            key_id,
            key_fingerprint,
            verified_at,
            expires_at,
            state,
        } => {
            let lapsed = match state {
                ProofState::Current => "",
                ProofState::Lapsed => ", and was not renewed",
            };
            facts.extend([
                ("Authenticated", "Yes".to_owned()),
                ("Proved by", setting.name.clone()),
                ("Issuer", issuer.clone()),
                ("Subject", subject.clone()),
                (
                    "Key id",
                    key_id.clone().unwrap_or_else(|| "none".to_owned()),
                ),
                ("Key SHA-256", key_fingerprint.clone()),
                ("Verified", time(verified_at)),
                ("Valid until", format!("{}{lapsed}", time(expires_at))),
            ]);
        }
        Authentication::Unverified { reason } => {
            let why = match reason {
                UnverifiedReason::NoSetting => "the chat widget has no authentication setting",
                UnverifiedReason::NotSignedIn => "the visitor was not signed in",
            };
            facts.push(("Authenticated", format!("No: {why}")));
        }
    }
    if let LinkedContact::Linked { id, name, .. } = &head.contact {
        facts.push(("Contact", format!("{name} ({id})")));
    }
    facts.push(("Page", head.page.url.clone()));
    let mut text = String::new();
    for (label, value) in facts {
        text.push_str(&format!("{label}: {}\n", one_line(&value)));
    }
    text.push('\n');
    text
}

/// One message.
pub(super) fn message(message: &Message, visitor: Option<&str>) -> String {
    let author = match message.from {
        Author::Visitor => name(visitor),
        Author::Agent => message.name.as_deref().unwrap_or("Agent"),
    };
    let side = match message.from {
        Author::Visitor => "visitor",
        Author::Agent => "agent",
    };
    let written = match &message.attachment {
        Some(file) => format!("[file] {}", described(file)),
        None => message.text.replace("\r\n", "\n"),
    };
    let mut lines = written.split(is_break);
    let mut text = format!(
        "[{}] {} ({side}): {}\n",
        time(&message.sent_at),
        one_line(author),
        lines.next().unwrap_or_default()
    );
    for line in lines {
        text.push_str("    ");
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// What the text says in place of a file.
fn described(file: &Attachment) -> String {
    let kind = called(file.r#type);
    let size = match (file.width, file.height) {
        (Some(width), Some(height)) => format!(", {width} × {height} pixels"),
        _ => String::new(),
    };
    format!("{} ({kind}, {} bytes{size})", file.name, file.bytes)
}

/// After the last message: who finds this line knows that nothing was cut off.
pub(super) fn end(messages: u32) -> String {
    let messages = match messages {
        1 => "1 message".to_owned(),
        count => format!("{count} messages"),
    };
    format!("\nEnd of the transcript: {messages}.\n")
}

fn name(visitor: Option<&str>) -> &str {
    visitor.unwrap_or("Unknown visitor")
}

/// `2026-11-22T20:00:00.000Z` as `2026-11-22 20:00:00 UTC`.
fn time(time: &Timestamp) -> String {
    let text = time.as_str();
    let to_the_second = text.split('.').next().unwrap_or(text);
    format!("{} UTC", to_the_second.replace('T', " "))
}

/// Everything that some program takes for the end of a line.
fn is_break(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn one_line(text: &str) -> String {
    text.replace(
        |character: char| is_break(character) || character.is_control(),
        " ",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use bonafide_protocol::id::MessageId;

    fn said(from: Author, text: &str) -> Message {
        Message {
            id: MessageId::from_text("msg_1"),
            client_id: "a".to_owned(),
            seq: 1,
            from,
            name: (from == Author::Agent).then(|| "Ana".to_owned()),
            text: text.to_owned(),
            attachment: None,
            sent_at: Timestamp::from_rfc3339("2026-11-22T20:00:05.123Z".to_owned()),
        }
    }

    #[test]
    fn nobody_can_write_a_line_that_another_seems_to_have_said() {
        for line_break in ["\n", "\r", "\r\n", "\u{2028}", "\u{85}", "\u{b}"] {
            let forged =
                format!("Hi{line_break}[2026-11-22 20:00:06 UTC] Ana (agent): You get it free");
            let text = message(&said(Author::Visitor, &forged), Some("Bert\n[x] Ana"));
            let at_the_margin: Vec<&str> = text
                .split(is_break)
                .filter(|line| !line.is_empty() && !line.starts_with(' '))
                .collect();
            assert_eq!(
                at_the_margin,
                ["[2026-11-22 20:00:05 UTC] Bert [x] Ana (visitor): Hi"],
                "{line_break:?}"
            );
        }
    }

    #[test]
    fn who_said_it_and_when() {
        assert_eq!(
            message(&said(Author::Agent, "Hello\nthere"), None),
            "[2026-11-22 20:00:05 UTC] Ana (agent): Hello\n    there\n"
        );
        assert_eq!(
            message(&said(Author::Visitor, "Hi"), None),
            "[2026-11-22 20:00:05 UTC] Unknown visitor (visitor): Hi\n"
        );
        assert_eq!(end(1), "\nEnd of the transcript: 1 message.\n");
    }
}
