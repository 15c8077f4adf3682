import { launchChromium } from './chromium.js';
import { runCore } from './scenarios.js';

runCore({ name: 'Chromium', simd: true, launch: () => launchChromium() });
runCore({
  name: 'Chromium without SIMD128',
  simd: false,
  // As on a processor without the instructions that V8 needs for it.
  launch: () => launchChromium('--js-flags=--no-enable-sse4-1'),
});
