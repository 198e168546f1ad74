//! `bonafide verify --jsonl`: one line out for each line in, whatever the line holds.

#[cfg(target_os = "linux")]
mod memory;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::bonafide::{bonafide, issuer, text};

const NOW: i64 = 1_542_622_071;
const MINT: &str = "token --issuer contosohelp.com --subject bert --now 1542622071 --context cart=10000 \
     --context vip:=false --context half:=0.5";

/// The command, waiting for lines.
fn start() -> Child {
    Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(["verify", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn question(at: &std::path::Path) -> Value {
    json!({
        "id": 1,
        "token": text(at, MINT),
        "keys": std::fs::read_to_string(at.join("public.pem")).unwrap(),
        "now": NOW,
    })
}

fn with(question: &Value, changes: &Value) -> Value {
    let mut question = question.clone();
    for (name, value) in changes.as_object().unwrap() {
        question[name] = value.clone();
    }
    question
}

fn answers(at: &std::path::Path, input: &[u8]) -> Vec<Value> {
    let run = bonafide(at, ["verify", "--jsonl"], input);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr, "");
    let lines = run.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn each_line_gets_its_verdict() {
    let directory = issuer();
    let at = directory.path();
    let question = question(at);
    let lines = [
        with(
            &question,
            &json!({"id": {"any": ["thing"]}, "leeway": 0, "issuer": "contosohelp.com"}),
        ),
        with(&question, &json!({"id": "two", "now": NOW + 961})),
        with(&question, &json!({"audience": "somebody"})),
        with(
            &question,
            &json!({"keys": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"}),
        ),
        with(&question, &json!({"leeway": 301})),
        with(&question, &json!({"token": ""})),
        question.clone(),
    ];
    let input = lines.map(|line| line.to_string()).join("\n");
    let answers = answers(at, input.as_bytes());
    assert_eq!(answers.len(), 7);
    assert_eq!(answers[0]["id"], json!({"any": ["thing"]}));
    assert_eq!(answers[0]["verdict"], "accept", "{}", answers[0]);
    assert_eq!(answers[0]["subject"], "bert");
    assert_eq!(answers[0]["issuer"], "contosohelp.com");
    assert_eq!(answers[0]["kid"].as_str().unwrap().len(), 43);
    assert_eq!(answers[0]["context"]["cart"], "10000");
    assert_eq!(answers[0]["context"]["vip"], false);
    assert_eq!(answers[0]["context"]["half"], 0.5);
    assert!(answers[0].get("code").is_none() && answers[0].get("message").is_none());
    for (index, code) in [
        (1, "token-expired"),
        (2, "token-claim-invalid"),
        (3, "keys-invalid"),
        (4, "invalid-request"),
        (5, "token-malformed"),
    ] {
        assert_eq!(answers[index]["verdict"], "reject");
        assert_eq!(answers[index]["code"], code, "{}", answers[index]);
        assert!(
            answers[index]["message"].as_str().unwrap().ends_with('.'),
            "{}",
            answers[index]
        );
        assert!(answers[index].get("subject").is_none());
    }
    assert_eq!(answers[1]["id"], "two");
    assert_eq!(answers[6]["verdict"], "accept");
}

#[test]
fn no_line_stops_the_stream() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at).to_string();
    let huge = "x".repeat(10 * 1024 * 1024);
    let long_name = format!("{{\"id\":7,\"{}\":1}}", "n".repeat(3 * 1024 * 1024));
    let long_value = format!("{{\"id\":7,\"now\":\"{}\"}}", "v".repeat(3 * 1024 * 1024));
    let twice = with(&question(at), &json!({"id": 7})).to_string();
    let twice = twice.replacen("{", "{\"now\":1,", 1);
    let byte_order_mark = format!("\u{feff}{good}");
    let binary: Vec<u8> = (0..=255).filter(|byte| *byte != b'\n').collect();
    let deep = format!("{{\"id\":7,\"token\":{}", "[".repeat(200_000));
    let unknown = with(&question(at), &json!({"id": 7, "surprise": 1})).to_string();
    let wrong_type = r#"{"id":7,"token":1,"keys":"","now":0}"#;
    let big_number = r#"{"id":7,"token":"","keys":"","now":1e400}"#;
    let surrogate = r#"{"id":7,"token":"\ud800","keys":"","now":0}"#;
    let hostile: [&[u8]; 20] = [
        b"",
        b"\r",
        b"\r\r",
        b"\0",
        &binary,
        long_name.as_bytes(),
        long_value.as_bytes(),
        twice.as_bytes(),
        byte_order_mark.as_bytes(),
        b"not json",
        b"null",
        b"[]",
        b"\"text\"",
        b"{\"id\":7",
        b"\xff\xfe\x00",
        huge.as_bytes(),
        deep.as_bytes(),
        unknown.as_bytes(),
        wrong_type.as_bytes(),
        surrogate.as_bytes(),
    ];
    let mut input = Vec::new();
    for line in hostile.into_iter().chain([big_number.as_bytes()]) {
        input.extend_from_slice(line);
        input.push(b'\n');
        input.extend_from_slice(good.as_bytes());
        input.push(b'\n');
    }
    let answers = answers(at, &input);
    assert_eq!(answers.len(), 2 * (hostile.len() + 1));
    for pair in answers.chunks(2) {
        assert_eq!(pair[0]["verdict"], "reject", "{}", pair[0]);
        assert_eq!(pair[0]["code"], "invalid-request", "{}", pair[0]);
        assert!(
            pair[0]["message"].as_str().unwrap().len() < 400,
            "{}",
            pair[0]
        );
        assert_eq!(pair[1]["verdict"], "accept", "after {}", pair[0]);
    }
    // Where the line is JSON, its id comes back although the rest is not understood.
    let known = answers.chunks(2).filter(|pair| pair[0]["id"] == 7).count();
    assert_eq!(known, 7);
}

#[test]
fn a_line_may_end_as_it_does_on_windows_and_the_last_one_not_at_all() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at).to_string();
    let input = format!("{good}\r\n  {good}\t\r\n{good}");
    let answers = answers(at, input.as_bytes());
    assert_eq!(answers.len(), 3);
    assert!(
        answers.iter().all(|answer| answer["verdict"] == "accept"),
        "{answers:?}"
    );
}

#[test]
fn an_id_comes_back_as_it_was_written() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at);
    let ids = [
        "18446744073709551617",
        "-0.10",
        "1E400",
        "\"\\u0041\\ud83d\\ude00\"",
        "[1,[2]]",
        "{\"b\":1,\"a\":2,\"b\":3}",
        "null",
    ];
    let input: String = ids
        .iter()
        .map(|id| {
            format!(
                "{}\n",
                good.to_string()
                    .replacen("\"id\":1", &format!("\"id\":{id}"), 1)
            )
        })
        .collect();
    let run = bonafide(at, ["verify", "--jsonl"], input);
    assert_eq!(run.stdout.lines().count(), ids.len(), "{}", run.stderr);
    for (id, line) in ids.iter().zip(run.stdout.lines()) {
        let begins = format!("{{\"id\":{id},\"verdict\":\"accept\"");
        assert!(line.starts_with(&begins), "{line}");
    }
    // But no blank between its parts, which may be a carriage return.
    let blank = good
        .to_string()
        .replacen("\"id\":1", "\"id\": [ 1,\r\t{\"a b\" : 2}\r]", 1);
    let run = bonafide(at, ["verify", "--jsonl"], blank);
    let begins = "{\"id\":[1,{\"a b\":2}],\"verdict\":\"accept\"";
    assert!(run.stdout.starts_with(begins), "{}", run.stdout);
    let nameless = with(&good, &json!({}));
    let mut nameless = nameless.as_object().unwrap().clone();
    nameless.remove("id");
    let answers = answers(at, Value::Object(nameless).to_string().as_bytes());
    assert_eq!(answers[0]["id"], Value::Null);
    assert_eq!(answers[0]["verdict"], "accept");
}

