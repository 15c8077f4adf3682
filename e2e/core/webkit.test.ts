import { findWebkit } from '../../scripts/lib/tools.mjs';
import { runCore } from './scenarios.js';
import { launchWebkit } from './webkit.js';

const path = findWebkit();
const missing = path
  ? undefined
  : 'WebKitGTK or its screen is not installed (Debian packages webkit2gtk-driver, xvfb)';

runCore({ name: 'WebKit', simd: true, missing, launch: () => launchWebkit(path as string) });
runCore({
  name: 'WebKit without SIMD128',
  simd: false,
  missing,
  launch: () => launchWebkit(path as string, { JSC_useWasmSIMD: '0' }),
});
