import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { publishedKey, publishedName, type Plan, type RenditionChunkIndex } from '@transcode/contracts';
import { audioArgv, chunkArgv, toNumber } from '@transcode/planner';
import { openSource, openStorage } from '@transcode/storage';
import { inject } from 'vitest';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../src/ffmpeg/run-ffmpeg.ts';
import { runSound } from '../src/ffmpeg/run-sound.ts';
import { assemble } from '../src/packager/assemble.ts';
import { manifests } from '../src/packager/manifests/manifests.ts';
import type { Publication, PublishedVideo } from '../src/packager/published-rendition.ts';
import { createSegmentCutter, type SegmentCutterOptions } from '../src/packager/segment-cutter.ts';
import { verifyChunk } from '../src/verify/verify-chunk.ts';
import type { VerifyContext } from '../src/verify/verify-context.ts';
import { verifyFolder } from '../src/verify/verify-folder.ts';
import type { PublishedWork, Workshop } from './workshop.ts';

type CutOptions = Omit<SegmentCutterOptions, 'rendition' | 'keyPrefix' | 'put'>;
type Io = Parameters<typeof chunkArgv>[2];

/** What is encoded again: the first chunk of all renditions, unless told otherwise. */
interface Remake {
  readonly chunk?: number;
  /** The chunk whose frames are shown there. */
  readonly shows?: number;
  /** Another source, by its key in storage. */
  readonly source?: string;
  readonly rendition?: string;
}

/** A copy of a published video that a test may spoil, in storage and in what was committed. */
export class TamperedCopy implements AsyncDisposable {
  readonly #workshop: Workshop;
  readonly #work: PublishedWork;
  readonly #folder: string;
  /** As it was packaged. */
  readonly #packaged: Publication;

