import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { jobFolder, type Plan, type RenditionChunkIndex } from '@transcode/contracts';
import { audioArgv, chunkArgv, toNumber } from '@transcode/planner';
import { openSource, openStorage } from '@transcode/storage';
import { inject } from 'vitest';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../src/ffmpeg/run-ffmpeg.ts';
import { assemble } from '../src/packager/assemble.ts';
import { manifests } from '../src/packager/manifests.ts';
import { createSegmentCutter, type SegmentCutterOptions } from '../src/packager/segment-cutter.ts';
import { verifyPublished } from '../src/verify/verify-published.ts';
import type { PublishedWork, Workshop } from './workshop.ts';

/** A copy of a published video that a test may spoil, in storage and in what was committed. */
export class TamperedCopy implements AsyncDisposable {
  readonly #workshop: Workshop;
  readonly #work: PublishedWork;
  readonly #folder: string;

  private constructor(workshop: Workshop, work: PublishedWork, folder: string) {
    this.#workshop = workshop;
    this.#work = work;
    this.#folder = folder;
  }

  static async of(workshop: Workshop, work: PublishedWork): Promise<TamperedCopy> {
    const folder = await mkdtemp(path.join(inject('servers').folder, 'tampered-'));
    await cp(workshop.folder, folder, { recursive: true });
    return new TamperedCopy(workshop, structuredClone(work), folder);
  }

  get plan(): Plan {
    return this.#work.plan;
  }

  /** Names of a rendition's segments, as in its playlist. */
  segments(rendition: string): string[] {
    return this.#part(rendition).segments.map(({ key }) => key.slice(jobFolder(this.#work.chunks.job).length));
  }

  init(rendition: string): string {
    return this.#part(rendition).init.key.slice(jobFolder(this.#work.chunks.job).length);
  }

  /** Changes the bytes behind a name, and no record of them. */
  async change(name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
    const file = this.#path(name);
    await writeFile(file, change(await readFile(file)));
  }

  /** Changes a playlist or manifest; its record follows. */
  async edit(name: string, change: (text: string) => string): Promise<void> {
    await this.change(name, (bytes) => Buffer.from(change(bytes.toString())));
    const file = this.#work.published.files.find((each) => each.name === name);
    if (file === undefined) throw new Error(`There is no ${name}`);
    file.bytes = (await readFile(this.#path(name))).length;
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name));
  }

  /** Writes into the record of a rendition's objects what they are now. */
  async recommit(rendition: string): Promise<void> {
    const part = this.#part(rendition);
    for (const object of [part.init, ...part.segments]) {
      const bytes = await readFile(path.join(this.#folder, object.key));
      Object.assign(object, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
  }

  /** Encodes the picture again with more filters behind those of the plan, and commits that. */
  async remakePicture(filters: string): Promise<void> {
    const plan = { ...this.plan, referenceFilter: `${this.plan.referenceFilter},${filters}` };
    const { grid } = plan;
    await this.#remake(
      plan.video.map(({ name }) => name),
      (io) => chunkArgv(plan, 0, io),
      () => ({
        ...{ kind: 'video' as const, timescale: grid.timescale, baseTick: 0 },
        ...{ segmentFrames: grid.segmentFrames, frameTicks: grid.frameTicks },
      }),
    );
  }

  /** The same for the sound; the filters come before the silence that fills it up. */
  async remakeSound(filters: string): Promise<void> {
    const audio = this.plan.audio.map((each) => ({
      ...each,
      filter: each.filter.replace(/(?=,apad=)/, `,${filters}`),
    }));
    const plan = { ...this.plan, audio };
    await this.#remake(
      audio.map(({ name }) => name),
      (io) => audioArgv(plan, io),
      (position) => ({
        ...{ kind: 'audio' as const, timescale: audio[position]?.sampleRate ?? 0, baseTick: 0 },
        segmentSeconds: plan.grid.segmentFrames / toNumber(plan.grid.rate),
      }),
    );
  }

  verify(): Promise<{ notes: string[] }> {
    return verifyPublished(
      {
        storage: openStorage(pathToFileURL(this.#folder).href),
        tools: this.#workshop.runner.tools,
        scratch: this.#folder,
        signal: new AbortController().signal,
        report: () => undefined,
        source: () => openSource(this.#workshop.storage, this.#work.sourceKey, 0),
      },
      this.#work,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #remake(
    names: readonly string[],
    argv: (io: { source: string; protocols: string; outputs: string[]; progress: string }) => string[],
    options: (position: number) => Omit<SegmentCutterOptions, 'rendition' | 'keyPrefix' | 'put'>,
  ): Promise<void> {
    const { input: source, protocols } = await openSource(this.#workshop.storage, this.#work.sourceKey, 0);
    const cut = async (stream: Readable, position: number): Promise<void> => {
      const part = this.#part(names[position] ?? '');
      const cutter = createSegmentCutter({
        ...options(position),
        rendition: part.rendition,
        keyPrefix: path.posix.dirname(part.init.key),
        put: (key, bytes) => writeFile(path.join(this.#folder, key), bytes),
      });
      Object.assign(part, await cutter.consume(stream));
    };
    await runFfmpeg({
      ffmpeg: this.#workshop.runner.tools.ffmpeg,
      argv: argv({ source, protocols, outputs: names.map((_, n) => outputPipe(n)), progress: PROGRESS_PIPE }),
      outputs: names.length,
      signal: new AbortController().signal,
      consume: async (streams) => {
        await Promise.all(streams.map(cut));
      },
    });
    await this.#rewriteManifests();
  }

  /** As the packager would have, whatever the number of frames is now. */
  async #rewriteManifests(): Promise<void> {
    const { plan, chunks } = this.#work;
    const frames = this.#part(plan.video[0]?.name ?? '').segments.reduce((sum, segment) => sum + segment.frames, 0);
    const asMade = {
      ...plan,
      grid: { ...plan.grid, frames },
      chunks: [{ index: 0, startFrame: 0, endFrame: frames }],
    };
    for (const { name, bytes } of manifests(assemble(asMade, chunks))) await this.edit(name, () => bytes.toString());
  }

  #part(rendition: string): RenditionChunkIndex {
    const { video, audio } = this.#work.chunks;
    const parts = [...video, ...(audio === undefined ? [] : [audio])].flatMap((chunk) => chunk.renditions);
    const part = parts.find((each) => each.rendition === rendition);
    if (part === undefined) throw new Error(`There is no rendition ${rendition}`);
    return part;
  }

  #path(name: string): string {
    const file = this.#work.published.files.find((each) => each.name === name);
    return path.join(this.#folder, file === undefined ? `${jobFolder(this.#work.chunks.job)}${name}` : file.key);
  }
}
