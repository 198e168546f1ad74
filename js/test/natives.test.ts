// @vitest-environment node
/** No source takes a browser's function by its own name, under which a page may have put something else. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** The names that are taken; but for times that are only shown, and for what an error of ours is. */
const taken = readFileSync(`${root}/../crates/widget/src/browser/taken.js`, "utf8");
const NAMES = new Set(
  [...taken.matchAll(/"([\w ]{20,})"|\btake\("(\w+)"/g)]
    .flatMap(([, names, name = names]) => name?.trim().split(" ") ?? [])
    .filter((name) => !/^(Date|Error)$/.test(name)),
);

/** Where a source says one of the names and means the page's; `of` what the compiler knows. */
function* saidByName(source: ts.SourceFile, of: ts.TypeChecker): Generator<string> {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && NAMES.has(node.text) && isValue(node)) {
      const isGlobal = of
        .getSymbolAtLocation(node)
        ?.declarations?.every((it) => it.getSourceFile().hasNoDefaultLib || /\/lib\.\w/.test(it.getSourceFile().fileName));
      if (isGlobal)
        found.push(`${source.fileName.replace(root, "")}:${source.getLineAndCharacterOfPosition(node.pos).line + 1} ${node.text}`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  yield* found;
}

/** Whether it stands for a thing, not for a type, and not as somebody's property. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isExpression(parent) || ts.isVariableDeclaration(parent) || ts.isHeritageClause(parent.parent) || ts.isReturnStatement(parent);
}

const compiled = (files: readonly string[], host?: ts.CompilerHost) =>
  ts.createProgram(
    files,
    { ...ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config, ts.sys, root).options },
    host,
  );

it("takes what the browser gives from one place", { timeout: 60_000 }, () => {
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  const program = compiled(config.fileNames);
  const checker = program.getTypeChecker();
  const sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${root}src/`) && !fileName.includes("/pkg/"));
  expect(sources.length).toBeGreaterThan(40);
  expect(sources.flatMap((source) => [...saidByName(source, checker)])).toEqual([]);
});

it("would see it", { timeout: 60_000 }, () => {
  const name = `${root}src/example.ts`;
  const text =
    "const later: Promise<Map<string, Date>> | undefined = undefined; export const made = [later, new Map(), JSON.parse('1'), setTimeout, Promise.resolve()];";
  const host = ts.createCompilerHost({});
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === name || fileExists(path);
  host.getSourceFile = (path, version) => (path === name ? ts.createSourceFile(path, text, version, true) : getSourceFile(path, version));
  const program = compiled([name], host);
  const source = program.getSourceFile(name);
  expect([...saidByName(source as ts.SourceFile, program.getTypeChecker())].map((it) => it.split(" ")[1])).toEqual([
    "Map",
    "JSON",
    "setTimeout",
    "Promise",
  ]);
});
