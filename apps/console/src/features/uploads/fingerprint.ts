/** So much of the beginning is read to tell two files of one size and date apart. */
const HEAD_BYTES = 64 * 1024;

/** What makes a chosen file the same file as before: a changed file has another date and must not be continued. */
type FileFacts = Pick<File, 'name' | 'size' | 'lastModified'>;

/** By what the browser tells without reading. */
export function fingerprint({ name, size, lastModified }: FileFacts): string {
  return `transcode|${name}|${size}|${lastModified}`;
}

/** With its first bytes. It fails where the file may not be read any more. */
export async function fullFingerprint(file: File): Promise<string> {
  return `${fingerprint(file)}|h${await headOf(file)}`;
}

export interface KnownFile extends FileFacts {
  /** Of its first bytes; those that were begun before this was kept have none. */
  readonly head: string | undefined;
}

/** What a fingerprint says of its file; undefined for what is none. */
export function readFingerprint(text: string): KnownFile | undefined {
  const [, name, size, date, head] = /^transcode\|(.*)\|(\d+)\|(\d+)(?:\|h([0-9a-f]+))?$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, size: Number(size), lastModified: Number(date), head };
}

/** A number of the first bytes, FNV-1a. The browser's own digests need HTTPS; nobody is kept out by this one. */
export async function headOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  let [low, high] = [0x811c9dc5, 0x9dc5811c];
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x01000193) >>> 0;
    high = Math.imul(high ^ byte ^ (low & 0xff), 0x01000193) >>> 0;
  }
  return [high, low].map((part) => part.toString(16).padStart(8, '0')).join('');
}
