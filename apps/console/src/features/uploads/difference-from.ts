import { formatBytes, formatExact, formatMoment } from '@transcode/ui';
import { headOf, type KnownFile } from './fingerprint.ts';

/** Why a file is not the one that was begun, in a sentence; undefined where it is, whatever it is called by now. */
export async function differenceFrom(known: KnownFile, file: File): Promise<string | undefined> {
  const other = file.name === known.name ? 'This is another file of that name' : `${file.name} is another file`;
  if (file.size !== known.size) {
    const [has, had] = [file.size, known.size].map((size) => formatBytes(size));
    // Two sizes that read the same are told to the byte.
    const words = has === had ? [file.size, known.size].map((size) => formatExact(size, 'bytes')) : [has, had];
    return `${other}: it has ${words[0]}, not ${words[1]}.`;
  }
  if (file.lastModified !== known.lastModified) {
    const [changed, was] = [file.lastModified, known.lastModified].map((at) =>
      formatMoment(new Date(at).toISOString()),
    );
    return `${other}: it was changed ${changed}, not ${was}.`;
  }
  if (known.head === undefined) return undefined;
  try {
    return (await headOf(file)) === known.head ? undefined : `${other}: it begins with other bytes.`;
  } catch {
    return `${file.name} cannot be read. It has been moved, changed or removed.`;
  }
}
