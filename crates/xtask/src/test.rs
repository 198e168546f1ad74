//! `cargo xtask test`: the complete suite. What it needs and can install, it installs.
//!
//! The steps run in the order of [`STEPS`]: cheap ones first, the real browser last. The first failure stops the run.

mod browser;
mod cargo_tool;
mod node;
mod python;
mod rust;
mod webdriver;

use std::time::Duration;

use anyhow::{Result, bail};

use crate::{build, codegen, progress, size, tidy};

/// One part of the suite.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<()>,
}

/// The suite, in the order in which it runs.
const STEPS: &[Step] = &[
    Step {
        name: "format",
        what: "cargo fmt --check",
        run: rust::format,
    },
    Step {
        name: "tidy",
        what: "the rules that no compiler checks",
        run: tidy::run,
    },
    Step {
        name: "build",
        what: "everything the product consists of",
        run: build::release,
    },
    Step {
        name: "codegen",
        what: "generated files are up to date",
        run: codegen::check,
    },
    Step {
        name: "size",
        what: "what a page loads is within its budget",
        run: size::check,
    },
    Step {
        name: "clippy",
        what: "warnings are errors, for this machine, for the browser and in the fuzz targets",
        run: rust::clippy,
    },
    Step {
        name: "rust",
        what: "unit and integration tests",
        run: rust::tests,
    },
    Step {
        name: "wasm",
        what: "the verifier's suite in wasm32",
        run: browser::verifier,
    },
    Step {
        name: "docs",
        what: "documentation builds, its examples run",
        run: rust::documentation,
    },
    Step {
        name: "deny",
        what: "licences, sources and bans of the dependencies",
        run: rust::dependencies,
    },
    Step {
        name: "types",
        what: "TypeScript type checks, and the shape of the npm package",
        run: node::types,
    },
    Step {
        name: "vitest",
        what: "the element and the consoles",
        run: node::vitest,
    },
    Step {
        name: "widget",
        what: "the engine in headless Chromium and Firefox",
        run: browser::widget,
    },
    Step {
        name: "interop",
        what: "keys and tokens of OpenSSL, Node and Python",
        run: node::interop,
    },
    Step {
        name: "flows",
        what: "the product in Chromium, as its users meet it",
        run: browser::flows,
    },
    Step {
        name: "browsers",
        what: "the main flows in Firefox and WebKitGTK",
        run: webdriver::flows,
    },
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run only these steps.
    #[arg(value_name = "STEP", value_parser = clap::builder::PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    only: Vec<String>,
}

/// How a step ended.
enum Outcome {
    Passed(Duration),
    Failed(anyhow::Error),
    NotRun,
}

/// Runs the suite and prints a line for each step.
///
/// # Errors
/// Names the step that failed.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let steps = STEPS.iter().filter(|step| {
        arguments.only.is_empty() || arguments.only.iter().any(|name| name == step.name)
    });
    let mut outcomes: Vec<(&Step, Outcome)> = Vec::new();
    for step in steps {
        let failed_before = matches!(
            outcomes.last(),
            Some((_, Outcome::Failed(_) | Outcome::NotRun))
        );
        let outcome = if failed_before {
            Outcome::NotRun
        } else {
            take(step)
        };
        outcomes.push((step, outcome));
    }
    report(&outcomes)
}

fn take(step: &Step) -> Outcome {
    println!("\n=== {}: {}", step.name, step.what);
    let started = progress::now();
    match (step.run)() {
        Ok(()) => Outcome::Passed(started.elapsed()),
        Err(error) => {
            eprintln!("{error:#}");
            Outcome::Failed(error)
        }
    }
}

fn report(outcomes: &[(&Step, Outcome)]) -> Result<()> {
    println!("\n=== summary");
    for (step, outcome) in outcomes {
        let verdict = match outcome {
            Outcome::Passed(took) => format!("passed in {}", progress::human(*took)),
            Outcome::Failed(_) => "FAILED".to_owned(),
            Outcome::NotRun => "not run".to_owned(),
        };
        println!("{:<10}{verdict}", step.name);
    }
    let count = |wanted: fn(&Outcome) -> bool| {
        outcomes
            .iter()
            .filter(|(_, outcome)| wanted(outcome))
            .count()
    };
    println!(
        "steps: {} passed, {} failed, {} skipped",
        count(|outcome| matches!(outcome, Outcome::Passed(_))),
        count(|outcome| matches!(outcome, Outcome::Failed(_))),
        count(|outcome| matches!(outcome, Outcome::NotRun)),
    );
    for (step, outcome) in outcomes {
        if let Outcome::Failed(error) = outcome {
            bail!("step {} failed: {error:#}", step.name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Outcome, STEPS, report};

    #[test]
    fn a_failed_step_is_named_with_its_cause() {
        let outcomes = [
            (&STEPS[0], Outcome::Failed(anyhow::anyhow!("a reason"))),
            (&STEPS[1], Outcome::NotRun),
        ];
        let error = report(&outcomes).unwrap_err().to_string();
        assert_eq!(error, "step format failed: a reason");
    }
}
