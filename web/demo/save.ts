/** Files for the reader to keep: into a folder where the browser can write one, or as downloads. */

import { h } from './dom.js';

type Files = Record<string, Uint8Array<ArrayBuffer>>;

interface FolderPicker {
  showDirectoryPicker?(options: {
    id: string;
    mode: 'readwrite';
  }): Promise<FileSystemDirectoryHandle>;
}

/**
 * Asks where to, first, while the click still counts. Gives what became of them in words; nothing: the reader
 * thought better of it.
 */
export async function saveFiles(make: () => Promise<Files>): Promise<string | undefined> {
  const picker = globalThis as FolderPicker;
  if (!picker.showDirectoryPicker) {
    const files = Object.entries(await make());
    for (const [name, bytes] of files) download(name, new Blob([bytes]));
    return `${files.length} files are among your downloads`;
  }
  try {
    const folder = await picker.showDirectoryPicker({ id: 'cento-pack', mode: 'readwrite' });
    const files = Object.entries(await make());
    for (const [name, bytes] of files) {
      const handle = await folder.getFileHandle(name, { create: true });
      const stream = await handle.createWritable();
      await stream.write(bytes);
      await stream.close();
    }
    return `${files.length} files are in the folder${folder.name ? ` “${folder.name}”` : ''}`;
  } catch (error) {
    if ((error as Error).name === 'AbortError') return undefined;
    throw error;
  }
}

export function download(name: string, blob: Blob): void {
  const href = URL.createObjectURL(blob);
  h('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser may still be reading
}
