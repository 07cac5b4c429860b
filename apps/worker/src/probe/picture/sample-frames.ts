import { DescribedFrames, FRAME_FIELDS, type DescribedFrame } from '../described.ts';
import { onlyStream, type SourceRun } from '../around/read-around.ts';
import { probeJson } from '../run-ffprobe.ts';

export interface FrameSample {
  /** The first frames that could be decoded, in presentation order. */
  readonly frames: readonly DescribedFrame[];
  /** So many packets were decoded at most. */
  readonly packets: number;
  /** What the decoder complained about last, and all of it. */
  readonly complaint: string;
  readonly tail: string;
}

/** Packets to decode: enough for what frames tell, else enough to reach a key frame or the end of what an edit list hides. */
const PACKETS = [48, 750];

/** Decodes the first frames of a stream. */
export async function sampleFrames(run: SourceRun, streamIndex: number): Promise<FrameSample> {
  let sample: FrameSample = { frames: [], packets: 0, complaint: '', tail: '' };
  const only = onlyStream(run, streamIndex);
  for (const count of PACKETS) {
    const show = [...only.select, '-read_intervals', `%+#${count}`, '-show_frames', '-show_entries', FRAME_FIELDS];
    const { answer, diagnostics } = await probeJson(only.run, show, DescribedFrames);
    const frames = answer.frames.map((frame) => ({
      ...frame,
      best_effort_timestamp: only.ticks(frame.best_effort_timestamp),
    }));
    sample = { frames, packets: count, complaint: diagnostics.reason, tail: diagnostics.tail };
    if (sample.frames.length > 0) return sample;
  }
  return sample;
}
