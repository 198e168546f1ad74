//! Words that must not stand in certain places, each with the reason. One row is one rule.

use super::{Finding, Source};

/// Words that must not stand in certain files.
pub(super) struct Rule {
    /// Any of these in a line of code is a finding.
    words: &'static [&'static str],
    /// Path beginnings that the rule holds for.
    within: &'static [&'static str],
    /// Path beginnings that it does not hold for.
    except: &'static [&'static str],
    /// File endings that it holds for.
    endings: &'static [&'static str],
    /// Why, and what to do instead.
    why: &'static str,
}

const RUST: &[&str] = &[".rs"];
const SCRIPT: &[&str] = &[".ts", ".tsx", ".mts", ".js", ".mjs", ".html"];
const ANY: &[&str] = &[""];

/// Code that gets time and bytes as arguments.
const PURE: &[&str] = &[
    "crates/protocol/src/",
    "crates/verifier/src/",
    "crates/server/src/domain",
    "crates/widget/src/machine",
];

/// The rules. Their numbers (I1 …) are those of the README's invariants.
pub(super) const RULES: &[Rule] = &[
    Rule {
        words: &[
            "std::fs",
            "std::net",
            "std::env",
            "std::thread",
            "SystemTime",
            "Instant::now",
            "Utc::now",
            "tokio::",
            "reqwest::",
            "sqlx::",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "getrandom",
            "SystemRandom",
            "rand::",
        ],
        within: PURE,
        // Tests run in the browser's wasm too.
        except: &[
            "crates/verifier/src/tests",
            "crates/verifier/src/signature/wycheproof.rs",
        ],
        endings: RUST,
        why: "I1: this code does no I/O, reads no clock and draws no randomness; take it as an argument",
    },
    Rule {
        words: &["sqlx::", "SELECT ", "INSERT INTO", "DELETE FROM", "UPDATE "],
        within: &["crates/"],
        except: &[
            "crates/server/src/storage",
            // Fills a database with the server stopped.
            "crates/bench/src/seed.rs",
            "crates/server/benches",
            "crates/server/migrations",
            // Makes the database fail, from outside.
            "crates/server/tests/it/database.rs",
            "crates/xtask/src/tidy",
        ],
        endings: RUST,
        why: "I3: SQL stands only in the server's storage module",
    },
    Rule {
        words: &[
            "UPDATE audit",
            "DELETE FROM audit",
            "REPLACE INTO audit",
            "DROP TABLE audit",
            "ALTER TABLE audit",
        ],
        within: &["crates/"],
        except: &["crates/xtask/src/tidy"],
        endings: &[".rs", ".sql"],
        why: "the audit only grows: what was done stays on record, whoever would like it gone",
    },
    Rule {
        words: &["axum::", "axum_extra::", "utoipa_axum::"],
        within: &["crates/"],
        except: &[
            "crates/server/src/routes",
            "crates/server/src/realtime",
            // The consoles' and the widget's files are served like any other route.
            "crates/server/src/assets",
            // Joins the routes into the one router that is served.
            "crates/server/src/lib.rs",
            "crates/server/src/serve",
            // The floor is a server, and so is the website whose key is fetched.
            "crates/bench",
            "crates/server/benches",
            "crates/server/tests",
            "crates/issuer/src/router",
            "crates/issuer/tests",
            "crates/cli/src/shop",
            "crates/cli/src/issuer",
            "crates/cli/src/demo",
            "crates/xtask/src/tidy",
        ],
        endings: RUST,
        why: "I3: HTTP is known only to the modules that serve it",
    },
    Rule {
        words: &[
            "reqwest::",
            "TcpStream::connect",
            "hyper_util::client",
            "lookup_host",
        ],
        within: &["crates/server/src/"],
        except: &["crates/server/src/keys"],
        endings: RUST,
        why: "I4: one module makes requests to addresses that people give, and it guards them",
    },
    Rule {
        words: &[".forget()", "mem::forget(", "Box::leak("],
        within: &["crates/"],
        // Taking a permit for good is how a test makes a scripted server stop answering.
        except: &[
            "crates/server/tests/it/scripted.rs",
            "crates/xtask/src/tidy",
        ],
        endings: RUST,
        why: "a resource is a value with a Drop; what is forgotten is never given back",
    },
    Rule {
        words: &[
            "localStorage.",
            "(\"localStorage\")",
            "local_storage(",
            "document.cookie",
            "indexedDB.",
        ],
        within: &["js/src/", "crates/widget/src/"],
        except: &[
            "crates/widget/src/browser/tests",
            // The one word for other tabs that everything on the site may read.
            "crates/widget/src/browser/storage.rs",
            // What ends a session and opens nothing.
            "js/src/signed-out.ts",
        ],
        endings: &[".rs", ".ts"],
        why: "I7: nothing secret is kept where other scripts read it for longer than the tab",
    },
    Rule {
        words: &[
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "dangerouslySetInnerHTML",
        ],
        within: &["js/src/", "www/src/", "www/shop/"],
        except: &[],
        endings: SCRIPT,
        why: "what people wrote goes into the page as text, never as markup",
    },
    Rule {
        words: &["eval(", "new Function("],
        within: &["js/src/", "www/src/", "www/shop/", "crates/widget/src/"],
        except: &["crates/widget/src/browser/tests"],
        endings: &[".rs", ".ts", ".tsx", ".js", ".html"],
        why: "names are looked up, never run as code",
    },
    Rule {
        words: &[" fetch(", ".fetch(", "new WebSocket(", "XMLHttpRequest"],
        within: &["js/src/"],
        except: &[
            "js/src/engine/",
            "js/src/chunk.ts",
            "js/src/files/server.ts",
        ],
        endings: SCRIPT,
        why: "the engine talks to the server, and the part for files does; else only the script's own files are asked for",
    },
    Rule {
        words: &[
            "waitForTimeout",
            "thread::sleep(",
            "time::sleep(",
            "setTimeout(resolve",
        ],
        within: &[
            "tests/",
            "crates/server/tests/",
            "crates/issuer/tests/",
            "crates/cli/tests/",
            "js/test",
            "www/test",
        ],
        except: &[],
        endings: &[".rs", ".ts", ".tsx", ".mjs"],
        why: "a test waits for the event it needs, not for time to pass",
    },
    Rule {
        words: &["listen(0", "127.0.0.1:0", "port: 0"],
        within: &["tests/"],
        except: &[],
        endings: SCRIPT,
        why: "what listens takes its port from tests/product/ports.mjs, which gives none twice in a run: a server may remember what stood at an address",
    },
    Rule {
        words: &[
            "test.only(",
            "it.only(",
            "describe.only(",
            "test.skip(",
            "it.skip(",
            "describe.skip(",
            "test.fixme(",
        ],
        within: &["tests/", "js/", "www/"],
        except: &[],
        endings: SCRIPT,
        why: "every test runs, always",
    },
    Rule {
        words: &[
            "mod utils",
            "mod common",
            "mod helpers",
            "mod misc",
            "Manager {",
            "Helper {",
            "fn get_",
        ],
        within: &["crates/"],
        except: &["crates/xtask/src/tidy"],
        endings: RUST,
        why: "name it by what it is or does",
    },
    Rule {
        words: &["TODO", "FIXME", "XXX:", "HACK:"],
        within: &["crates/", "js/", "www/", "tests/"],
        except: &["crates/xtask/src/tidy"],
        endings: ANY,
        why: "finish it, or file it where work is planned",
    },
    Rule {
        words: &["/home/", "/Users/", "/root/", "C:\\Users"],
        within: &["crates/", "js/", "www/", "tests/"],
        except: &["crates/xtask/src/tidy"],
        endings: ANY,
        why: "no path of anybody's machine",
    },
];

