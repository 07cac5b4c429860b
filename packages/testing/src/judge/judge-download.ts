import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createFile, MP4BoxBuffer } from 'mp4box';

const run = promisify(execFile);

interface Expected {
  readonly frames: number;
  readonly seconds: number;
}

/** A downloaded MP4 of picture and sound: what ffprobe, a whole decode and mp4box have to say against it. */
export async function judgeDownload(
  { ffmpeg, ffprobe }: { readonly ffmpeg: string; readonly ffprobe: string },
  file: string,
  { frames, seconds }: Expected,
): Promise<string[]> {
  const entries = 'stream=codec_type,nb_read_packets:format=duration';
  const { stdout, stderr } = await run(ffprobe, [
    ...['-v', 'warning', '-count_packets', '-show_entries', entries, '-of', 'json', file],
  ]);
  const probed = JSON.parse(stdout) as {
    streams: { codec_type: string; nb_read_packets: string }[];
    format: { duration: string };
  };
  const decoded = await run(ffmpeg, ['-v', 'warning', '-xerror', '-i', file, '-f', 'null', '-']);
  const [picture, sound] = probed.streams;
  return [
    ...(stderr === '' ? [] : [`ffprobe: ${stderr}`]),
    ...(decoded.stderr === '' ? [] : [`ffmpeg: ${decoded.stderr}`]),
    ...(picture?.codec_type === 'video' && sound?.codec_type === 'audio' && probed.streams.length === 2
      ? []
      : [`ffprobe sees ${probed.streams.map(({ codec_type: type }) => type).join(', ')}`]),
    ...(Number(picture?.nb_read_packets) === frames ? [] : [`${picture?.nb_read_packets} frames, not ${frames}`]),
    ...(Math.abs(Number(probed.format.duration) - seconds) < 0.1
      ? []
      : [`${probed.format.duration} s long, not ${seconds}`]),
    ...(await boxComplaints(file)),
  ];
}

/** mp4box: two tracks, whose samples follow each other without a gap. */
async function boxComplaints(file: string): Promise<string[]> {
  const parsed = createFile();
  const complaints: string[] = [];
  parsed.onError = (module, message) => complaints.push(`mp4box: ${module} ${message}`);
  const bytes = await readFile(file);
  parsed.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(bytes).buffer, 0), true);
  parsed.flush();
  const { tracks } = parsed.getInfo();
  if (tracks.length !== 2) complaints.push(`mp4box sees ${tracks.length} tracks`);
  for (const { id } of tracks) {
    let next = 0;
    const samples = parsed.getTrackSamplesInfo(id);
    if (samples.length === 0) complaints.push(`mp4box sees no samples in track ${id}`);
    for (const sample of samples) {
      if (sample.dts !== next) complaints.push(`track ${id}: a sample at ${sample.dts}, ${next} expected`);
      next = sample.dts + sample.duration;
    }
  }
  return complaints;
}
