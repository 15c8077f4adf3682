/** WebKitGTK's MiniBrowser, through WebKitWebDriver, on a screen of its own that nobody sees. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import type { Browser } from './browser.js';

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/** Xvfb on a number that it finds free, and tells. */
async function startScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'];
  const screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const lines = createInterface(screen.stdio[3] as Readable);
  const [number] = await once(lines, 'line');
  return { screen, display: `:${number}` };
}

/** Waits until the driver takes sessions. */
async function isUp(address: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${address}/status`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** `miniBrowser` is the program's path; `env` sets options of the engine. */
export async function launchWebkit(
  miniBrowser: string,
  env: Record<string, string> = {},
): Promise<Browser> {
  const { screen, display } = await startScreen();
  const port = await freePort();
  const service = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display,
      // Its sandbox is not for root. The pages are our own.
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
      ...env,
    },
  });
  const address = `http://127.0.0.1:${port}`;
  let driver: WebDriver | undefined;
  const close = async () => {
    await driver?.quit();
    await end(service);
    await end(screen);
  };
  try {
    await isUp(address);
    const wanted = {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
    };
    driver = await new Builder()
      .usingServer(address)
      .withCapabilities(new Capabilities(wanted))
      .build();
  } catch (error) {
    await close();
    throw error;
  }
  const started = driver;
  await started.manage().setTimeouts({ script: 60_000 });
  return {
    version: `WebKitGTK ${(await started.getCapabilities()).get('browserVersion')}`,
    goto: (url) => started.get(url),
    async evaluate(script, place) {
      await started.switchTo().defaultContent();
      if (place === 'frame') await started.switchTo().frame(0);
      const { value, error } = (await started.executeAsyncScript(`
        const done = arguments[arguments.length - 1];
        (${script}).then((value) => done({ value }), (error) => done({ error: String(error) }));
      `)) as { value?: unknown; error?: string };
      if (error !== undefined) throw new Error(error);
      return value;
    },
    close,
  };
}