/// Python and others end lines at more than line feeds.
#[test]
fn no_reader_sees_more_lines_than_there_are() {
    let directory = issuer();
    let at = directory.path();
    let subject = "a\u{2028}b\u{2029}c\u{85}d\re\u{b}f\u{c}g\u{1c}h";
    let token = minted(at, subject, &["--context", &format!("{subject}={subject}")]);
    let question = with(&question(at), &json!({"id": subject, "token": token}));
    let run = bonafide(at, ["verify", "--jsonl"], question.to_string());
    let line = run.stdout.strip_suffix('\n').unwrap();
    assert!(
        !line.contains(|c: char| c.is_control() || ('\u{2028}'..='\u{2029}').contains(&c)),
        "{line:?}"
    );
    let answer: Value = serde_json::from_str(line).unwrap();
    assert_eq!(answer["id"], subject, "{answer}");
    assert_eq!(answer["subject"], subject, "{answer}");
    assert_eq!(answer["context"][subject], subject, "{answer}");
}

#[test]
fn numbers_keep_the_digits_that_were_signed() {
    let directory = issuer();
    let at = directory.path();
    let numbers = [
        "3",
        "-20",
        "0",
        "0.5",
        "1e+300",
        "9007199254740992",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
    ];
    let context: Vec<String> = numbers
        .iter()
        .enumerate()
        .flat_map(|(place, number)| ["--context".to_owned(), format!("n{place}:={number}")])
        .collect();
    let context: Vec<&str> = context.iter().map(String::as_str).collect();
    let token = minted(at, "bert", &context);
    let question = with(&question(at), &json!({"token": token}));
    let run = bonafide(at, ["verify", "--jsonl"], question.to_string());
    for (place, number) in numbers.iter().enumerate() {
        // A number's end is a comma or a brace.
        let written = [",", "}"].map(|end| format!("\"n{place}\":{number}{end}"));
        assert!(
            written.iter().any(|written| run.stdout.contains(written)),
            "{number}: {}",
            run.stdout
        );
    }
}

