import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface JudgeTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly packager: string;
}

/** The packets of a file's first stream: presentation time in seconds, and whether it is a key frame. */
export async function packets(ffprobe: string, file: string): Promise<{ seconds: number; isKey: boolean }[]> {
  const { stdout } = await run(
    ffprobe,
    ['-v', 'error', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', file],
    { maxBuffer: 1024 ** 3 },
  );
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [time = 'NaN', flags = ''] = line.split(',');
      return { seconds: Number(time), isKey: flags.startsWith('K') };
    });
}

export interface StreamFacts {
  readonly codec_name: string;
  readonly profile?: string;
  readonly level?: number;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly r_frame_rate?: string;
  readonly pix_fmt?: string;
  readonly color_primaries?: string;
  readonly color_transfer?: string;
  readonly color_space?: string;
  readonly color_range?: string;
  readonly channels?: number;
  readonly sample_rate?: string;
  readonly side_data_list?: readonly { side_data_type: string }[];
}

export async function streamFacts(ffprobe: string, file: string): Promise<StreamFacts[]> {
  const { stdout } = await run(ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', file]);
  return (JSON.parse(stdout) as { streams: StreamFacts[] }).streams;
}

/** Shaka Packager's word on a file; it fails on what it cannot demux. */
export async function packagerDump(packager: string, file: string): Promise<string> {
  const { stdout } = await run(packager, [`in=${file}`, '--dump_stream_info', '--quiet']);
  return stdout;
}
