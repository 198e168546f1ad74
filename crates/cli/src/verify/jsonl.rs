//! `--jsonl`: a line in, a line out, in order, for as long as there are lines.
//!
//! No line ends the stream: what is not understood is answered with a reject that says why. An `id` comes back as it
//! was written ([`super::ids`]), whatever it is: a number that no float holds is still the number that was asked with.
//! Must not write what some reader takes for the end of a line inside of one.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bonafide_verifier::{ContextValue, KeySet, Policy, VerifiedToken, verify};
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::ids::{self, Id};
use super::lines::{self, Line};

/// Answers every line of `input`.
///
/// # Errors
/// Only when reading or writing fails.
pub(super) fn answer_all(input: impl io::Read, mut output: impl Write) -> io::Result<()> {
    let mut input = io::BufReader::with_capacity(BUFFER, input);
    let mut output_buffer = io::BufWriter::with_capacity(BUFFER, &mut output);
    let mut keys = LastKeys::default();
    let mut text = String::new();
    while let Some(line) = lines::next(&mut input, MAX_LINE)? {
        one_line(
            &serde_json::to_string(&answer(&line, &mut keys))?,
            &mut text,
        );
        output_buffer.write_all(text.as_bytes())?;
        // Somebody may be waiting for this answer before they send the next line.
        if input.buffer().is_empty() {
            output_buffer.flush()?;
        }
    }
    output_buffer.flush()
}

/// Puts `json` and a line end into `line`. Some readers end lines at more than line feeds; in JSON, those characters
/// stand only in strings, which may hold any of them as an escape.
fn one_line(json: &str, line: &mut String) {
    line.clear();
    for character in json.chars() {
        match character {
            '\u{85}' => line.push_str("\\u0085"),
            '\u{2028}' => line.push_str("\\u2028"),
            '\u{2029}' => line.push_str("\\u2029"),
            other => line.push(other),
        }
    }
    line.push('\n');
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(default)]
    id: Id,
    token: String,
    keys: String,
    now: i64,
    leeway: Option<u32>,
    issuer: Option<String>,
    audience: Option<String>,
}

/// What is left of a question that is not understood.
#[derive(Deserialize)]
struct OnlyId {
    #[serde(default)]
    id: Id,
}

#[derive(Serialize)]
struct Answer {
    id: Id,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(flatten)]
    token: Option<Accepted>,
}

#[derive(Serialize)]
struct Accepted {
    subject: String,
    issuer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
    context: AcceptedContext,
}

/// The token the context is read from.
struct AcceptedContext(VerifiedToken);

fn answer(line: &Line, keys: &mut LastKeys) -> Answer {
    let bytes = match line {
        Line::Bytes(bytes) => bytes,
        Line::TooLong(beginning) => {
            let message = format!("The line has more than {MAX_LINE} bytes.");
            return Answer::reject(ids::leading(beginning), NOT_UNDERSTOOD, message);
        }
    };
    let question: Question = match serde_json::from_slice(bytes) {
        Ok(question) => question,
        Err(fault) => {
            let id = serde_json::from_slice(bytes).map_or(None, |OnlyId { id }| id);
            let fault = beginning(fault.to_string());
            let message = format!("The line is not a question that is understood: {fault}.");
            return Answer::reject(id, NOT_UNDERSTOOD, message);
        }
    };
    let id = question.id.clone();
    // The verifier does not panic. A stream of a million lines should not depend on that.
    catch_unwind(AssertUnwindSafe(|| judge(question, keys))).unwrap_or_else(|_| {
        *keys = LastKeys::default();
        Answer::reject(
            id,
            "internal",
            "The verifier failed on this line.".to_owned(),
        )
    })
}

/// The fault's own text may quote a value of megabytes.
fn beginning(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_QUOTED) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn judge(question: Question, keys: &mut LastKeys) -> Answer {
    let leeway = question.leeway.unwrap_or(60);
    if leeway > MAX_LEEWAY {
        let message = format!("`leeway` is 0 to {MAX_LEEWAY} seconds, not {leeway}.");
        return Answer::reject(question.id, NOT_UNDERSTOOD, message);
    }
    let set = match keys.parse(question.keys) {
        Ok(set) => set,
        Err(message) => return Answer::reject(question.id, "keys-invalid", message.clone()),
    };
    let policy = Policy {
        leeway_seconds: leeway,
        expected_issuer: question.issuer,
        expected_audience: question.audience,
        ..Policy::default()
    };
    match verify(&question.token, set, &policy, question.now) {
        Ok(token) => Answer::accept(question.id, token),
        Err(refusal) => Answer::reject(question.id, refusal.code().as_str(), refusal.to_string()),
    }
}

/// The keys of the line before. Streams ask about the same keys over and over.
#[derive(Default)]
struct LastKeys(Option<(String, Result<KeySet, String>)>);

impl LastKeys {
    fn parse(&mut self, body: String) -> Result<&KeySet, &String> {
        let is_known = self.0.as_ref().is_some_and(|(last, _)| *last == body);
        if !is_known {
            self.0 = None;
        }
        let (_, set) = self.0.get_or_insert_with(|| {
            let set = KeySet::parse(body.as_bytes()).map_err(|fault| fault.to_string());
            (body, set)
        });
        set.as_ref()
    }
}

impl Answer {
    fn accept(id: Id, token: VerifiedToken) -> Self {
        Self {
            id: ids::compact(id),
            verdict: "accept",
            code: None,
            message: None,
            token: Some(Accepted {
                subject: token.subject().to_owned(),
                issuer: token.issuer().to_owned(),
                kid: token.key_id().map(str::to_owned),
                context: AcceptedContext(token),
            }),
        }
    }

    fn reject(id: Id, code: &'static str, message: String) -> Self {
        Self {
            id: ids::compact(id),
            verdict: "reject",
            code: Some(code),
            message: Some(message),
            token: None,
        }
    }
}

impl Serialize for AcceptedContext {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let context = self.0.context();
        let mut map = serializer.serialize_map(Some(context.len()))?;
        for (name, value) in context {
            match value {
                ContextValue::Text(text) => map.serialize_entry(name, text)?,
                ContextValue::Number(digits) => {
                    let digits: &RawValue =
                        serde_json::from_str(digits).map_err(S::Error::custom)?;
                    map.serialize_entry(name, digits)?;
                }
                ContextValue::Boolean(boolean) => map.serialize_entry(name, &boolean)?,
            }
        }
        map.end()
    }
}

/// What is sent to the operating system at once.
const BUFFER: usize = 64 * 1024;
/// A token of 64 KiB and keys of 256 KiB, with every character escaped as `\u00xx`, fit twice.
const MAX_LINE: usize = 4 * 1024 * 1024;
/// Characters of what was wrong with a line.
const MAX_QUOTED: usize = 200;
const MAX_LEEWAY: u32 = 300;
const NOT_UNDERSTOOD: &str = "invalid-request";
