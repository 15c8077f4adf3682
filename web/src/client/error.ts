/** Stable across versions; equal to the engine's codes, with the platform's names where it has one. */
export type CentoErrorCode =
  | 'InvalidArgumentError' // the caller's input cannot be used
  | 'IntegrityError' // bytes of a pack are damaged or hostile
  | 'VersionMismatchError' // the pack needs another engine version
  | 'NotFoundError' // a file, document or pack is not there
  | 'IoError' // reading or writing storage failed
  | 'QuotaExceededError' // a stated limit, the storage or the memory was reached
  | 'AbortError' // the caller cancelled
  | 'NotSupportedError' // the input is valid, this build or browser cannot serve it
  | 'NetworkError' // a request failed, after its retries
  | 'InvalidStateError' // the instance was destroyed
  | 'WorkerError'; // the worker could not start, or died

export interface CentoErrorOptions {
  /** Byte offset of the fault inside the (decompressed, where it applies) file. */
  offset?: number | undefined;
  /** Of a `QuotaExceededError` of the storage, as a `DOMException` has them: bytes that would be in use, and the limit. */
  requested?: number | undefined;
  quota?: number | undefined;
  cause?: unknown;
}

/** The only kind of error the API throws. `name` equals `code`, as with a DOMException. */
export class CentoError extends Error {
  readonly code: CentoErrorCode;
  readonly offset?: number;
  readonly requested?: number;
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
