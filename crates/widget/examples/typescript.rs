//! Writes the TypeScript twins of what the engine tells the page: `cargo xtask codegen` runs this.
//!
//! One file with all types, which the engine's own declarations include, and one table that JavaScript needs at run time.
//! Sorted by name, so that the same Rust always gives the same bytes and a stale file shows as a difference.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

use bonafide_protocol::ErrorCode;
use bonafide_widget::view::{Output, PageCall, Started};
use ts_rs::{Config, TS, TypeVisitor};

fn main() -> io::Result<()> {
    let root = env::args().nth(1).unwrap_or_else(|| ".".into());
    let write = |file: &str, text: String| fs::write(Path::new(&root).join(file), text);
    let mut types = Types::default();
    types.add::<Output>();
    types.add::<PageCall>();
    types.add::<Started>();
    let told: Vec<_> = types.by_name.into_values().collect();
    write(
        "crates/widget/src/browser/told.d.ts",
        format!(
            "{}\n{}",
            header("What the engine tells the page"),
            told.join("\n")
        ),
    )?;
    write("js/src/generated/error-codes.ts", error_codes())
}

/// The codes in order of stage, each with the number that pages written for `lcw:error` expect.
fn error_codes() -> String {
    let mut text =
        header("Every error code, with the number that pages written for `lcw:error` expect");
    text.push_str("\nimport type { ErrorCode } from \"../engine/pkg/bonafide_widget\";\n\n");
    text.push_str("export const lcwNumbers: Readonly<Record<ErrorCode, number>> = {\n");
    for code in ErrorCode::ALL {
        text.push_str(&format!("  \"{code}\": {},\n", code.lcw_number()));
    }
    text.push_str("};\n");
    text
}

fn header(what: &str) -> String {
    format!(
        "// {what}. Generated from Rust by `cargo xtask codegen`; edits are overwritten.\n\
         // The source is crates/widget/src/view.rs and crates/protocol/src.\n"
    )
}

/// The type given to [`add`](Self::add) and every type that it reaches, each once.
#[derive(Default)]
struct Types {
    by_name: BTreeMap<String, String>,
    config: Config,
}

impl Types {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        // Only types with a file of their own are declared; text, numbers and lists are written where they stand.
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.by_name.contains_key(&name) {
                return;
            }
            let text = self.declaration::<T>();
            self.by_name.insert(name, text);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }

    fn declaration<T: TS + 'static + ?Sized>(&self) -> String {
        let mut text = T::docs().unwrap_or_default();
        // ts-rs ends some lines with a blank; a committed file has none.
        for line in format!("export {}", T::decl(&self.config)).lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}
