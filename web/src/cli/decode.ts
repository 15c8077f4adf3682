/** From the bytes of a file to text: which encoding it is in, and whether it is a text at all. */
import { isUtf8 } from 'node:buffer';
import sniffHtmlEncoding from 'html-encoding-sniffer';

export interface DecodedText {
  text: string;
  warnings: string[];
}

const sampleBytes = 8192;

/** A file with a NUL byte near its beginning is no text, unless a byte order mark says UTF-16. */
export function isBinary(bytes: Uint8Array): boolean {
  return byteOrderMark(bytes) !== 'utf-16' && bytes.subarray(0, sampleBytes).includes(0);
}

/** By byte order mark, then `<meta>`, as the HTML standard says; UTF-8 where neither speaks. */
export function decodeHtml(bytes: Uint8Array): DecodedText {
  return decode(bytes, sniffHtmlEncoding(bytes, { defaultEncoding: undeclaredEncoding(bytes) }));
}

/** By byte order mark; UTF-8 without one. */
export function decodePlain(bytes: Uint8Array): DecodedText {
  if (byteOrderMark(bytes) === 'utf-16')
    return decode(bytes, bytes[0] === 0xff ? 'utf-16le' : 'utf-16be');
  return decode(bytes, undeclaredEncoding(bytes));
}

function byteOrderMark(bytes: Uint8Array): 'utf-16' | undefined {
  const first = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  return first === 0xfffe || first === 0xfeff ? 'utf-16' : undefined;
}

/** Text that is not UTF-8 and says nothing is most likely in what browsers assume. */
function undeclaredEncoding(bytes: Uint8Array): string {
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function decode(bytes: Uint8Array, label: string): DecodedText {
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), warnings: [] };
  } catch {
    return {
      text: new TextDecoder('utf-8').decode(bytes),
      warnings: [`some bytes are not valid ${label}; they are read as U+FFFD`],
    };
  }
}
