// Builds the examples into build/examples, as their READMEs say, with the package of this checkout.
// Usage: node web/examples/build.mjs [NAME...]   (all of them by default)
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';

const root = fileURLToPath(new URL('../..', import.meta.url));
const engine = ['worker.js', 'cento.wasm', 'cento-scalar.wasm'];

/** Copies an example's files; gives the folder of the copy. */
function copyOf(name, folder = '') {
  const out = `${root}build/examples/${name}`;
  rmSync(out, { recursive: true, force: true });
  cpSync(`${root}web/examples/${name}${folder}`, out, { recursive: true });
  return out;
}

/** `npx cento build` */
function buildPack(...args) {
  execFileSync(process.execPath, [`${root}dist/cli.js`, 'build', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Installs what `npm pack` makes of this checkout in an app; what it needs is the checkout's. */
function installPackage(app) {
  const into = `${app}/node_modules/cento`;
  mkdirSync(into, { recursive: true });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', app];
  const archive = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', `${app}/${archive}`, '--strip-components=1', '-C', into]);
}

/** The app's page, as a bundler that takes no pages needs it. */
function writePage(app, out) {
  const page = readFileSync(`${app}/index.html`, 'utf8');
  const links =
    '<link rel="stylesheet" href="main.css"><script type="module" src="main.js"></script>';
  mkdirSync(out, { recursive: true });
  writeFileSync(`${out}/index.html`, page.replace(/<script.*<\/script>/, links));
  cpSync(`${app}/public/pack`, `${out}/pack`, { recursive: true });
}

/** The same app by three bundlers, each without settings for this package, or with the line that docs/guides/npm.md has. */
async function bundledApps() {
  const app = `${root}build/apps/vite-app`;
  rmSync(app, { recursive: true, force: true });
  cpSync(`${root}web/examples/vite-app`, app, { recursive: true });
  installPackage(app);
  buildPack(`${app}/content`, '--out', `${app}/public/pack`, '--name', 'kitchen');

  const byVite = `${root}build/examples/vite-app`;
  await vite({
    root: app,
    logLevel: 'warn',
    build: { outDir: byVite, emptyOutDir: true },
  });

  const byEsbuild = `${root}build/examples/esbuild-app`;
  rmSync(byEsbuild, { recursive: true, force: true });
  writePage(app, byEsbuild);
  await esbuild({
    absWorkingDir: app,
    entryPoints: ['src/main.js'],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: byEsbuild,
    logLevel: 'warning',
  });
  for (const file of engine) {
    cpSync(`${app}/node_modules/cento/dist/${file}`, `${byEsbuild}/${file}`);
  }

  const byWebpack = `${root}build/examples/webpack-app`;
  rmSync(byWebpack, { recursive: true, force: true });
  writePage(app, byWebpack);
  await runWebpack({
    mode: 'production',
    context: app,
    entry: './src/main.js',
    output: { path: byWebpack },
    experiments: { css: true },
    performance: false,
  });
}

/** Resolves when it is done; what it warns of is an error. */
function runWebpack(configuration) {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error);
      else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString()));
      else resolve();
    });
  });
}

/** Of examples that have a build.mjs of their own. */
function ownBuild(name) {
  const script = `${root}web/examples/${name}/build.mjs`;
  execFileSync(process.execPath, [script, `${root}build/examples/${name}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const examples = {
  pwa: () => ownBuild('pwa'),
  extension: () => ownBuild('extension'),
  'vite-app': bundledApps,
  'static-site'() {
    const out = copyOf('static-site', '/public');
    buildPack(out, '--out', `${out}/cento`, '--elements', '--name', 'skerry-point');
  },
};

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(examples)) await examples[name]();
