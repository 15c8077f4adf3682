// The processes of a browser that render pages and run their workers, slowed down and looked into.
import { readdirSync, readFileSync } from 'node:fs';

/** Process ids; `browserPid` is that of the browser's first process. */
export function renderersOf(browserPid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {} // It has ended.
  }
  const isOurs = (pid) => pid === browserPid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter((pid) => {
    if (!isOurs(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer');
    } catch {
      return false;
    }
  });
}

function memoryOf(pids, field) {
  const sizes = pids.map((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      return 1024 * Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...sizes);
}

/** The most memory that one of them has held at a time, in bytes. */
export const peakResidentBytes = (pids) => memoryOf(pids, 'VmHWM');

/** The memory that the largest of them holds, in bytes. */
export const residentBytes = (pids) => memoryOf(pids, 'VmRSS');

/**
 * Lets them run for one part in `factor` of the time, in slices of a few milliseconds; gives what ends
 * that. Chromium's own throttling slows the page's thread alone and leaves its workers as fast as ever.
 */
export function slowDown(pids, factor) {
  if (factor <= 1) return () => {};
  const signal = (name) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {} // It has ended.
    }
  };
  const sliceMilliseconds = 5;
  let timer;
  const run = () => {
    signal('SIGCONT');
    timer = setTimeout(stop, sliceMilliseconds);
  };
  const stop = () => {
    signal('SIGSTOP');
    timer = setTimeout(run, sliceMilliseconds * (factor - 1));
  };
  run();
  return () => {
    clearTimeout(timer);
    signal('SIGCONT');
  };
}

/**
 * Looks at their threads every tenth of a second; `stop()` gives the seconds of the processor that the
 * busiest one has had. A worker is a thread, and gone when it ends.
 */
export function watchThreads(pids) {
  const ticksPerSecond = 100;
  const most = new Map();
  const look = () => {
    for (const pid of pids) {
      let threads = [];
      try {
        threads = readdirSync(`/proc/${pid}/task`);
      } catch {}
      for (const thread of threads) {
        try {
          const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
          const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
          most.set(thread, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond);
        } catch {} // It has ended.
      }
    }
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      look();
      clearInterval(timer);
      return Math.max(0, ...most.values());
    },
  };
}
