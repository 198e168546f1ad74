//! What `bonafide verify` says of a token that it refuses: what was found, word for word, and how it most likely came there.

use crate::bonafide::{bonafide, issuer, text};

const MINT: &str = "token --issuer contosohelp.com --subject s1 --audience portal --now 1542622071 --lifetime 3600";
const AT: i64 = 1_542_622_071;

/// Runs it on each token at a time, with other arguments, and compares what it says behind the step's name.
fn check(cases: &[(i64, &str, String, String)], at: &std::path::Path) {
    for (now, arguments, token, said) in cases {
        let all = format!("verify --keys public.pem --now {now} {arguments}");
        let run = bonafide(at, all.split_whitespace().chain([token.as_str()]), "");
        let context = format!("{all} {token}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.code, 1, "{context}");
        let failed = run
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix("FAILED"));
        let (_, found) = failed.unwrap().trim().split_once(' ').unwrap();
        assert_eq!(found.trim_start(), said, "{context}");
    }
}

#[test]
fn claims_and_times_are_shown_beside_what_is_expected() {
    let directory = issuer();
    let token = text(directory.path(), MINT);
    let case = |now, arguments, said: &str| (now, arguments, token.clone(), said.to_owned());
    let cases = [
        case(
            AT,
            "--issuer contosohelp.com/",
            "The claim `iss` is `contosohelp.com`, not the expected issuer `contosohelp.com/`; they differ in the final `/`.",
        ),
        case(
            AT,
            "--issuer https://contosohelp.com",
            "The claim `iss` is `contosohelp.com`, not the expected issuer `https://contosohelp.com`; they differ in `http://` or `https://`.",
        ),
        case(
            AT,
            "--audience shop",
            "The claim `aud` is `portal`, not the expected audience `shop`.",
        ),
        case(
            AT + 3_661,
            "",
            "The token expired at 2018-11-19T11:07:51Z (1542625671), 61 s ago; now is 2018-11-19T11:08:52Z (1542625732), and the setting allows 60 s.",
        ),
        case(
            AT + 3_600 + 2 * 86_400,
            "",
            "The token expired at 2018-11-19T11:07:51Z (1542625671), 2 days ago; now is 2018-11-21T11:07:51Z (1542798471), and the setting allows 60 s.",
        ),
        case(
            AT - 3_600,
            "",
            "The claim `nbf` is 2018-11-19T10:07:51Z (1542622071), 60 min ahead; now is 2018-11-19T09:07:51Z (1542618471), and the setting allows 60 s.",
        ),
    ];
    check(&cases, directory.path());
}

#[test]
fn what_is_no_token_is_told_with_its_mend() {
    let directory = issuer();
    let token = text(directory.path(), MINT);
    let (two_parts, _) = token.rsplit_once('.').unwrap();
    let (header, rest) = token.split_once('.').unwrap();
    let foreign = |place: usize, part: &str, found: &str, mend: &str| {
        format!(
            "Character {place} of the token{part}, is `{found}`; a token has only letters, digits, `-`, `_` and two dots. {mend}"
        )
        .replace("token, is", "token is")
    };
    let parts =
        |found: &str| format!("A signed token (compact JWS) has 3 parts, joined by dots; {found}.");
    let cases = [
        (
            format!("\"{token}\""),
            foreign(
                1,
                ", in its header",
                "\"",
                "It stands in quotation marks: give it without them, such as the result of `JSON.parse`.",
            ),
        ),
        (
            format!("Bearer {token}"),
            foreign(
                7,
                ", in its header",
                " ",
                "`Bearer ` stands in front of it, which belongs into a header alone.",
            ),
        ),
        (
            format!("{header}.\n{rest}"),
            foreign(
                header.len() + 2,
                ", in its payload",
                "\\n",
                "A line break stands in it: give it in one line.",
            ),
        ),
        (
            format!("{header}%2E{rest}"),
            foreign(
                header.len() + 1,
                "",
                "%",
                "It is percent-encoded: give it decoded.",
            ),
        ),
        (
            two_parts.to_owned(),
            parts("this one has 2, so its signature is missing, or its end was cut off"),
        ),
        (format!("{token}.x"), parts("this one has 4")),
        (
            header.to_owned(),
            parts("this text has no dot, and is no token"),
        ),
    ]
    .map(|(token, said)| (AT, "", token, said));
    check(&cases, directory.path());
}
