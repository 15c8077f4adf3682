// What models are made of, from Debian's packages, which need not be installed: they are taken from Debian's
// archive into build/debian.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const place = fileURLToPath(new URL('../build/debian', import.meta.url));

function run(cwd, command, ...args) {
  const { status, stderr, error } = spawnSync(command, args, { cwd });
  if (status === 0) return;
  const why = error?.message ?? String(stderr).trim();
  throw new Error(
    `${command} ${args.join(' ')}: ${why}\nThis needs Debian 12, and lists as of apt-get update.`,
  );
}

/** The folder that a package is unpacked in, as / would be; it is fetched the first time. */
export function packageFolder(name) {
  const folder = `${place}/${name}`;
  if (existsSync(folder)) return folder;
  const fetched = `${place}/${name}.fetched`;
  rmSync(fetched, { recursive: true, force: true });
  mkdirSync(fetched, { recursive: true });
  run(fetched, 'apt-get', 'download', name);
  const [archive] = readdirSync(fetched);
  run(fetched, 'dpkg-deb', '--extract', archive, 'unpacked');
  renameSync(`${fetched}/unpacked`, folder);
  rmSync(fetched, { recursive: true });
  return folder;
}
