//! `bonafide verify --jsonl` and its memory: as much at the end of a long stream as at its beginning. Read from `/proc`, so
//! on Linux alone.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use base64::Engine as _;
use serde_json::{Value, json};

use super::{NOW, question, start, with};
use crate::bonafide::issuer;

/// Eighty lines of 4 MB each pass through a process that may not have more than 256 MB of address space.
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

/// A thousand lines, and nineteen thousand more, while keys and verdicts change from line to line.
#[test]
fn more_lines_need_no_more_memory() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at);
    let other_keys = with(&good, &json!({"keys": "[]"}));
    let late = with(&good, &json!({"now": NOW + 100_000}));
    let round = format!("{good}\n{other_keys}\nnonsense\n{late}\n");
    let mut judge = Judge::start();
    judge.asked((0..250).map(|_| round.as_str()));
    judge.keeps_nothing_of((0..4_750).map(|_| round.as_str()));
    judge.end();
}

/// Keys near the limit, other ones in each line: what is remembered of the line before must not add up.
#[test]
fn ever_new_key_bodies_of_250_kb_need_no_more_memory() {
    let directory = issuer();
    let at = directory.path();
    let good = question(at);
    let pem = good["keys"].as_str().unwrap();
    let key = base64::engine::general_purpose::STANDARD.encode(pem);
    let kid = good["token"].as_str().unwrap();
    let question_with_keys = |number: usize| {
        // Keys of 100 entries, of which the last serves the token.
        let mut keys: Vec<Value> = (0..99)
            .map(|entry| json!({"kid": format!("{number}-{entry}-{:1900}", ""), "publicKey": key}))
            .collect();
        keys.push(json!({"kid": kid_of(kid), "publicKey": key}));
        let keys = Value::Array(keys).to_string();
        assert!(
            (240 * 1024..=256 * 1024).contains(&keys.len()),
            "{}",
            keys.len()
        );
        format!("{}\n", with(&good, &json!({"keys": keys})))
    };
    let mut judge = Judge::start();
    judge.asked((0..10).map(question_with_keys));
    judge.keeps_nothing_of((10..110).map(question_with_keys));
    assert_eq!(judge.accepted, 110);
    judge.end();
}

/// The `kid` in a token's header.
fn kid_of(token: &str) -> String {
    let header = token.split('.').next().unwrap();
    let header = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(header);
    let header: Value = serde_json::from_slice(&header.unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

/// The command at work, one question at a time.
struct Judge {
    child: Child,
    input: ChildStdin,
    output: std::io::Lines<BufReader<ChildStdout>>,
    accepted: usize,
}

impl Judge {
    fn start() -> Self {
        let mut child = start();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()).lines(),
            accepted: 0,
            child,
        }
    }

    /// Asks these questions, of one line or a few; gives how many bytes they were.
    fn asked(&mut self, questions: impl Iterator<Item = impl AsRef<str>>) -> usize {
        let mut bytes = 0;
        for question in questions {
            let question = question.as_ref();
            bytes += question.len();
            self.input.write_all(question.as_bytes()).unwrap();
            for _ in question.lines() {
                let answer = self.output.next().unwrap().unwrap();
                self.accepted += usize::from(answer.contains("\"verdict\":\"accept\""));
            }
        }
        bytes
    }

    /// Asks these, for which it must not need more memory than it had. An eighth of what they are is left to the allocator,
    /// which keeps some for itself.
    fn keeps_nothing_of(&mut self, questions: impl Iterator<Item = impl AsRef<str>>) {
        let before = self.most_memory();
        let bytes = self.asked(questions);
        let (after, asked) = (self.most_memory(), bytes / 1024);
        assert!(asked > 8_000, "{asked} kB show nothing");
        assert!(
            after <= before + asked / 8,
            "{before} kB, and after {asked} kB of questions {after} kB"
        );
    }

    /// The most memory that it ever had, in kB.
    fn most_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
        kilobytes.parse().unwrap()
    }

    fn end(mut self) {
        drop(self.input);
        assert!(self.child.wait().unwrap().success());
    }
}
