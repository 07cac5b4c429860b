import type { Readable } from 'node:stream';
import { lines } from './lines.ts';

/** One report of ffmpeg's `-progress`. What it does not know yet is absent. */
export interface FfmpegProgress {
  readonly frame?: number;
  readonly fps?: number;
  readonly seconds?: number;
}

/** Reads ffmpeg's progress pipe to its end. */
export async function readProgress(stream: Readable, tell: (progress: FfmpegProgress) => void): Promise<void> {
  let fields = new Map<string, string>();
  for await (const line of lines(stream)) {
    const at = line.indexOf('=');
    if (at < 0) continue;
    fields.set(line.slice(0, at), line.slice(at + 1).trim());
    if (!line.startsWith('progress=')) continue;
    const seconds = number(fields.get('out_time_us'));
    tell({
      ...present('frame', number(fields.get('frame'))),
      ...present('fps', number(fields.get('fps'))),
      ...present('seconds', seconds === undefined ? undefined : seconds / 1e6),
    });
    fields = new Map();
  }
}

function number(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || text === '' || Number.isNaN(value) ? undefined : value;
}

function present<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: number });
}
