/**
 * The text of a PDF, by pdf.js. A file of its own, with its worker beside it: both are loaded when the first
 * PDF is read, and nothing of it comes from elsewhere.
 */

import { getDocument, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { PageJoiner } from './lines.js';

export interface PdfOptions {
  /** Begins the worker; who calls ends it. */
  worker: Worker;
  /** Where the tables for old encodings of Chinese, Japanese and Korean are. */
  tablesUrl: string;
  onPage: (page: number, pages: number) => void;
}

/** Errors say what is wrong with the file, in words that follow its name. */
export async function readPdf(
  bytes: Uint8Array<ArrayBuffer>,
  { worker, tablesUrl, onPage }: PdfOptions,
): Promise<{ title: string; text: string }> {
  const task = getDocument({
    data: bytes,
    worker: PDFWorker.create({ port: worker as never }),
    cMapUrl: tablesUrl,
    isEvalSupported: false,
    disableFontFace: true,
    useWorkerFetch: false,
    stopAtErrors: false,
  });
  try {
    const pdf = await task.promise;
    const joiner = new PageJoiner();
    for (let number = 1; number <= pdf.numPages; number++) {
      onPage(number, pdf.numPages);
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      joiner.add(items.filter((item) => 'str' in item));
      page.cleanup();
    }
    const { info } = await pdf.getMetadata();
    const title = (info as { Title?: unknown }).Title;
    return { title: typeof title === 'string' ? title.trim() : '', text: joiner.text };
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'PasswordException') throw new Error('is protected by a password.');
    if (name === 'InvalidPDFException') throw new Error('is damaged, or no PDF.');
    throw new Error(`cannot be read: ${message}`);
  } finally {
    await task.destroy();
  }
}
