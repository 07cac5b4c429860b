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
  const samples = file.getTrackSamplesInfo(only.id);
  // The only use of an edit list: taking off the delay that lets pictures decode before they are shown.
  const edits = only.edits ?? [];
  const shownFrom = Math.min(...samples.slice(0, 8).map((sample) => sample.cts));
  const removed = edits[0]?.media_time ?? 0;
  if (edits.length > 1 || shownFrom !== removed) {
    complaints.push(`${track.uri}: is first shown at tick ${shownFrom - removed}, with ${edits.length} edits`);
  }
  let next = 0;
  for (const sample of samples) {
    if (sample.dts !== next) {
      complaints.push(`${track.uri}: a sample is at ${sample.dts}, ${next} expected`);
      break;
    }
    next = sample.dts + sample.duration;
  }
  return complaints;
}
