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
  cause?: unknown;
}

/** The only kind of error the API throws. `name` equals `code`, as with a DOMException. */
export class CentoError extends Error {
  readonly code: CentoErrorCode;
  readonly offset?: number;

  constructor(code: CentoErrorCode, message: string, options: CentoErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    if (options.offset !== undefined) this.offset = options.offset;
  }
}
