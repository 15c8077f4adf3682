/** A pack's manifest: what it must say, checked before anything of it is used. See docs/format.md. */

import { CentoError } from '../client/error.js';

export const FORMAT = 'cento-pack';
/** The newest that is read. */
export const FORMAT_VERSION = 2;
/** No manifest comes near this; a longer one is refused unread. */
export const MAX_MANIFEST_BYTES = 1 << 20;
const MAX_FILE_BYTES = 64 << 20;
const MAX_TOKENS = 1 << 30;
const MAX_IDS = 65_536;
/** The end of a document, the 256 bytes. */
const MIN_VOCABULARY = 257;

export interface PackFile {
  file: string;
  role: 'base' | 'tables' | 'shard';
  bytes: number;
  sha256: string;
  rawBytes: number;
  /** Of shards. */
  documents: number;
  tokens: number;
}

export interface Manifest {
  packId: string;
  name: string;
  title: string;
  licence: string;
  language: string;
  counts: {
    documents: number;
    tokens: number;
    vocabulary: number;
    textBytes: number;
    classes: number;
    shapes: number;
  };
  /** Tables of an earlier pack, which those of this one are written as an addition to. */
  base?: PackFile | undefined;
  /** The tables file, then the shards in order; at least one. */
  tables: PackFile;
  shards: PackFile[];
  totalBytes: number;
}

/** In the order in which readers take them: base tables, tables, shards. */
export function filesOf({ base, tables, shards }: Manifest): PackFile[] {
  return base ? [base, tables, ...shards] : [tables, ...shards];
}

type Json = Record<string, unknown>;

function fail(message: string): never {
  throw new CentoError('IntegrityError', `The manifest is damaged: ${message}.`);
}

function object(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail(`${name} is no object`);
  return value as Json;
}

function text(parent: Json, key: string): string {
  const value = parent[key];
  return typeof value === 'string' ? value : fail(`"${key}" is no string`);
}

function whole(parent: Json, key: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  const value = parent[key];
  if (!Number.isSafeInteger(value)) fail(`"${key}" is no whole number`);
  const number = value as number;
  return number >= min && number <= max ? number : fail(`"${key}" is ${number}`);
}

function hex(parent: Json, key: string, digits: number): string {
  const value = text(parent, key);
  if (value.length !== digits || !/^[0-9a-f]+$/.test(value))
    fail(`"${key}" is not ${digits} hexadecimal digits`);
  return value;
}

/** `stem` is "tables" or "shard-NNNN". The name holds the beginning of the file's hash. */
function packFile(value: unknown, role: PackFile['role'], stem = 'tables'): PackFile {
  const entry = object(value, `the entry of ${stem}`);
  if (text(entry, 'role') !== role) fail(`the entry of ${stem} has another role`);
  const sha256 = hex(entry, 'sha256', 64);
  const file = text(entry, 'file');
  if (file !== `${stem}.${sha256.slice(0, 16)}.zst`)
    fail(`the file of ${stem} is called "${file}"`);
  return {
    file,
    role,
    sha256,
    bytes: whole(entry, 'bytes', 1, MAX_FILE_BYTES),
    rawBytes: whole(entry, 'rawBytes', 1, MAX_FILE_BYTES),
    documents: role === 'shard' ? whole(entry, 'documents', 0, MAX_TOKENS) : 0,
    tokens: role === 'shard' ? whole(entry, 'tokens', 0, MAX_TOKENS) : 0,
  };
}

/** Errors: `IntegrityError`; `VersionMismatchError` for a newer format. Members it does not know are left alone. */
export function parseManifest(json: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new CentoError('IntegrityError', 'The manifest is not JSON.', { cause });
  }
  const root = object(value, 'it');
  if (root.format !== FORMAT) fail(`"format" is not "${FORMAT}"`);
  const version = whole(root, 'version', 1);
  if (version > FORMAT_VERSION) {
    const message = `The pack has format version ${version}, and this Cento reads up to ${FORMAT_VERSION}: use a newer one.`;
    throw new CentoError('VersionMismatchError', message);
  }
  const counts = object(root.counts, '"counts"');
  const files = Array.isArray(root.files) ? [...(root.files as unknown[])] : [];
  const hasBase = files.length > 0 && object(files[0], 'the first entry').role === 'base';
  const base = hasBase ? packFile(files.shift(), 'base') : undefined;
  if (files.length < 2) fail('"files" is no list of tables and shards');
  const tables = packFile(files.shift(), 'tables');
  const shards = files.map((entry, i) =>
    packFile(entry, 'shard', `shard-${String(i).padStart(4, '0')}`),
  );
  const manifest: Manifest = {
    packId: hex(root, 'packId', 32),
    name: text(root, 'name'),
    title: text(root, 'title'),
    licence: text(root, 'licence'),
    language: text(root, 'language'),
    counts: {
      documents: whole(counts, 'documents', 1, MAX_TOKENS),
      tokens: whole(counts, 'tokens', 1, MAX_TOKENS),
      vocabulary: whole(counts, 'vocabulary', MIN_VOCABULARY, MAX_IDS),
      textBytes: whole(counts, 'textBytes', 1),
      classes: whole(counts, 'classes', 0, MAX_IDS),
      shapes: whole(counts, 'shapes', 0, MAX_IDS),
    },
    base,
    tables,
    shards,
    totalBytes: shards.reduce((sum, shard) => sum + shard.bytes, tables.bytes + (base?.bytes ?? 0)),
  };
  for (const key of ['documents', 'tokens'] as const) {
    const sum = shards.reduce((total, shard) => total + shard[key], 0);
    if (sum !== manifest.counts[key]) fail(`the ${key} of the shards do not add up`);
  }
  return manifest;
}
