import { readFile } from 'node:fs/promises';
import { createFile, MP4BoxBuffer } from 'mp4box';
import type { PublishedTrack } from './published.ts';

/** mp4box's word on the boxes: one track, samples that follow each other to the tick across all segments. */
export async function judgeBoxes(track: PublishedTrack): Promise<string[]> {
  const file = createFile();
  const complaints: string[] = [];
  file.onError = (module, message) => complaints.push(`${track.uri}: mp4box: ${module} ${message}`);
  const bytes = await readFile(track.joined);
  const copy = new Uint8Array(bytes).buffer;
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(copy, 0), true);
  file.flush();
  const info = file.getInfo();
  const [only] = info.tracks;
  if (info.tracks.length !== 1 || only === undefined) return [`${track.uri}: mp4box sees ${info.tracks.length} tracks`];
  if ((only.edits ?? []).length > 0) complaints.push(`${track.uri}: has an edit list`);
  let next = 0;
  for (const sample of file.getTrackSamplesInfo(only.id)) {
    if (sample.dts !== next) {
      complaints.push(`${track.uri}: a sample is at ${sample.dts}, ${next} expected`);
      break;
    }
    next = sample.dts + sample.duration;
  }
  return complaints;
}
