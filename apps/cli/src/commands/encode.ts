import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { VideoDetail, type FailureView, type Outlook } from '@transcode/contracts';
import { dataFolderAt, type DataFolder } from '../data-folder/data-folder.ts';
import { downloadPublished } from '../encode/download-published.ts';
import { followVideo } from '../encode/follow-video.ts';
import { checkOutFolder } from '../encode/out-folder.ts';
import { personReporter, programReporter, type EncodeResult, type Reporter } from '../encode/reporter.ts';
import { uploadFile } from '../encode/upload-file.ts';
import { withInstallation } from '../encode/with-installation.ts';
import { withTemporaryKey } from '../encode/with-temporary-key.ts';
import { explain, Refusal, systemCode } from '../refusal.ts';
import { stopSignals } from '../stop-signals.ts';
import type { Context } from '../context.ts';
import type { RestClient } from '../rest-client.ts';

export interface EncodeOptions {
  data: string;
  preset?: string;
  out?: string;
  json?: boolean;
}

interface Journey {
  client: RestClient;
  folder: DataFolder;
  reporter: Reporter;
  signal: AbortSignal;
  options: EncodeOptions;
}

/** The whole journey of one file. Exit code 0 only when the video is verified and ready, and copied if that was asked for. */
export async function encode(context: Context, file: string, options: EncodeOptions): Promise<number> {
  const reporter = options.json === true ? programReporter(context) : personReporter(context, process.stderr);
  const result: EncodeResult = { videoId: null, jobId: null, state: 'failed', playbackUrl: null, out: null };
  const stop = stopSignals(() => process.exit(130));
  let video: VideoDetail | undefined;
  try {
    const source = await openSource(file);
    const out = options.out === undefined ? undefined : resolve(options.out);
    if (out !== undefined) await checkOutFolder(out);
    const folder = dataFolderAt(options.data);
    await withInstallation(context, folder, stop.signal, async ({ url, lasting }) =>
      withTemporaryKey(folder, url, async (client) => {
        const journey: Journey = { client, folder, reporter, signal: stop.signal, options };
        result.videoId = await upload(journey, source);
        video = await follow(journey, result.videoId, lasting);
        Object.assign(result, { jobId: video.jobId, state: video.state, playbackUrl: video.playbackUrl });
        if (video.failure !== null) result.error = toldOf(video.failure);
        if (video.state === 'ready' && out !== undefined) {
          await copy(journey, result.videoId, out);
          result.out = out;
        }
        if (video.state === 'ready' && !lasting)
          reporter.note(`It plays at this address while Transcode runs: ${upCommand(url, options.data)}`);
      }),
    );
  } catch (error) {
    result.error ??= stop.signal.aborted ? CANCELED : failureOf(error);
  } finally {
    stop.dispose();
  }
  reporter.result(result, video);
  if (stop.signal.aborted) return 130;
  return result.state === 'ready' && result.error === undefined ? 0 : 1;
}

const upCommand = (url: string, data: string): string => `./transcode up --port ${new URL(url).port} --data ${data}`;

const CANCELED = { code: 'canceled', sentence: 'Stopped.', tail: null };

interface SourceFile {
  file: string;
  bytes: number;
  modifiedMs: number;
}

async function openSource(given: string): Promise<SourceFile> {
  const file = resolve(given);
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new Refusal(`${given} is not a file.`);
    return { file, bytes: found.size, modifiedMs: found.mtimeMs };
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') throw new Refusal(`There is no file ${given}.`, { cause });
    if (systemCode(cause) === 'EACCES') throw new Refusal(`You may not read ${given}.`, { cause });
    throw cause;
  }
}

async function upload({ client, folder, reporter, signal, options }: Journey, source: SourceFile): Promise<string> {
  try {
    return await uploadFile({
      client,
      ...source,
      preset: options.preset,
      store: folder.uploads,
      signal,
      onResume: () => reporter.note('Going on with an upload that was not finished.'),
      onProgress: (sent, total) =>
        reporter.step('upload', total === 0 ? 1 : sent / total, `${megabytes(sent)} of ${megabytes(total)} MB`, {
          sent,
          total,
        }),
    });
  } catch (error) {
    if (signal.aborted) reporter.note('The upload is kept; the same command goes on with it.');
    throw error;
  }
}

async function follow({ client, reporter, signal }: Journey, videoId: string, lasting: boolean): Promise<VideoDetail> {
  try {
    return await followVideo(client, videoId, signal, ({ stage, fraction, progress, outlook }) => {
      const label = stage ?? 'waiting';
      reporter.step(label, fraction, detailOf(progress, outlook), {
        videoId,
        ...(progress === null ? {} : { progress }),
      });
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    if (lasting) reporter.note(`Video ${videoId} goes on in the running installation.`);
    else {
      const { jobId } = await client.get(`/videos/${videoId}`, VideoDetail);
      if (jobId !== null) await client.post(`/jobs/${jobId}/cancel`);
      reporter.note('Its job is canceled.');
    }
    throw error;
  }
}

async function copy({ client, reporter, signal }: Journey, videoId: string, out: string): Promise<void> {
  await downloadPublished(client, videoId, out, signal, (done, total) =>
    reporter.step('copy', done / total, `${done} of ${total} files`, { done, total }),
  );
}

function detailOf(
  progress: { fps?: number | undefined; speed?: number | undefined } | null,
  outlook: Outlook | null,
): string {
  const { fps, speed } = progress ?? {};
  return [
    fps === undefined ? '' : `${fps.toFixed(0)} frames/s`,
    speed === undefined ? '' : `${speed.toFixed(1)}x`,
    outlook?.kind === 'known' ? `about ${Math.ceil(outlook.seconds)} s left` : '',
    outlook?.kind === 'stopped' && outlook.now ? `stopped by ${outlook.controls[0]?.by ?? 'somebody'}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Whoever has the machine is told exactly what failed. */
function toldOf({ code, sentence, detail, tail }: FailureView): NonNullable<EncodeResult['error']> {
  return { code, sentence: detail ?? sentence, tail };
}

function failureOf(error: unknown): NonNullable<EncodeResult['error']> {
  const explained = explain(error);
  if (explained === undefined) throw error;
  return { code: 'cli', sentence: explained.sentence, tail: explained.tail === '' ? null : explained.tail };
}
