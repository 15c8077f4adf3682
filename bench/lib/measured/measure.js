// Imported before the library's worker script, in the engine's worker and in the one that builds indexes:
// times each call of the engine and follows its memory. Pages listen on the channel "measured".
const channel = new BroadcastChannel('measured');
const worker = self.name === 'cento-express' ? 'expression' : 'engine';
const now = () => performance.timeOrigin + performance.now();

/** Milliseconds of each call, by the function's name. */
const calls = {};
let memory;

/** Of these every call is told at once: the worker ends without a word. */
const isTold = (name) => /^expresser|_mount$|_open_tables$/.test(name);

function timed(name, run) {
  calls[name] = [];
  return (...args) => {
    const start = performance.now();
    try {
      return run(...args);
    } finally {
      const milliseconds = performance.now() - start;
      calls[name].push(milliseconds);
      if (isTold(name)) tell(name, milliseconds);
    }
  };
}

function tell(call, milliseconds) {
  channel.postMessage({ worker, at: now(), call, milliseconds, bytes: memory.buffer.byteLength });
}

const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (module, imports) => {
  const start = performance.now();
  const { exports } = await instantiate(module, imports);
  memory = exports.memory;
  tell('instantiate', performance.now() - start);
  const wrapped = Object.entries(exports).map(([name, value]) => [
    name,
    typeof value === 'function' && !/^cento_(allocate|free)$|_delete$/.test(name)
      ? timed(name, value)
      : value,
  ]);
  return { exports: Object.fromEntries(wrapped) };
};

channel.onmessage = ({ data }) => {
  if (data !== 'report' || !memory || worker !== 'engine') return;
  channel.postMessage({ worker, at: now(), calls, bytes: memory.buffer.byteLength });
  for (const times of Object.values(calls)) times.length = 0;
};
