// The programs and headers that the project needs from the system, and how to tell that each is there.
// Only Node's built-ins, so that set-up can use it.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { buildDir } from './paths.mjs';
import { output } from './run.mjs';

function versionOf(command, pattern = /(\d+)\.(\d+)(?:\.(\d+))?/) {
  const match = output(command, ['--version'])?.match(pattern);
  return match ? match.slice(1).map((part) => Number(part ?? 0)) : null;
}

function isAtLeast(version, wanted) {
  if (!version) return false;
  const differs = wanted.findIndex((part, i) => version[i] !== part);
  return differs < 0 || version[differs] > wanted[differs];
}

/** The command, plain or with its major version in the name as Debian has it, that has this major version. */
function withMajor(command, major) {
  return [command, `${command}-${major}`].find((name) => versionOf(name)?.[0] === major) ?? null;
}

/** Layout and lint findings differ between versions, so these two are pinned to Debian 12's. */
export const findClangFormat = () => withMajor('clang-format', 14);
export const findClangTidy = () => withMajor('clang-tidy', 14);

/** The path of the first of these commands that is there, or null. */
function findCommand(...names) {
  const path = output('sh', ['-c', names.map((name) => `command -v ${name}`).join(' || ')]);
  return path?.trim() ?? null;
}

/** The path of the system's Chromium, or null. */
export const findChromium = () => findCommand('chromium', 'chromium-browser', 'google-chrome');

export const findFirefox = () => findCommand('firefox-esr', 'firefox');

/** The path of WebKitGTK's MiniBrowser, or null where that or what drives it is missing. */
export function findWebkit() {
  if (!findCommand('WebKitWebDriver') || !findCommand('Xvfb')) return null;
  const path = output('sh', ['-c', 'ls -d /usr/lib/*/webkit2gtk-4.*/MiniBrowser']);
  return path?.trim().split('\n').at(-1) ?? null;
}

/** Whether `npx playwright install chromium` was run, which serves as well. */
function hasPlaywrightChromium() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? `${homedir()}/.cache/ms-playwright`;
  return existsSync(cache) && readdirSync(cache).some((name) => name.startsWith('chromium'));
}

function hasHeader(header) {
  return output('c++', ['-E', '-x', 'c++', '-'], { input: `#include <${header}>\n` }) !== null;
}

function linksWith(flags) {
  const args = ['-x', 'c++', '-', ...flags, '-o', '/dev/null'];
  return output('clang++', args, { input: 'int main() {}\n' }) !== null;
}

/**
 * What emcc needs to be told. Debian's does not find its JavaScript optimiser's parser when Node.js is
 * not Debian's, and its cache of compiled system libraries is writable for root alone.
 */
export function emscriptenEnv() {
  const env = { EM_NODE_JS: process.execPath };
  if (existsSync('/usr/share/nodejs/acorn')) env.NODE_PATH = '/usr/share/nodejs';
  const debianCache = '/usr/share/emscripten/cache';
  if (!process.env.EM_CACHE && existsSync(debianCache)) {
    try {
      accessSync(debianCache, constants.W_OK);
    } catch {
      env.EM_CACHE = `${buildDir}/emscripten-cache`;
    }
  }
  return env;
}

/**
 * Each need: what it is, the Debian package that brings it, and whether it is there now. Without an optional
 * one some tests are skipped, and say so.
 */
export const systemNeeds = [
  {
    name: 'a C++20 compiler (c++)',
    package: 'g++',
    isThere: () =>
      output('c++', ['-std=c++20', '-E', '-x', 'c++', '-'], { input: '#include <span>\n' }) !==
      null,
  },
  {
    name: 'cmake 3.21 or newer',
    package: 'cmake',
    isThere: () => isAtLeast(versionOf('cmake'), [3, 21]),
  },
  { name: 'ninja', package: 'ninja-build', isThere: () => versionOf('ninja') !== null },
  {
    name: 'Emscripten 3.1.6 or newer (emcc)',
    package: 'emscripten',
    isThere: () => isAtLeast(versionOf('emcc', /(\d+)\.(\d+)\.(\d+)/), [3, 1, 6]),
  },
  {
    name: "doctest's header",
    package: 'doctest-dev',
    isThere: () => hasHeader('doctest/doctest.h'),
  },
  {
    name: "nlohmann-json's header",
    package: 'nlohmann-json3-dev',
    isThere: () => hasHeader('nlohmann/json.hpp'),
  },
  { name: "CLI11's header", package: 'libcli11-dev', isThere: () => hasHeader('CLI/CLI.hpp') },
  { name: 'clang++', package: 'clang', isThere: () => versionOf('clang++') !== null },
  {
    name: "clang's sanitizers and fuzzer",
    package: 'libclang-rt-14-dev',
    isThere: () => linksWith(['-fsanitize=address,undefined']),
  },
  {
    name: 'clang-format 14',
    package: 'clang-format-14',
    isThere: () => findClangFormat() !== null,
  },
  { name: 'clang-tidy 14', package: 'clang-tidy-14', isThere: () => findClangTidy() !== null },
  {
    name: 'Chromium',
    package: 'chromium',
    isThere: () => findChromium() !== null || hasPlaywrightChromium(),
  },
  {
    name: 'Firefox',
    package: 'firefox-esr',
    isOptional: true,
    isThere: () => findFirefox() !== null,
  },
  {
    name: "WebKitGTK's driver",
    package: 'webkit2gtk-driver',
    isOptional: true,
    isThere: () => findCommand('WebKitWebDriver') !== null,
  },
  { name: 'Xvfb', package: 'xvfb', isOptional: true, isThere: () => findCommand('Xvfb') !== null },
  {
    name: 'valgrind',
    package: 'valgrind',
    isOptional: true,
    isThere: () => output('valgrind', ['--version']) !== null,
  },
  {
    name: '7-Zip, whose PPMd `npm run bench` compares with',
    package: '7zip',
    isOptional: true,
    isThere: () => output('7zz', ['i']) !== null,
  },
  { name: 'xz', package: 'xz-utils', isThere: () => output('xz', ['--version']) !== null },
];