  private constructor(workshop: Workshop, work: PublishedWork, folder: string) {
    this.#workshop = workshop;
    this.#work = work;
    this.#folder = folder;
    this.#packaged = assemble(work.plan, work.chunks);
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
    return this.#parts(rendition)
      .flatMap(({ segments }) => segments)
      .map(({ key }) => this.#nameOf(key));
  }

  init(rendition: string): string {
    return this.#nameOf(this.#part(rendition).init.key);
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
    for (const object of this.#parts(rendition).flatMap(({ init, segments }) => [init, ...segments])) {
      const bytes = await readFile(path.join(this.#folder, object.key));
      Object.assign(object, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
  }

  /** Encodes a chunk of the picture again, wrong in some way, and commits that. */
  async remakePicture(filters: string, { chunk = 0, shows = chunk, source, rendition }: Remake = {}): Promise<void> {
    const window = this.plan.chunks[shows];
    const start = this.plan.chunks[chunk]?.startFrame;
    if (window === undefined || start === undefined) throw new Error(`There is no chunk ${chunk} or ${shows}`);
    const plan = {
      ...this.plan,
      referenceFilter: `${this.plan.referenceFilter},${filters}`,
      video: this.plan.video.filter(({ name }) => rendition === undefined || name === rendition),
    };
    const { grid } = plan;
    await this.#remake(
      plan.video.map(({ name }) => this.#part(name, chunk)),
      { source: source ?? this.#work.sourceKey, argv: (io) => chunkArgv(plan, shows, io) },
      () => ({
        ...{ kind: 'video' as const, timescale: grid.timescale, baseTick: start * grid.frameTicks },
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
    await runSound({
      ffmpeg: this.#workshop.runner.tools.ffmpeg,
      argv: (io) => audioArgv(plan, io),
      renditions: audio.length,
      source: await openSource(this.#workshop.storage, this.#work.sourceKey, 0),
      signal: new AbortController().signal,
      consume: async (stream, { position }) => {
        const { name = '', sampleRate: timescale = 0 } = audio[position] ?? {};
        const segmentSeconds = plan.grid.segmentFrames / toNumber(plan.grid.rate);
        await this.#cut(this.#part(name), stream, { kind: 'audio', timescale, baseTick: 0, segmentSeconds });
      },
    });
    await this.rewriteManifests();
  }

  /** Checks it part by part, each by itself, and answers what each failed with; undefined where it passed. */
  async verify({ source = this.#work.sourceKey } = {}): Promise<unknown[]> {
    const { plan, published, probe, chunks } = this.#work;
    const { job, audio: sound } = chunks;
    const context: VerifyContext = {
      storage: openStorage(pathToFileURL(this.#folder).href),
      tools: this.#workshop.runner.tools,
      scratch: this.#folder,
      signal: new AbortController().signal,
      report: () => undefined,
      source: () => openSource(this.#workshop.storage, source, 0),
    };
    const parts = [
      () => verifyFolder(context, { plan, published, job, sound }),
      ...plan.chunks.map((chunk) => () => {
        const committed = chunks.video[chunk.index];
        if (committed === undefined) throw new Error(`Chunk ${chunk.index} is not there`);
        return verifyChunk(context, { plan, published, job, probe, chunk, committed });
      }),
    ];
    const failures: unknown[] = [];
    for (const part of parts)
      failures.push(
        await part().then(
          () => undefined,
          (error: unknown) => error,
        ),
      );
    return failures;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #remake(
    parts: readonly RenditionChunkIndex[],
    { source: key, argv }: { source: string; argv: (io: Io) => string[] },
    options: (position: number) => CutOptions,
  ): Promise<void> {
    const source = await openSource(this.#workshop.storage, key, 0);
    const outputs = parts.map((_, n) => outputPipe(n));
    await runFfmpeg({
      ffmpeg: this.#workshop.runner.tools.ffmpeg,
      argv: argv({ source: source.input, protocols: source.protocols, outputs, progress: PROGRESS_PIPE }),
      outputs: parts.length,
      source,
      signal: new AbortController().signal,
      consume: async (streams) => {
        await Promise.all(parts.map((part, n) => this.#cut(part, streams[n] ?? Readable.from([]), options(n))));
      },
    });
    await this.rewriteManifests();
  }

  async #cut(part: RenditionChunkIndex, stream: Readable, options: CutOptions): Promise<void> {
    const cutter = createSegmentCutter({
      ...options,
      rendition: part.rendition,
      keyPrefix: path.posix.dirname(part.init.key),
      put: (name, bytes) => writeFile(path.join(this.#folder, name), bytes),
    });
    Object.assign(part, await cutter.consume(stream));
  }

  /** As a packager would that trusts what was committed: whatever is there is listed. */
  async rewriteManifests(): Promise<void> {
    const listed = (planned: { name: string }): Pick<PublishedVideo, 'segments'> => ({
      segments: this.#parts(planned.name)
        .flatMap(({ segments }) => segments)
        .map((segment) => ({ ...segment, name: this.#nameOf(segment.key) })),
    });
    const made: Publication = {
      ...this.#packaged,
      video: this.#packaged.video.map((each) => ({ ...each, ...listed(each.planned) })),
      audio: this.#packaged.audio.map((each) => ({ ...each, ...listed(each.planned) })),
    };
    for (const { name, bytes } of manifests(made)) await this.edit(name, () => bytes.toString());
  }

  /** A rendition's chunk. */
  #part(rendition: string, chunk = 0): RenditionChunkIndex {
    const part = this.#parts(rendition)[chunk];
    if (part === undefined) throw new Error(`There is no chunk ${chunk} of ${rendition}`);
    return part;
  }

  #parts(rendition: string): RenditionChunkIndex[] {
    const { video, audio } = this.#work.chunks;
    const parts = [...video, ...(audio === undefined ? [] : [audio])].flatMap((chunk) => chunk.renditions);
    return parts.filter((each) => each.rendition === rendition);
  }

  #nameOf(key: string): string {
    return publishedName(this.#work.chunks.job, key) ?? key;
  }

  #path(name: string): string {
    const file = this.#work.published.files.find((each) => each.name === name);
    return path.join(this.#folder, file === undefined ? (publishedKey(this.#work.chunks.job, name) ?? name) : file.key);
  }
}