/// Holds one file against every rule. Comments may name what code may not use; of the last two rules, nothing may.
pub(super) fn check(source: &Source, findings: &mut Vec<Finding>) {
    for rule in RULES.iter().filter(|rule| rule.holds_for(&source.path)) {
        for (number, line) in source.text.lines().enumerate() {
            if rule.endings != ANY && is_comment(line) {
                continue;
            }
            for word in rule.words.iter().filter(|word| line.contains(**word)) {
                findings.push(Finding {
                    path: source.path.clone(),
                    line: number + 1,
                    message: format!("{:?}: {}", word.trim(), rule.why),
                });
            }
        }
    }
}

impl Rule {
    fn holds_for(&self, path: &str) -> bool {
        let begins = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
        begins(self.within)
            && !begins(self.except)
            && self.endings.iter().any(|ending| path.ends_with(ending))
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "* ", "*/", "--"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::{RULES, Source, check};

    fn findings(path: &str, text: &str) -> Vec<String> {
        let source = Source {
            path: path.into(),
            text: text.into(),
        };
        let mut findings = Vec::new();
        check(&source, &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_rule_finds_each_of_its_words_where_it_holds() {
        for rule in RULES {
            for place in rule.within {
                let path = format!("{}x{}", place, rule.endings[0]);
                for word in rule.words {
                    let found = findings(&path, &format!("let x = 1; {word}"));
                    assert!(
                        found.iter().any(|found| found.ends_with(rule.why)),
                        "{path}: {word}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_word_is_allowed_in_a_comment_and_in_the_places_made_for_it() {
        assert!(findings("crates/server/src/domain/x.rs", "// not sqlx::query").is_empty());
        assert!(
            findings(
                "crates/server/src/storage/x.rs",
                "sqlx::query(\"SELECT 1\")"
            )
            .is_empty()
        );
        assert_eq!(
            findings("crates/server/src/routes/x.rs", "\n    sqlx::query(q)"),
            [
                "crates/server/src/routes/x.rs:2: \"sqlx::\": I3: SQL stands only in the server's storage module"
            ]
        );
    }
}
