import { DescribedFrames, FRAME_FIELDS, type DescribedFrame } from './described.ts';
import { probeJson, type Ffprobe } from './run-ffprobe.ts';

export interface FrameSample {
  /** The first frames that could be decoded, in presentation order. */
  readonly frames: readonly DescribedFrame[];
  /** What the decoder complained about last, and all of it. */
  readonly complaint: string;
  readonly tail: string;
}

/** Packets to decode: enough for what frames tell, else enough to reach a key frame or the end of what an edit list hides. */
const PACKETS = [48, 750];

/** Decodes the first frames of a stream. */
export async function sampleFrames(run: Ffprobe, streamIndex: number): Promise<FrameSample> {
  let sample: FrameSample = { frames: [], complaint: '', tail: '' };
  for (const count of PACKETS) {
    const show = [
      '-select_streams',
      String(streamIndex),
      '-read_intervals',
      `%+#${count}`,
      '-show_frames',
      '-show_entries',
      FRAME_FIELDS,
    ];
    const { answer, diagnostics } = await probeJson(run, show, DescribedFrames);
    sample = { frames: answer.frames, complaint: diagnostics.reason, tail: diagnostics.tail };
    if (sample.frames.length > 0) return sample;
  }
  return sample;
}
