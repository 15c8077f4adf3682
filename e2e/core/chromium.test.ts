import { chromium } from '@playwright/test';
import { launchOptions, scalarLaunchOptions } from '../../scripts/lib/chromium.mjs';
import { findChromium } from '../../scripts/lib/tools.mjs';
import { launchChromium } from './puppeteer.js';
import { runCore } from './scenarios.js';

const path = findChromium() ?? chromium.executablePath();

runCore({ name: 'Chromium', simd: true, launch: () => launchChromium(path, launchOptions.args) });
runCore({
  name: 'Chromium without SIMD128',
  simd: false,
  missing: process.arch === 'x64' ? undefined : 'V8 can do without SIMD128 on x64 alone',
  launch: () => launchChromium(path, scalarLaunchOptions.args),
});
