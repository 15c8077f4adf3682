// Installs what is missing: system packages through apt where we may, then the npm packages.
// Looks each time and remembers nothing; uses only Node's built-ins, because it runs before `npm ci`.
import { existsSync, readFileSync } from 'node:fs';
import { root } from './lib/paths.mjs';
import { main, output, run, UserError } from './lib/run.mjs';
import { systemNeeds } from './lib/tools.mjs';

/** How to call apt-get: directly, through sudo without a password, or not at all (null). */
function aptGet() {
  if (output('apt-get', ['--version']) === null) return null;
  if (process.getuid() === 0) return ['apt-get'];
  return output('sudo', ['-n', 'true']) === null
    ? null
    : ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
}

/** Missing ones, those that must be there or those that need not. */
function missingNeeds({ isOptional = false } = {}) {
  return systemNeeds.filter((need) => Boolean(need.isOptional) === isOptional && !need.isThere());
}

function explain(missing) {
  const names = missing.map((need) => `  ${need.name} (Debian package ${need.package})`).join('\n');
  const packages = missing.map((need) => need.package).join(' ');
  return `These are missing:\n${names}\nInstall them, on Debian 12 with: apt-get install ${packages}`;
}

async function install([command, ...args], needs) {
  const packages = needs.map((need) => need.package);
  console.log(`Installing ${packages.join(', ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run(command, [...args, 'update', '-qq'], { env });
  await run(command, [...args, 'install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  });
}

async function setUpSystem() {
  const missing = missingNeeds();
  const wanted = missingNeeds({ isOptional: true });
  if (missing.length === 0 && wanted.length === 0) return;
  const apt = aptGet();
  if (missing.length > 0) {
    if (!apt) throw new UserError(explain(missing));
    await install(apt, missing);
    const still = missingNeeds();
    if (still.length > 0) throw new UserError(explain(still));
  }
  if (wanted.length === 0) return;
  // Not every system has them; what they are for is skipped then.
  if (apt) await install(apt, wanted).catch((error) => console.log(error.message));
  const still = missingNeeds({ isOptional: true });
  if (still.length > 0) console.log(`${explain(still)}\nWithout them some tests are skipped.`);
}

/** Whether node_modules holds just what package-lock.json says (optional packages may be absent). */
function npmPackagesMatch() {
  const installedPath = `${root}/node_modules/.package-lock.json`;
  if (!existsSync(installedPath)) return false;
  const wanted = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  const isSame = ([path, entry]) =>
    path === '' ||
    (installed[path] ? installed[path].integrity === entry.integrity : Boolean(entry.optional)) ||
    Boolean(entry.link);
  return (
    Object.entries(wanted).every(isSame) && Object.keys(installed).every((path) => path in wanted)
  );
}

await main(async () => {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new UserError(`Node.js 20 or newer is needed; this is ${process.version}`);
  }
  await setUpSystem();
  if (!npmPackagesMatch()) await run('npm', ['ci', '--ignore-scripts']);
});
