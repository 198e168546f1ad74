//! `bonafide verify` with one token: verdicts, exit codes, and the interplay of issuer and verifier.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;

use crate::bonafide::{bonafide, issuer, text};

const MINT: &str = "token --issuer contosohelp.com --subject 87b4d06c-abc2-e811-a9b0-000d3a10e09e";

#[test]
fn a_genuine_token_is_accepted_step_by_step() {
    let directory = issuer();
    let at = directory.path();
    let token = text(
        at,
        &format!("{MINT} --audience portal --context cart=10000 --context vip:=false"),
    );
    let arguments = "verify --keys public.pem --issuer contosohelp.com --audience portal";
    let run = bonafide(at, arguments.split(' ').chain([token.as_str()]), "");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for step in [
        "structure",
        "algorithm",
        "key",
        "signature",
        "claims",
        "time",
        "context",
    ] {
        let line = run
            .stdout
            .lines()
            .find(|line| line.contains(&format!("  {step} ")));
        assert!(
            line.is_some_and(|line| line.starts_with("passed")),
            "{step}: {}",
            run.stdout
        );
    }
    assert!(
        run.stdout.contains("87b4d06c-abc2-e811-a9b0-000d3a10e09e"),
        "{}",
        run.stdout
    );
    let piped = bonafide(
        at,
        ["verify", "--keys", "public.pem"],
        format!(" {token}\n"),
    );
    assert_eq!(piped.code, 0, "{}{}", piped.stdout, piped.stderr);
}

#[test]
fn a_refused_token_says_at_which_step_and_exits_with_1() {
    let directory = issuer();
    let at = directory.path();
    let token = text(at, &format!("{MINT} --now 1542622071 --lifetime 3600"));
    let (unsigned, _) = token.rsplit_once('.').unwrap();
    let wrong = format!("{unsigned}.{}", "A".repeat(342));
    for (arguments, token, step, code) in [
        ("--now 1542622071", &token, "", ""),
        ("--now 1542625670", &token, "", ""),
        (
            "--now 1542625731 --leeway 0",
            &token,
            "time",
            "token-expired",
        ),
        ("--now 1542625731", &token, "time", "token-expired"),
        ("--now 1542622010", &token, "time", "token-not-yet-valid"),
        ("--now -1", &token, "time", "token-not-yet-valid"),
        (
            "--now 1542622071 --issuer x",
            &token,
            "issuer-and-audience",
            "token-claim-invalid",
        ),
        (
            "--now 1542622071 --audience x",
            &token,
            "issuer-and-audience",
            "token-claim-invalid",
        ),
        (
            "--now 1542622071",
            &wrong,
            "signature",
            "token-signature-invalid",
        ),
        (
            "--now 1542622071",
            &"hello".to_owned(),
            "structure",
            "token-malformed",
        ),
    ] {
        let all = format!("verify --keys public.pem {arguments}");
        let run = bonafide(at, all.split(' ').chain([token.as_str()]), "");
        let said = format!("{arguments}: {}{}", run.stdout, run.stderr);
        if code.is_empty() {
            assert_eq!(run.code, 0, "{said}");
            continue;
        }
        assert_eq!(run.code, 1, "{said}");
        assert!(run.stdout.contains(&format!("reject   {code}\n")), "{said}");
        let failed = run.stdout.lines().find(|line| line.starts_with("FAILED"));
        assert!(failed.is_some_and(|line| line.contains(step)), "{said}");
    }
}

#[test]
fn tokens_of_both_keys_verify_while_they_overlap() {
    let directory = issuer();
    let at = directory.path();
    let before = text(at, MINT);
    text(at, "keys rotate --lead 0");
    let after = text(at, MINT);
    std::fs::write(at.join("array.json"), text(at, "keys publish")).unwrap();
    for token in [before, after] {
        let run = bonafide(at, ["verify", "--keys", "array.json", &token], "");
        assert_eq!(run.code, 0, "{}", run.stdout);
    }
}

