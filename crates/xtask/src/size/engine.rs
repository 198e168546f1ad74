//! What the engine is made of, by crate, and that nothing is in it that should not be.
//!
//! Reads the finished module with its functions' names still in it, so each byte counted is one that visitors load.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::build;

/// What the engine may be made of. Whoever adds a crate here says what every visitor gets for its weight.
const CRATES: &[&str] = &[
    // The compiler's: the doors to the allocator.
    "__rustc",
    "alloc",
    "bonafide_protocol",
    "bonafide_verifier",
    "bonafide_widget",
    "compiler_builtins",
    "core",
    // What the browser's half stands on.
    "gloo_timers",
    // With serde_wasm_bindgen, which remembers the names of fields.
    "hashbrown",
    "js_sys",
    "lol_alloc",
    "serde_core",
    "serde_wasm_bindgen",
    "spin",
    "std",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// Parts of the standard library that come in unasked, and what brings each.
const UNWANTED: &[(&str, &str)] = &[
    ("dec2flt", "`parse` of a float"),
    ("flt2dec", "a float that is formatted"),
    ("core::fmt::num", "a number in `format!`"),
    ("core::fmt::write", "`format!`, or an error's `Display`"),
    ("slice::sort", "`sort`"),
    ("unicode_data", "`to_lowercase`, `is_alphanumeric`"),
];

/// A module's functions with their sizes, and what is not code.
struct Module {
    /// Name and bytes, largest first.
    functions: Vec<(String, u64)>,
    data: u64,
    rest: u64,
}

/// Prints the engine's bytes by crate, and the `longest` largest functions.
///
/// # Errors
/// When there is something in the engine that should not be.
pub(super) fn report(longest: usize) -> Result<()> {
    let path = build::named_engine();
    let bytes = fs::read(&path).with_context(|| format!("{} is not there", path.display()))?;
    let module = Module::read(&bytes).context("the engine is no WebAssembly module")?;
    println!("\n{:<44}{:>10}", "the engine, by crate", "bytes");
    for (name, bytes) in module.by_crate() {
        println!("{name:<44}{bytes:>10}");
    }
    println!("{:<44}{:>10}", "(texts and tables)", module.data);
    println!("{:<44}{:>10}", "(types, imports, exports)", module.rest);
    for (name, bytes) in module.functions.iter().take(longest) {
        println!("{bytes:>6}  {}", without_hashes(name));
    }
    let leaks = leaks(&module.functions);
    if !leaks.is_empty() {
        bail!(
            "the engine holds what it should not:\n  {}",
            leaks.join("\n  ")
        );
    }
    Ok(())
}

impl Module {
    fn read(bytes: &[u8]) -> Result<Self> {
        let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
        let (mut data, mut named) = (0, 0);
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sizes.push(body.range().len() as u64),
                Payload::DataSection(section) => data += section.range().len() as u64,
                Payload::CustomSection(section) => {
                    named += section.range().len() as u64;
                    let KnownCustom::Name(section) = section.as_known() else {
                        continue;
                    };
                    for part in section {
                        let Name::Function(functions) = part? else {
                            continue;
                        };
                        for function in functions {
                            let function = function?;
                            let name = rustc_demangle::demangle(function.name).to_string();
                            names.insert(function.index, name);
                        }
                    }
                }
                _ => {}
            }
        }
        let code: u64 = sizes.iter().sum();
        let mut functions: Vec<_> = (imported..)
            .zip(sizes)
            .map(|(index, bytes)| (names.remove(&index).unwrap_or_default(), bytes))
            .collect();
        functions.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        let rest = (bytes.len() as u64).saturating_sub(code + data + named);
        Ok(Self {
            functions,
            data,
            rest,
        })
    }

    fn by_crate(&self) -> Vec<(&str, u64)> {
        let mut crates = BTreeMap::new();
        for (name, bytes) in &self.functions {
            let place = crate_of(name).unwrap_or("(not told)");
            *crates.entry(place).or_default() += bytes;
        }
        let mut crates: Vec<_> = crates.into_iter().collect();
        crates.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        crates
    }
}

