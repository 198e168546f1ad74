/**
 * Builds what websites load: `dist/cdn` for the script tag (embed.js, hashed chunks, each with its .br) and `dist/npm` for
 * the package. Needs the engine that `cargo xtask build` puts into `src/engine/pkg`.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { minify } from "terser";
import { build } from "vite";
import { engineFile, engineInline, isEngineBuilt } from "./engine-plugin.mjs";
import { shared, withoutUnhide } from "./shared-plugin.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cdn = join(root, "dist/cdn");
const npm = join(root, "dist/npm");

if (!isEngineBuilt) {
  console.error("js/src/engine/pkg is empty: run `cargo xtask build` first, which compiles the engine to WebAssembly.");
  process.exit(1);
}
// Emptied, not removed: the server may just be compiled beside, and looks for the folder.
rmSync(npm, { recursive: true, force: true });
for (const name of existsSync(cdn) ? readdirSync(cdn) : []) rmSync(join(cdn, name), { recursive: true });

/** Browsers of 2023 and later; what they lack is decoration. */
const target = ["chrome111", "firefox114", "safari16.4"];

/**
 * Asks V8 to compile all functions while the file arrives, in the background. As a rule it compiles each when it is first
 * called, on the page's own thread, which is just while the chat opens. Other engines read a comment.
 */
const HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * Terser, after the bundler's own minifier: it evaluates and inlines more, which is 2 % of what opening the chat loads. No
 * option here changes what our code does: to read a property of ours, or of the browser's, does nothing else, as the bundler is
 * told too; and nothing that stands as a member of an object is made with `new`, so that it may be written as a method. Functions
 * outside of objects stay functions: the engine's script has some that are.
 */
const terser = {
  name: "bonafide-terser",
  generateBundle: {
    order: "post",
    async handler({ format }, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const { code } = await minify(file.code, {
          ecma: 2022,
          module: format === "es",
          compress: { passes: 4, pure_getters: true, unsafe_methods: true },
          format: { wrap_func_args: false },
        });
        file.code = file.isEntry ? HINT + code : code;
      }
    },
  },
};

/** One run of Vite in library mode, which adds no code of its own to dynamic imports. */
async function bundle({ entry, outDir, output, formats = ["es"], ...rest }) {
  const outputs = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    base: "./",
    ...rest,
    build: {
      outDir,
      emptyOutDir: false,
      target,
      cssTarget: "chrome123",
      lib: { entry, formats, name: "unused" },
      rolldownOptions: {
        external: ["react"],
        preserveEntrySignatures: "allow-extension",
        treeshake: { propertyReadSideEffects: false },
        output: { minify: true, ...output },
      },
    },
  });
  return [outputs].flat().flatMap((result) => result.output);
}

/** Stands in the loader for the name of the lazy chunk until both are built. */
const CHUNK = "assets/chat-0.js#0";

const chunks = await bundle({
  entry: { chat: join(root, "src/chat/module.ts") },
  outDir: cdn,
  plugins: [engineFile(), shared(), terser],
  output: {
    entryFileNames: "assets/[name]-[hash].js",
    chunkFileNames: "assets/[name]-[hash].js",
    assetFileNames: "assets/[name]-[hash][extname]",
  },
});
const chat = chunks.find((file) => file.type === "chunk" && file.isEntry).fileName;

await bundle({
  entry: { embed: join(root, "src/embed.ts") },
  outDir: cdn,
  formats: ["iife"],
  plugins: [withoutUnhide(), terser],
  define: { __CHAT_CHUNK__: JSON.stringify(CHUNK) },
  output: { entryFileNames: "embed.js" },
});
nameChunk(join(cdn, "embed.js"), chat);

await bundle({
  entry: { index: join(root, "src/index.ts"), element: join(root, "src/element.ts"), react: join(root, "src/react.tsx") },
  outDir: npm,
  plugins: [engineInline()],
  // Nobody debugs through this package's internals, and a page's own bundler would not shorten private names.
  output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
});
copyFileSync(join(root, "src/engine/pkg/bonafide_widget_bg.wasm"), join(npm, "bonafide_widget.wasm"));
declarations(join(npm, "types"));
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(root, "..", licence), join(npm, licence));
compress(cdn);

/**
 * Names the lazy chunk in the loader, and after it what another version's chunk must fit: this loader, but for that name, and
 * the engine's interface.
 */
function nameChunk(loader, name) {
  const text = readFileSync(loader, "utf8");
  if (text.split(CHUNK).length !== 2) throw new Error(`embed.js does not name its chunk once, as ${CHUNK}`);
  const engine = readFileSync(join(root, "src/engine/pkg/bonafide_widget.d.ts"));
  const fit = createHash("sha256").update(text).update(engine).digest("hex").slice(0, 8);
  writeFileSync(loader, text.replace(CHUNK, `${name}#${fit}`));
}

/** Type declarations, with the file endings that Node's resolution asks for. */
function declarations(outDir) {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const flags = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--stripInternal"];
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.json"), ...flags, "--outDir", outDir], { stdio: "inherit" });
  // What the engine declares stands as it is; the compiler leaves such files where they are.
  mkdirSync(join(outDir, "engine/pkg"), { recursive: true });
  const declared = readFileSync(join(root, "src/engine/pkg/bonafide_widget.d.ts"), "utf8");
  // Older libraries of types do not know that symbol.
  writeFileSync(join(outDir, "engine/pkg/bonafide_widget.d.ts"), declared.replace(/^.*\[Symbol\.dispose\].*\n/m, ""));
  copyFileSync(join(root, "src/jsx.d.ts"), join(outDir, "jsx.d.ts"));
  for (const file of filesIn(outDir)) {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/((?:from|import\(|module) ?["'])(\.\.?\/[^"']+?)(?<!\.js)(["'])/g, "$1$2.js$3"));
  }
}

/**
 * A `.br` beside each file, at the highest quality, and of several ways to write distances the one that comes out smallest: it
 * is made once and served for ever.
 */
function compress(folder) {
  for (const file of filesIn(folder)) {
    const text = readFileSync(file);
    const ways = [0, 1].flatMap((postfix) => [0, 1, 2, 3, 4, 6, 8, 12].map((direct) => ({ postfix, direct: direct << postfix })));
    const compressed = ways.map(({ postfix, direct }) => brotliCompressSync(text, { params: brotli(postfix, direct) }));
    writeFileSync(
      `${file}.br`,
      compressed.reduce((best, other) => (other.length < best.length ? other : best)),
    );
  }
}

function brotli(postfix, direct) {
  return {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
    [constants.BROTLI_PARAM_NDIRECT]: direct,
  };
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
