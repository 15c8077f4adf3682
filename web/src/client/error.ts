/**
 * Stable across versions; equal to the engine's codes, with the platform's names where it has one.
 *
 * - `AbortError`: the signal was aborted, or the instance destroyed while the call was pending.
 * - `NetworkError`, `NotFoundError`: a request failed after three more tries (server errors, lost connections, 30 s
 *   without a byte; other answers at once).
 * - `IntegrityError`: a manifest, file or index is damaged; nothing of it is used.
 * - `VersionMismatchError`: the pack needs another engine version, or scripts and WebAssembly are not of one release;
 *   the message says both versions and what helps.
 * - `QuotaExceededError`, `IoError`: the storage is full (`requested` and `quota` say how many bytes would be in use
 *   and how many may be, before anything is downloaded), or the memory, or the storage failed; what was stored before
 *   is still there.
 * - `NotSupportedError`: no workers, no WebAssembly, or (with `cache: 'indexeddb'`) no IndexedDB.
 * - `InvalidArgumentError`: an argument cannot be used.
 * - `InvalidStateError`: the instance was destroyed before the call.
 * - `WorkerError`: the worker could not start, or died; all pending calls reject with it, and the next call starts
 *   another worker from what is stored.
 */
export type CentoErrorCode =
  | 'InvalidArgumentError'
  | 'IntegrityError'
  | 'VersionMismatchError'
  | 'NotFoundError'
  | 'IoError'
  | 'QuotaExceededError'
  | 'AbortError'
  | 'NotSupportedError'
  | 'NetworkError'
  | 'InvalidStateError'
  | 'WorkerError';

/** What an error may know beside its message. */
export interface CentoErrorOptions {
  /** Byte offset of the fault inside the (decompressed, where it applies) file. */
  offset?: number | undefined;
  /** Of a `QuotaExceededError` of the storage, as a `DOMException` has them: bytes that would be in use, and the limit. */
  requested?: number | undefined;
  quota?: number | undefined;
  /** The error of the platform behind it. */
  cause?: unknown;
}

/** The only kind of error the API throws. `name` equals `code`, as with a DOMException. */
export class CentoError extends Error {
  /** What to decide by; the message is for people. */
  readonly code: CentoErrorCode;
  /** Byte offset of the fault inside the (decompressed, where it applies) file. */
  readonly offset?: number;
  /** Of a full storage: bytes that would be in use. */
  readonly requested?: number;
  /** Of a full storage: bytes that may be in use. */
  readonly quota?: number;

  constructor(code: CentoErrorCode, message: string, options: CentoErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    const { offset, requested, quota } = options;
    if (offset !== undefined) this.offset = offset;
    if (requested !== undefined) this.requested = requested;
    if (quota !== undefined) this.quota = quota;
  }
}