/// Types of the language itself. Their methods are the standard library's, and name no crate.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "fn", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8",
    "u16", "u32", "u64", "u128", "usize",
];

/// The crate that a function was written in; nothing where its name does not tell. In a demangled name of the compiler's
/// newer scheme, a crate is followed by a hash in brackets. Methods of `str` and of numbers name none, nor do the widget's
/// exports.
fn crate_of(function: &str) -> Option<&str> {
    let mut path = function.trim_start_matches(['<', '&', '(', '*', '[']);
    for qualifier in ["dyn ", "mut ", "const "] {
        path = path.strip_prefix(qualifier).unwrap_or(path);
    }
    let path = path.trim_start_matches(['<', '&', '(', '*', '[']);
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let word = path.split(|character| !is_word(character)).next();
    let word = word.unwrap_or_default();
    let after = path.get(word.len()..).unwrap_or_default();
    if after.starts_with('[') {
        Some(word)
    } else if !function.contains("::") {
        Some("bonafide_widget")
    } else if function.starts_with('<') && PRIMITIVES.contains(&word) {
        Some("core")
    } else {
        None
    }
}

/// A sentence for each function that should not be there.
fn leaks(functions: &[(String, u64)]) -> Vec<String> {
    let mut leaks = Vec::new();
    for (name, bytes) in functions {
        let place = crate_of(name);
        let name = without_hashes(name);
        match place {
            Some(place) if CRATES.contains(&place) => {}
            Some(place) => leaks.push(format!("{bytes} bytes of the crate {place}: {name}")),
            // Taken for the standard library's, anything could hide behind such names.
            None => leaks.push(format!(
                "{bytes} bytes of a crate that its name does not tell: {name}"
            )),
        }
        if let Some((_, from)) = UNWANTED.iter().find(|(part, _)| name.contains(part)) {
            leaks.push(format!("{bytes} bytes that come with {from}: {name}"));
        }
    }
    leaks
}

/// A demangled name without its crates' hashes.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() == 16 => plain.push_str(rest),
            _ => {
                plain.push('[');
                plain.push_str(part);
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{crate_of, leaks, without_hashes};

    const DISPATCH: &str = "<bonafide_widget[cb254e50ad7618c8]::machine::Machine>::dispatch";

    #[test]
    fn a_function_belongs_to_the_crate_it_was_written_in() {
        for (function, expected) in [
            (DISPATCH, "bonafide_widget"),
            (
                "<alloc[6ccceecd3902b573]::vec::Vec<bonafide_widget[cb254e50ad7618c8]::A>>::push",
                "alloc",
            ),
            ("<str>::trim", "core"),
            ("<[u8]>::starts_with", "core"),
            (
                "<&mut serde_core[d31c6f0cae753d51]::ser::A>::b",
                "serde_core",
            ),
            ("core_happened", "bonafide_widget"),
        ] {
            assert_eq!(crate_of(function), Some(expected), "{function}");
        }
        // The older scheme's: these could be anybody's.
        for function in [
            "regex_automata::dfa::run",
            "<regex::Regex as core::fmt::Debug>::fmt",
        ] {
            assert_eq!(crate_of(function), None, "{function}");
        }
        assert_eq!(
            without_hashes(DISPATCH),
            "<bonafide_widget::machine::Machine>::dispatch"
        );
    }

    #[test]
    fn what_should_not_be_there_is_named() {
        let function = |name: &str| vec![(name.to_owned(), 7)];
        assert!(leaks(&function(DISPATCH)).is_empty());
        let regex = leaks(&function("regex_automata[0123456789abcdef]::dfa::run"));
        assert_eq!(
            regex,
            ["7 bytes of the crate regex_automata: regex_automata::dfa::run"]
        );
        let unknown = leaks(&function("regex_automata::dfa::run::h0123456789abcdef"));
        assert_eq!(unknown.len(), 1);
        assert!(unknown[0].contains("does not tell"), "{unknown:?}");
        let float = leaks(&function(
            "core[0123456789abcdef]::num::flt2dec::to_shortest_str",
        ));
        assert_eq!(float.len(), 1);
        assert!(float[0].contains("a float that is formatted"), "{float:?}");
    }
}
