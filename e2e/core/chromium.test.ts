import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/lib/tools.mjs';
import { launchChromium } from './puppeteer.js';
import { runCore } from './scenarios.js';

const path = findChromium() ?? chromium.executablePath();

runCore({ name: 'Chromium', simd: true, launch: () => launchChromium(path) });
runCore({
  name: 'Chromium without SIMD128',
  simd: false,
  // As on a processor without the instructions that V8 needs for it.
  launch: () => launchChromium(path, '--js-flags=--no-enable-sse4-1'),
});
