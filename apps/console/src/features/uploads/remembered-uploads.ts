import type { PreviousUpload } from 'tus-js-client';
import { patiently } from '../shell/patiently.ts';

const loadTus = () => patiently(() => import('tus-js-client'));

/** An unfinished upload that this browser knows of. */
export interface RememberedUpload {
  /** Key in localStorage: `tus::<fingerprint>::<n>`. */
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly url: string;
  /** Its id at the API: the last part of the address. */
  readonly uploadId: string;
}

export async function rememberedUploads(): Promise<RememberedUpload[]> {
  // Most pages are opened with nothing unfinished, and do not need the client.
  if (!Object.keys(localStorage).some((key) => key.startsWith('tus::'))) return [];
  const { defaultOptions } = await loadTus();
  const all = await defaultOptions.urlStorage?.findAllUploads();
  return (all ?? []).flatMap((upload) => readRemembered(upload) ?? []);
}

export async function forgetUpload(key: string): Promise<void> {
  const { defaultOptions } = await loadTus();
  await defaultOptions.urlStorage?.removeUpload(key);
}

/** Tells the API to throw away what it has of it, and forgets it here. */
export async function terminateUpload(upload: Pick<RememberedUpload, 'key' | 'url'>): Promise<void> {
  const { Upload } = await loadTus();
  await Upload.terminate(upload.url);
  await forgetUpload(upload.key);
}

/** Whether it was begun with the file of this fingerprint, whatever its first bytes are. */
export function isSameFile({ key }: Pick<RememberedUpload, 'key'>, fingerprint: string): boolean {
  return fingerprintIn(key) === fingerprint || fingerprintIn(key).startsWith(`${fingerprint}|h`);
}

/** What the file was that it was begun with. */
export function fingerprintIn(key: string): string {
  return key.replace(/^tus::/, '').replace(/::\d+$/, '');
}

function readRemembered(upload: PreviousUpload): RememberedUpload | undefined {
  const name = upload.metadata['filename'];
  const url = upload.uploadUrl;
  const uploadId = url?.split('/').at(-1);
  if (!name || !url || !uploadId || upload.size === null) return undefined;
  return { key: upload.urlStorageKey, name, size: upload.size, url, uploadId };
}
