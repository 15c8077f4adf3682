/** SHA-256 in hexadecimal digits. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** The platform's where the context is secure; pages on plain HTTP have none and use `otherwise`. */
export function hasher(otherwise: (bytes: Uint8Array) => string | Promise<string>): Sha256 {
  return async (bytes) => {
    if (!globalThis.crypto?.subtle) return otherwise(bytes);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
}
