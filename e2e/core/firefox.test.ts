import { findFirefox } from '../../scripts/lib/tools.mjs';
import { launchFirefox } from './puppeteer.js';
import { runCore } from './scenarios.js';

const path = findFirefox();

runCore({
  name: 'Firefox',
  simd: true,
  missing: path ? undefined : 'Firefox is not installed (Debian package firefox-esr)',
  launch: () => launchFirefox(path as string),
});
