/** A PDF and an EPUB, made byte by byte as their formats ask for it. */

import { strToU8, zipSync } from 'fflate';

/** `pages`: the lines of each; an empty line parts paragraphs. */
export function pdfFile(title: string, pages: string[][], { isLocked = false } = {}): Buffer {
  const text = (lines: string[]) => {
    const shown = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`);
    return `BT /F1 12 Tf 14 TL 72 720 Td\n${shown.join('\n')}\nET`;
  };
  const first = 4;
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, i) => {
      const content = text(lines);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${first + 2 * i + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
    `<< /Title (${title}) >>`,
  ];
  const info = objects.length;
  let file = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const place = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = file.length;
  // Hashes that no password gives.
  const key = `<${'ab'.repeat(32)}>`;
  const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${key} /U ${key} >> /ID [<01><01>]`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) file += `${String(place).padStart(10, '0')} 00000 n \n`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${info} 0 R ${isLocked ? lock : ''} >>\n`;
  return Buffer.from(`${file}startxref\n${table}\n%%EOF\n`, 'latin1');
}

/** `chapters`: the content of the body of each; they are read in this order, and stand in another. */
export function epubFile(title: string, chapters: string[], { isLocked = false } = {}): Buffer {
  const name = (i: number) => `text/chapter%20${i + 1}.xhtml`;
  const list = (part: (i: number) => string) => chapters.map((_, i) => part(i)).join('');
  const pages = Object.fromEntries(
    chapters.map((body, i) => [
      `OEBPS/${decodeURI(name(i))}`,
      strToU8(
        `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`,
      ),
    ]),
  );
  const lock = `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
    xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>
    <enc:CipherReference URI="OEBPS/${name(0)}"/></enc:CipherData></enc:EncryptedData></encryption>`;
  return Buffer.from(
    zipSync({
      mimetype: [strToU8('application/epub+zip'), { level: 0 }],
      'META-INF/container.xml': strToU8(
        `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
          <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
      ),
      ...(isLocked && { 'META-INF/encryption.xml': strToU8(lock) }),
      'OEBPS/book.opf': strToU8(
        `<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
          <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></metadata>
          <manifest>${list((i) => `<item id="c${i}" href="${name(i)}" media-type="application/xhtml+xml"/>`)}</manifest>
          <spine>${list((i) => `<itemref idref="c${i}"/>`)}</spine></package>`,
      ),
      ...Object.fromEntries(Object.entries(pages).reverse()),
      'OEBPS/cover.png': new Uint8Array(2000),
    }),
  );
}
