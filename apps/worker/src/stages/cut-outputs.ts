import type { Readable } from 'node:stream';
import { claimFolder, type RenditionChunkIndex } from '@transcode/contracts';
import type { ClaimedTask } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import { createSegmentCutter, type SegmentCutterOptions } from '../packager/segment-cutter.ts';

export type CutOutput = Omit<SegmentCutterOptions, 'keyPrefix' | 'put'> & { readonly fingerprint: string };

/** Cuts every output of an ffmpeg into segments while it runs and puts them where only this claim writes. */
export async function cutOutputs(
  streams: readonly Readable[],
  outputs: readonly CutOutput[],
  place: { claim: ClaimedTask; storage: Storage },
): Promise<RenditionChunkIndex[]> {
  return Promise.all(
    outputs.map(async (output, position) => {
      const stream = streams[position];
      if (stream === undefined) throw new TypeError(`there is no stream for ${output.rendition}`);
      return cutOutput(stream, output, place);
    }),
  );
}

export async function cutOutput(
  stream: Readable,
  { fingerprint, ...output }: CutOutput,
  { claim: { job, task, token }, storage }: { claim: ClaimedTask; storage: Storage },
): Promise<RenditionChunkIndex> {
  const put: SegmentCutterOptions['put'] = async (key, bytes, contentType) => {
    await storage.put(key, bytes, { contentType, bytes: bytes.length });
  };
  const keyPrefix = claimFolder(job, output.rendition, { chunk: task.index, token }).slice(0, -1);
  const cut = await createSegmentCutter({ ...output, keyPrefix, put }).consume(stream);
  return { ...cut, fingerprint };
}
