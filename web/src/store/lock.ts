/** Held, in shared mode, while some page loads the pack of this manifest. */
export const downloadLockName = (manifestUrl: string) => `cento:download:${manifestUrl}`;
