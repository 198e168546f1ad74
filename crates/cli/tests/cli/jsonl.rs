//! `bonafide verify --jsonl`: one line out for each line in, whatever the line holds.

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
        "[ 1,  2 ]",
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
    let nameless = with(&good, &json!({}));
    let mut nameless = nameless.as_object().unwrap().clone();
    nameless.remove("id");
    let answers = answers(at, Value::Object(nameless).to_string().as_bytes());
    assert_eq!(answers[0]["id"], Value::Null);
    assert_eq!(answers[0]["verdict"], "accept");
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

/// Eighty lines of 4 MB each pass through a process that may not have more than 256 MB of address space.
#[cfg(target_os = "linux")]
#[test]
fn a_stream_of_any_length_needs_constant_memory() {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -v 262144; exec \"$0\" verify --jsonl"])
        .arg(env!("CARGO_BIN_EXE_bonafide"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let line = format!("{}\n", "x".repeat(4_000_000));
        for _ in 0..80 {
            input.write_all(line.as_bytes()).unwrap();
        }
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    assert_eq!(
        output.stdout.iter().filter(|byte| **byte == b'\n').count(),
        80
    );
}

/// As much memory after ten thousand answers as after one thousand, while keys and verdicts change from line to line.
#[cfg(target_os = "linux")]
#[test]
fn more_lines_need_no_more_memory() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at);
    let other_keys = with(&good, &json!({"keys": "[]"}));
    let late = with(&good, &json!({"now": NOW + 100_000}));
    let round = format!("{good}\n{other_keys}\nnonsense\n{late}\n");
    let mut child = start();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let status = format!("/proc/{}/status", child.id());
    let mut most_memory_after = |rounds: usize| {
        for _ in 0..rounds {
            input.write_all(round.as_bytes()).unwrap();
            for _ in 0..4 {
                output.next().unwrap().unwrap();
            }
        }
        let status = std::fs::read_to_string(&status).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
        kilobytes.parse::<u64>().unwrap()
    };
    let (few, many) = (most_memory_after(250), most_memory_after(2_250));
    assert!(
        many <= few + 512,
        "{few} kB after a thousand lines, {many} kB after ten thousand"
    );
    drop(input);
    assert!(child.wait().unwrap().success());
}
