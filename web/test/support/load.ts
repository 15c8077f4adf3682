/** Loads a pack to the end and tells what was heard on the way. */

import type { CentoError } from '../../src/client/error.js';
import type {
  CentoMonitor,
  Coverage,
  CreateOptions,
  LoadProgress,
  UpdateEvent,
} from '../../src/client/types.js';
import type { FakeOptions } from './fake_engine.js';
import { FakeCento, type Site } from './fake_site.js';

export interface Heard {
  progress: LoadProgress[];
  coverage: Coverage[];
  warnings: CentoError[];
  updates: UpdateEvent[];
}

/** An option for `create`, and what comes by it. */
export function listen(): Heard & Pick<CreateOptions, 'monitor'> {
  const heard: Heard = { progress: [], coverage: [], warnings: [], updates: [] };
  const monitor = (target: CentoMonitor) => {
    target.addEventListener('downloadprogress', (event) => heard.progress.push(event));
    target.addEventListener('coverage', (event) => heard.coverage.push(event.coverage));
    target.addEventListener('warning', (event) => heard.warnings.push(event.error));
    target.addEventListener('update', (event) => heard.updates.push(event));
  };
  return { ...heard, monitor };
}

export async function load(
  site: Site,
  options: Partial<CreateOptions> = {},
  fake: FakeOptions = {},
): Promise<Heard & { cento: FakeCento }> {
  const { monitor, ...heard } = listen();
  const cento = await FakeCento.create(site, { monitor, ...options } as CreateOptions, fake);
  await cento.ready;
  return { cento, ...heard };
}
