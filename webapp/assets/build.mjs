// Builds webapp/static/dist: scripts and their style sheets with esbuild, the pages' style sheet with Sass.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import * as sass from "sass";
import { scripts, styles } from "./entries.mjs";

const outdir = "webapp/static/dist";

function present(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(source)));
}

// Two files of dmn-js write styles into markup, which the policy of our pages forbids. They are named
// otherwise here; webapp/studio/src/features/decisions/decisions.css has them instead.
const stylesOutOfMarkup = {
  name: "styles-out-of-markup",
  setup(builder) {
    builder.onLoad({ filter: /dmn-js-.*(PoweredByUtil|DragAndDrop)\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll('style="', 'data-style="'),
    }));
  },
};

async function buildScripts() {
  await build({
    entryPoints: present(scripts),
    outdir,
    bundle: true,
    plugins: [stylesOutOfMarkup],
    // The libraries of bpmn.io share the copy of Preact that the properties panel brings.
    alias: { preact: "@bpmn-io/properties-panel/preact" },
    splitting: true,
    format: "esm",
    target: ["es2022"],
    minify: true,
    sourcemap: true,
    entryNames: "[name]",
    chunkNames: "chunk-[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".eot": "file", ".svg": "file", ".ttf": "file", ".woff": "file", ".woff2": "file" },
    legalComments: "eof",
    logLevel: "warning",
  });
}

function buildStyles() {
  for (const [name, source] of Object.entries(present(styles))) {
    const { css } = sass.compile(source, {
      loadPaths: ["node_modules"],
      style: "compressed",
      quietDeps: true,
    });
    writeFileSync(`${outdir}/${name}.css`, css);
  }
}

function report() {
  for (const name of [...Object.keys(present(scripts)).map((key) => `${key}.js`), "app.css"]) {
    const kilobytes = Math.round(statSync(`${outdir}/${name}`).size / 1024);
    process.stdout.write(`assets: ${name} ${kilobytes} kB\n`);
  }
}

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
await buildScripts();
buildStyles();
report();
