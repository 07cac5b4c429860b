import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface JudgeTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly packager: string;
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
