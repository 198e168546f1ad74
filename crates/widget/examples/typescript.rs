//! Writes the TypeScript twins of what the engine tells the page: `cargo xtask codegen` runs this.
//!
//! One file for each type, one that exports them all, and one table that JavaScript needs at run time. Sorted by
//! name, so that the same Rust always gives the same bytes and a stale file shows as a difference.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

use bonafide_protocol::ErrorCode;
use bonafide_widget::view::Output;
use ts_rs::{Config, TS, TypeVisitor};

fn main() -> io::Result<()> {
    let directory = env::args()
        .nth(1)
        .unwrap_or_else(|| "js/src/generated".into());
    let directory = Path::new(&directory);
    fs::create_dir_all(directory)?;
    let mut types = Types::default();
    types.add::<Output>();
    let mut index = header("All types that the engine tells the page about");
    index.push('\n');
    for (name, text) in &types.by_name {
        fs::write(directory.join(format!("{name}.ts")), text)?;
        index.push_str(&format!("export type {{ {name} }} from \"./{name}.js\";\n"));
    }
    fs::write(directory.join("index.ts"), index)?;
    fs::write(directory.join("error-codes.ts"), error_codes())
}

/// The codes in order of stage, each with the number that pages written for `lcw:error` expect.
fn error_codes() -> String {
    let mut text =
        header("Every error code, with the number that pages written for `lcw:error` expect");
    text.push_str("\nimport type { ErrorCode } from \"./ErrorCode.js\";\n\n");
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
            let text = self.module::<T>(&name);
            self.by_name.insert(name, text);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }

    fn module<T: TS + 'static + ?Sized>(&self, name: &str) -> String {
        let mut text = header("What the engine tells the page");
        let mut imports: Vec<_> = T::dependencies(&self.config)
            .into_iter()
            .map(|dependency| dependency.ts_name)
            .filter(|import| import != name)
            .collect();
        imports.sort();
        imports.dedup();
        for import in imports {
            text.push_str(&format!(
                "import type {{ {import} }} from \"./{import}.js\";\n"
            ));
        }
        text.push('\n');
        text.push_str(&T::docs().unwrap_or_default());
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
