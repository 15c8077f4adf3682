import { CentoError } from '../client/error.js';
import { abortError } from '../protocol/peer.js';

/** Errors: `NetworkError`, `NotSupportedError` (it does not compile), `AbortError`. */
export async function compileWasm(
  url: string,
  signal: AbortSignal,
  cache: RequestCache = 'default',
): Promise<WebAssembly.Module> {
  try {
    const response = await fetch(url, { signal, cache });
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    // Compiling while it streams needs the right type, which not every host sends.
    return response.headers.get('content-type')?.startsWith('application/wasm')
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    if (signal.aborted) throw abortError(signal);
    const why = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof WebAssembly.CompileError) {
      throw new CentoError('NotSupportedError', `${url} cannot be compiled here: ${why}`, {
        cause,
      });
    }
    throw new CentoError('NetworkError', `Cannot load ${url}: ${why}`, { cause });
  }
}
