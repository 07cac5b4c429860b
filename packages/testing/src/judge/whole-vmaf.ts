import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** libvmaf's own pooled mean over every frame of a published rendition, and how many there were. */
export async function wholeVmaf(
  ffmpeg: string,
  { published, source, size }: { published: string; source: string; size: string },
): Promise<{ mean: number; frames: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vmaf-'));
  const even = `setpts=PTS-STARTPTS,scale=${size}:flags=bicubic,format=yuv420p`;
  const graph = `[0:v]${even}[published];[1:v]${even}[source];[published][source]libvmaf=log_fmt=json:log_path=vmaf.json:n_threads=2`;
  try {
    await run(ffmpeg, ['-v', 'error', '-i', published, '-i', source, '-lavfi', graph, '-f', 'null', '-'], {
      cwd: folder,
    });
    const log = JSON.parse(await readFile(path.join(folder, 'vmaf.json'), 'utf8')) as {
      frames: unknown[];
      pooled_metrics: { vmaf: { mean: number } };
    };
    return { mean: log.pooled_metrics.vmaf.mean, frames: log.frames.length };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
