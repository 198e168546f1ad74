//! The engine's glue: what wasm-bindgen writes for the engine's module, held to the browser's functions as they were when it
//! was loaded. What the engine does is none of its business.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// The name of the engine's files, without their endings.
pub(super) const NAME: &str = "bonafide_widget";

/// The module that hands on the browser's functions, beside the glue.
pub(super) const PRELUDE: &str = "prelude.js";

/// The scripts that the engine brings: its prelude, and what takes the functions for that.
const SCRIPTS: [&str; 2] = [PRELUDE, "taken.js"];

/// What the glue takes from there by the browser's own names. That nothing is missing here, a test of the product shows: it
/// replaces all that a page can replace.
const NAMES: &str = "AbortController, Array, BroadcastChannel, DataView, Error, FinalizationRegistry, Number, Object, Promise, \
     Reflect, TextDecoder, TextEncoder, Uint8Array, WebAssembly, WebSocket, clearTimeout, globalThis, keepTable, \
     queueMicrotask, setTimeout";

/// Writes the glue, its types and the bound module into a folder.
///
/// # Errors
/// When wasm-bindgen cannot, or its glue is not what is known of it here.
pub(super) fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(NAME)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        // `cargo xtask size` names what the bytes are.
        .keep_debug(true);
    let mut output = bindgen.generate_output()?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    output.emit(folder)?;
    let glue = folder.join(NAME).with_extension("js");
    let mut text =
        fs::read_to_string(&glue).with_context(|| format!("{} is not there", glue.display()))?;
    for (path, script) in output.local_modules() {
        let Some(name) = SCRIPTS.iter().find(|name| path.ends_with(*name)) else {
            bail!("the engine brings a script that is not known here: {path}");
        };
        fs::write(folder.join(name), script)?;
        text = text.replace(&format!("'./snippets/{path}'"), &format!("'./{name}'"));
    }
    fs::remove_dir_all(folder.join("snippets"))?;
    fs::write(&glue, guarded(&text)?)?;
    Ok(())
}

/// A text of wasm-bindgen's that calls what a page may replace by a name that no module can take from elsewhere: a method of
/// all functions, all texts or all lists.
struct Mend {
    from: &'static str,
    to: &'static str,
    times: usize,
}

const MENDS: &[Mend] = &[
    Mend {
        from: "return f.apply(this, args);",
        to: "return Reflect.apply(f, this, args);",
        times: 1,
    },
    Mend {
        from: "const real = (...args) => {",
        to: "const real = (arg2, arg3) => {",
        times: 2,
    },
    Mend {
        from: "state.b, ...args);",
        to: "state.b, arg2, arg3);",
        times: 2,
    },
    Mend {
        from: "decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len))",
        to: "decodeText(new Uint8Array(wasm.memory.buffer, ptr, len))",
        times: 1,
    },
    Mend {
        from: "const table = wasm.__wbindgen_externrefs;",
        to: "const table = keepTable(wasm.__wbindgen_externrefs);",
        times: 1,
    },
    // What follows is for callers and browsers that there are not.
    Mend {
        from: "    if (module !== undefined) {\n        if (Object.getPrototypeOf(module) === Object.prototype) {\n            ({module} = module)\n        } else {\n            console.warn('using deprecated parameters for `initSync()`; pass a single object instead')\n        }\n    }\n",
        to: "    ({module} = module);\n",
        times: 1,
    },
    Mend {
        from: "if (!('encodeInto' in cachedTextEncoder)) {\n    cachedTextEncoder.encodeInto = function (arg, view) {\n        const buf = cachedTextEncoder.encode(arg);\n        view.set(buf);\n        return {\n            read: arg.length,\n            written: buf.length\n        };\n    };\n}\n",
        to: "",
        times: 1,
    },
    Mend {
        from: "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : new FinalizationRegistry(",
        // A server, which imports the module and makes no engine, may have none.
        to: "FinalizationRegistry && new FinalizationRegistry(",
        times: 2,
    },
    Mend {
        from: "    numBytesDecoded += bytes.length;\n    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {\n        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\n        cachedTextDecoder.decode();\n        numBytesDecoded = bytes.length;\n    }\n",
        to: "",
        times: 1,
    },
    Mend {
        from: "const ret = typeof global === 'undefined' ? undefined : global;\n            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);",
        to: "return 0;",
        times: 1,
    },
    Mend {
        from: "const ret = typeof self === 'undefined' ? undefined : self;\n            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);",
        to: "return 0;",
        times: 1,
    },
    Mend {
        from: "const ret = typeof window === 'undefined' ? undefined : window;\n            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);",
        to: "return 0;",
        times: 1,
    },
    Mend {
        from: "    __destroy_into_raw() {\n        const ptr = this.__wbg_ptr;\n        this.__wbg_ptr = 0;\n        EngineFinalization.unregister(this);\n        return ptr;\n    }\n",
        to: "",
        times: 1,
    },
    Mend {
        from: "if (Symbol.dispose) Engine.prototype[Symbol.dispose] = Engine.prototype.free;\n",
        to: "",
        times: 1,
    },
    // The engine's own `free` stands below it, and may be called twice.
    Mend {
        from: "    free() {\n        const ptr = this.__destroy_into_raw();\n        wasm.__wbg_engine_free(ptr, 0);\n    }\n",
        to: "",
        times: 1,
    },
];

/// How wasm-bindgen begins the function that copies a text into the engine's memory.
const PASS_STRING: &str = "function passStringToWasm0(arg, malloc, realloc) {\n";

/// It goes on without methods of texts and of views of the memory.
const OWN_PASS_STRING: &str = "    const most = arg.length * 3;
    const ptr = malloc(most, 1) >>> 0;
    const { written } = cachedTextEncoder.encodeInto(arg, new Uint8Array(wasm.memory.buffer, ptr, most));
    WASM_VECTOR_LEN = written;
    return written < most ? realloc(ptr, most, written, 1) >>> 0 : ptr;
}
";

/// The glue, as it calls nothing by a name under which a page may put something else.
fn guarded(glue: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    for Mend { from, to, times } in MENDS {
        if glue.matches(from).count() != *times {
            bail!("wasm-bindgen's glue has changed: {from:?} is not there {times} times");
        }
        glue = glue.replace(from, to);
    }
    let (before, after) = around_function(&glue, PASS_STRING)?;
    let import = format!("import {{ {NAMES} }} from './{PRELUDE}';\n");
    Ok([&import, before, PASS_STRING, OWN_PASS_STRING, after].concat())
}

/// What stands before a function and after it.
fn around_function<'a>(glue: &'a str, head: &str) -> Result<(&'a str, &'a str)> {
    let around = glue.split_once(head).and_then(|(before, rest)| {
        let (_, after) = rest.split_once("\n}\n")?;
        Some((before, after))
    });
    around.with_context(|| format!("wasm-bindgen's glue has changed: {head:?} is not there"))
}
