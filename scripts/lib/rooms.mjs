// The rooms of engine/ and which of them each may include.

// Which rooms each room may use, itself and the public headers aside.
const rooms = {};
function addRoom(name, ...uses) {
  rooms[name] = new Set([name, ...uses.flatMap((used) => [...rooms[used]])]);
}
addRoom('base');
addRoom('simd', 'base');
addRoom('text', 'base');
addRoom('index', 'simd', 'text');
addRoom('levels', 'index');
addRoom('evidence', 'levels');
addRoom('retrieval', 'levels');
addRoom('compose', 'evidence', 'retrieval');
addRoom('pack', 'retrieval');
addRoom('facade', 'compose', 'pack');
addRoom('build', 'pack', 'evidence', 'retrieval');
addRoom('cli', 'facade', 'build');
addRoom('wasm', 'facade');

// Public headers: the facade's are not for the rooms below it, which would turn the direction round.
const facadeHeaders = new Set(['engine', 'verify']);
const usesFacade = (room) => rooms[room].has('facade') || room === 'build';

// Not in every compiler that we support, or not the same bytes everywhere, or too large for the browser.
const forbiddenHeaders = new Set(['expected', 'format', 'iostream', 'random', 'ranges', 'regex']);
const forbiddenFor = (room, header) => forbiddenHeaders.has(header) && room !== 'cli';

/** What is wrong with one #include, or null. `path` is relative to the project's folder. */
export function problemOfInclude(path, include) {
  const room = path.match(/^engine\/([^/]+)\//)?.[1] ?? path.split('/')[0];
  const header = include.match(/^<(.*)>$/)?.[1];
  if (header) return forbiddenFor(room, header) ? `<${header}> is not for this room` : null;
  const [target, name] = include.slice(1, -1).split('/');
  if (room === 'include') {
    return target === 'cento'
      ? null
      : `a public header may include public headers only, not ${include}`;
  }
  if (target === 'cento') {
    const isAllowed = !facadeHeaders.has(name.replace(/\.h$/, '')) || usesFacade(room);
    return isAllowed
      ? null
      : `${include} belongs to the facade, which stands to the right of ${room}`;
  }
  if (!rooms[room]) return `engine/${room} is no room`;
  if (name === undefined) return `write ${include} from engine/, as "room/file.h"`;
  return rooms[room].has(target) ? null : `${room} may not use ${target} (${include})`;
}
