//! Short names for what crosses between the engine's module and its glue: wasm-opt chooses them and puts them into the module,
//! this puts them into the glue.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::glue::PRELUDE;

/// What wasm-opt prints when it shortens the names.
#[derive(Deserialize)]
pub(super) struct Names {
    /// Module, name, short name.
    imports: Vec<(String, String, String)>,
    /// Name, short name.
    exports: Vec<(String, String)>,
}

/// The one module that all imports are then from.
const MODULE: &str = "a";

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// When that is not what wasm-opt printed.
    pub(super) fn read(printed: &str) -> Result<Self> {
        serde_json::from_str(printed).context("wasm-opt printed something else than its names")
    }

    /// The glue with the short names.
    ///
    /// # Errors
    /// When the glue is not what is known of it here.
    pub(super) fn put_into(&self, glue: &str) -> Result<String> {
        let mut glue = glue.to_owned();
        let mut taken = Vec::new();
        let mut direct = Vec::new();
        for (module, name, short) in &self.imports {
            if module.ends_with(PRELUDE) {
                taken.push(name.as_str());
                direct.push(format!("{short}: {name}"));
            } else {
                let definition = format!("\n        {name}: function(");
                if glue.matches(&definition).count() != 1 {
                    bail!("wasm-bindgen's glue has changed: it does not define {name}");
                }
                glue = glue.replace(&definition, &format!("\n        {short}: function("));
            }
        }
        for (name, short) in &self.exports {
            glue = with_property(&glue, "wasm.", name, short);
        }
        let lines = glue
            .lines()
            .filter(|line| !line.starts_with("import * as "));
        let glue = lines.fold(String::new(), |text, line| text + line + "\n");
        let (before, rest) = glue
            .split_once("    return {\n        __proto__: null,\n        \"")
            .context("wasm-bindgen's glue has changed: it does not return its imports")?;
        let (_, after) = rest
            .split_once("\n    };\n")
            .context("the imports have no end")?;
        let imports = format!("{{ __proto__: null, ...import0, {} }}", direct.join(", "));
        let returned = format!("    return {{ __proto__: null, {MODULE}: {imports} }};\n");
        let import = format!("import {{ {} }} from './{PRELUDE}';\n", taken.join(", "));
        Ok([&import, before, &returned, after].concat())
    }
}

/// The text with each `object.name` renamed, but not where the name goes on.
fn with_property(text: &str, object: &str, name: &str, short: &str) -> String {
    let wanted = format!("{object}{name}");
    let mut parts = text.split(&wanted);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = part
            .starts_with(|next: char| next.is_ascii_alphanumeric() || matches!(next, '_' | '$'));
        renamed.push_str(object);
        renamed.push_str(if goes_on { name } else { short });
        renamed.push_str(part);
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::{Names, with_property};

    const GLUE: &str = "import * as import1 from \"./prelude.js\"\nfunction imports() {\n    const import0 = {\n        __wbg_apply_1: function() {\n        },\n    };\n    return {\n        __proto__: null,\n        \"./x_bg.js\": import0,\n        \"./prelude.js\": import1,\n    };\n}\nwasm.free(0); wasm.free_all();\n";

    #[test]
    fn both_halves_have_the_same_names() {
        let names = Names::read(
            r#"{"imports": [["./x_bg.js", "__wbg_apply_1", "b"], ["./p/prelude.js", "now", "c"]], "exports": [["free", "d"]]}"#,
        )
        .unwrap();
        let glue = names.put_into(GLUE).unwrap();
        assert_eq!(
            glue,
            "import { now } from './prelude.js';\nfunction imports() {\n    const import0 = {\n        b: function() {\n        },\n    };\n    return { __proto__: null, a: { __proto__: null, ...import0, c: now } };\n}\nwasm.d(0); wasm.free_all();\n"
        );
        assert!(names.put_into("something else").is_err());
    }

    #[test]
    fn a_name_that_goes_on_is_another_name() {
        assert_eq!(
            with_property("w.a w.ab w.a$ w.a;", "w.", "a", "z"),
            "w.z w.ab w.a$ w.z;"
        );
    }
}
