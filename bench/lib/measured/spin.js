// A classic worker that counts: how fast workers run.
let sum = 0;

function loop() {
  for (let i = 0; i < 1e6; i++) sum = (sum * 31 + i) | 0;
}

self.onmessage = ({ data: { milliseconds, loops = Number.POSITIVE_INFINITY } }) => {
  for (let i = 0; i < 20; i++) loop(); // until it is compiled
  const start = performance.now();
  let count = 0;
  while (
    count < loops &&
    (loops < Number.POSITIVE_INFINITY || performance.now() - start < milliseconds)
  ) {
    loop();
    count++;
  }
  self.postMessage({ loops: count, milliseconds: performance.now() - start, sum });
};
