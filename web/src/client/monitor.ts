import type { CentoError } from './error.js';
import type {
  CentoMonitor,
  Coverage,
  CoverageEvent,
  DownloadProgressEvent,
  LoadProgress,
  UpdateEvent,
  WarningEvent,
} from './types.js';

export function createMonitor(): CentoMonitor {
  return new EventTarget() as CentoMonitor;
}

const event = <E extends Event>(type: string, members: Omit<E, keyof Event>): E =>
  Object.assign(new Event(type), members) as E;

export function progressEvent(progress: LoadProgress): DownloadProgressEvent {
  return event<DownloadProgressEvent>('downloadprogress', progress);
}

export function coverageEvent(coverage: Coverage): CoverageEvent {
  return event<CoverageEvent>('coverage', { coverage });
}

export function updateEvent(packId: string, progress: LoadProgress): UpdateEvent {
  return event<UpdateEvent>('update', { packId, ...progress });
}

export function warningEvent(error: CentoError): WarningEvent {
  return event<WarningEvent>('warning', { error });
}