fn minted(at: &std::path::Path, subject: &str, more: &[&str]) -> String {
    let mint = "token --issuer contosohelp.com --now 1542622071 --subject";
    let arguments = mint.split(' ').chain([subject]).chain(more.iter().copied());
    let run = bonafide(at, arguments, "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout.trim_end().to_owned()
}

#[test]
fn a_line_that_is_too_long_is_told_from_others_by_its_id() {
    let directory = issuer();
    let at = directory.path();
    let long = "A".repeat(5 * 1024 * 1024);
    let input = format!(
        "{{\"id\": [7, \"x\"], \"token\":\"{long}\"}}\n{{\"token\":\"{long}\",\"id\":8}}\n{}",
        question(at)
    );
    let answers = answers(at, input.as_bytes());
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, [json!([7, "x"]), Value::Null, json!(1)]);
    for answer in &answers[..2] {
        assert_eq!(answer["code"], "invalid-request", "{answer}");
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains("4194304 bytes"), "{message}");
    }
}

#[test]
fn an_answer_comes_before_the_next_question_is_asked() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at).to_string();
    let mut child = start();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(input, "{good}").unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        assert!(answer.contains("accept"), "{answer}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_hundred_thousand_short_lines_each_get_their_answer() {
    let directory = tempfile::tempdir().unwrap();
    let input: String = (0..100_000)
        .map(|id| format!("{{\"id\":{id}}}\n"))
        .collect();
    let run = bonafide(directory.path(), ["verify", "--jsonl"], input);
    let mut expected = 0;
    for line in run.stdout.lines() {
        let begins = format!("{{\"id\":{expected},\"verdict\":\"reject\"");
        assert!(line.starts_with(&begins), "{line}");
        expected += 1;
    }
    assert_eq!(expected, 100_000, "{}", run.stderr);
}