/// With its id, by which whoever publishes it finds it.
#[test]
fn an_entry_that_is_passed_over_is_named_first() {
    let directory = issuer();
    let at = directory.path();
    text(at, "keys rotate --lead 0");
    let token = text(at, MINT);
    let published = text(at, "keys publish");
    let entries = published.trim_start().strip_prefix('[').unwrap();
    let body = format!(r#"[{{"kid": "broken\n"}}, {entries}"#);
    std::fs::write(at.join("array.json"), body).unwrap();
    let run = bonafide(at, ["verify", "--keys", "array.json", &token], "");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(
        run.stdout.lines().next(),
        Some(
            r"warning  keys                 Line 1, column 2, entry 1 (`kid` `broken\n`) `publicKey`: is missing."
        )
    );
}

#[test]
fn unusable_arguments_exit_with_2_and_a_sentence() {
    let directory = issuer();
    let at = directory.path();
    let private = std::fs::read_dir(at.join("keys"))
        .unwrap()
        .find_map(|file| {
            let path = file.unwrap().path();
            path.to_str()
                .unwrap()
                .ends_with(".private.pem")
                .then_some(path)
        });
    std::fs::copy(private.unwrap(), at.join("private.pem")).unwrap();
    std::fs::write(
        at.join("unquoted.json"),
        "[{\"kid\": \"a\",\n \"publicKey\": LS0t\"}]",
    )
    .unwrap();
    for (arguments, said) in [
        ("verify x", "--keys"),
        (
            "verify --keys nowhere.pem x",
            "`nowhere.pem` cannot be read",
        ),
        ("verify --keys private.pem x", "private"),
        ("verify --keys unquoted.json x", "Line 2, column 15"),
        ("verify --keys public.pem --leeway 301 x", "301"),
        ("verify --keys public.pem --now tomorrow x", "tomorrow"),
        ("verify --keys http://127.0.0.1:1/ x", "https"),
        ("verify --keys HTTP://127.0.0.1:1/ x", "https"),
        ("verify --keys HTTPS://127.0.0.1/ x", "not allowed"),
        ("verify --keys https://127.0.0.1/ x", "not allowed"),
        ("verify --jsonl --keys public.pem", "--jsonl"),
    ] {
        let run = bonafide(at, arguments.split(' '), "");
        assert_eq!(run.code, 2, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{arguments}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments}");
    }
}

#[test]
fn keys_are_fetched_from_a_url() {
    let directory = issuer();
    let at = directory.path();
    let token = text(at, MINT);
    let body = std::fs::read_to_string(at.join("public.pem")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/publickey", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        assert!(socket.read(&mut request).unwrap() > 0);
        let length = body.len();
        write!(
            socket,
            "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
    });
    let arguments = ["verify", "--allow-private-key-urls", "--keys", &url, &token];
    let run = bonafide(at, arguments, "");
    // First this: without a request the server would wait for ever.
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    server.join().unwrap();
}

/// `bonafide verify … | head -0` still exits with the verdict: a script that only asks for the code must not take a
/// closed pipe for a yes.
#[test]
fn the_verdict_is_the_exit_code_although_nobody_reads() {
    let directory = issuer();
    let at = directory.path();
    let token = text(at, &format!("{MINT} --now 1542622071 --lifetime 3600"));
    for (now, code) in [("1542622071", 0), ("1542629999", 1)] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = Command::new(env!("CARGO_BIN_EXE_bonafide"))
            .args(["verify", "--keys", "public.pem", "--now", now, &token])
            .current_dir(at)
            .stdout(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(code), "{now}");
    }
}

/// A genuine token of a hostile issuer must not write lines of its own, nor give orders to the terminal.
#[test]
fn what_a_token_says_cannot_forge_a_line() {
    let directory = issuer();
    let at = directory.path();
    let forged = "bert`\naccept   subject `ada\r\u{1b}[1A\u{9b}2K\u{202e}\u{2028}";
    let mint = ["token", "--subject", forged, "--issuer", forged];
    let token = bonafide(at, mint, "");
    assert_eq!(token.code, 0, "{}", token.stderr);
    let run = bonafide(at, ["verify", "--keys", "public.pem"], token.stdout);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let is_harmless = |text: &str| {
        !text.contains(|c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2028}')
        })
    };
    assert!(is_harmless(&run.stdout), "{:?}", run.stdout);
    let verdicts: Vec<_> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("accept"))
        .collect();
    let escaped = r"bert`\naccept   subject `ada\r\u{1b}[1A\u{9b}2K\u{202e}\u{2028}";
    let expected = format!("accept   subject `{escaped}` of issuer `{escaped}`");
    assert_eq!(verdicts, [expected.as_str()]);

    // Nor can what the command was told to expect, or the name of a file.
    let token = text(at, MINT);
    for arguments in [
        ["--keys", "public.pem", "--issuer", forged],
        ["--keys", "public.pem", "--audience", forged],
        ["--keys", forged, "--audience", "x"],
    ] {
        let run = bonafide(at, ["verify"].iter().chain(&arguments), &token);
        assert_ne!(run.code, 0);
        assert!(is_harmless(&run.stdout), "{:?}", run.stdout);
        assert!(is_harmless(&run.stderr), "{:?}", run.stderr);
        assert!(!run.stdout.contains("\naccept"), "{}", run.stdout);
        assert_eq!(run.stderr.matches('\n').count(), run.stderr.len().min(1));
    }
}
