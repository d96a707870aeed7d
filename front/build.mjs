// Bundles src/ into the file that package.json names; with --check it only says whether that file is what it would make.
// The header's two hashes let a test see without node that the sources or the bundle were changed alone (tests/front).
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(HERE, "src");
const BUNDLE = resolve(HERE, JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")).bundle);

const hash = (text) => createHash("sha256").update(text).digest("hex");
const read = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n");

/** Of each source that goes into the bundle: its name and its text, in the order of the names. */
function sources() {
  const names = readdirSync(SOURCES, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
  return names
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => `${name}\0${read(join(SOURCES, name))}\0`);
}

async function bundle() {
  const options = { bundle: true, charset: "utf8", format: "esm", target: "es2022", write: false };
  const made = await build({ ...options, absWorkingDir: HERE, entryPoints: ["src/quiz.js"] });
  const text = made.outputFiles[0].text;
  const header = [
    "Generated from front/src by `make front`: edit there.",
    `Sources: ${hash(sources().join(""))}`,
    `Below: ${hash(text)}`,
  ];
  return `${header.map((line) => `// ${line}\n`).join("")}${text}`;
}

const made = await bundle();
const name = relative(join(HERE, ".."), BUNDLE);
if (!process.argv.includes("--check")) {
  writeFileSync(BUNDLE, made);
  console.log(`${name}: ${made.split("\n").length} lines from front/src`);
} else if (!existsSync(BUNDLE) || read(BUNDLE) !== made) {
  console.error(`${name} is not what front/src makes. Run \`make front\`.`);
  process.exitCode = 1;
}
