import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nvidiaSmiStandIn } from '@transcode/testing';
import { Client } from '../client.ts';
import { startInstallation, type Installation } from '../installation.ts';
import { scrapeAll, type Scrape } from './moved-metrics.ts';
import { openSpanSink, type SpanSink } from './span-sink.ts';

export type LogLine = Readonly<Record<string, unknown>>;

/** A card of which each figure is more than nothing. */
const BUSY_GPU = '0, GPU-2f0c1b3e-6a37-4c9d-8e35-0f9a7b6d1c42, NVIDIA L4, 37, 20, 12, 1045, 23034, 54, 48.53, 72.00, 3';

/** An installation of which all that it tells of itself is kept: lines, spans, and each scrape that was looked at. */
export class WatchedInstallation {
  readonly installation: Installation;
  readonly folder: string;
  readonly sink: SpanSink;
  readonly key: string;
  readonly client: Client;
  readonly scrapes: Scrape[] = [];
  /** All that they said, as it was said. */
  scraped = '';

  private constructor(of: { installation: Installation; folder: string; sink: SpanSink; key: string }) {
    this.installation = of.installation;
    this.folder = of.folder;
    this.sink = of.sink;
    this.key = of.key;
    this.client = new Client(of.installation.url, of.key);
  }

  static async start(): Promise<WatchedInstallation> {
    const folder = await mkdtemp(path.join(tmpdir(), 'signals-'));
    const sink = await openSpanSink();
    const installation = await startInstallation({
      options: ['--monitoring'],
      settings: {
        OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
        TRACE_URL: `${sink.url}/trace/{trace_id}`,
        LOG_LEVEL: 'debug',
        CHUNK_SEGMENTS: '1',
        COPY_URL: pathToFileURL(copiesIn(folder)).href,
        TRANSCODE_NVIDIA_SMI: await nvidiaSmiStandIn(`[ -e '${gpuLost(folder)}' ] && exit 9; echo '${BUSY_GPU}'`),
      },
    });
    return new WatchedInstallation({ installation, folder, sink, key: await installation.key('editor') });
  }

  /** While this file is there the GPU's driver does not answer. */
  get gpuLost(): string {
    return gpuLost(this.folder);
  }

  /** The second store of objects. */
  get copies(): string {
    return copiesIn(this.folder);
  }

  async look(): Promise<void> {
    const { scrape, text } = await scrapeAll(this.installation.data);
    this.scrapes.push(scrape);
    this.scraped += text;
  }

  async logLines(): Promise<LogLine[]> {
    const logs = path.join(this.installation.data, 'logs');
    const names = (await readdir(logs)).filter((name) => /^(api|worker)/.test(name));
    const texts = await Promise.all(names.map((name) => readFile(path.join(logs, name), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  async stop(): Promise<void> {
    await this.installation.stop();
    await this.sink.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const copiesIn = (folder: string): string => path.join(folder, 'copies');
const gpuLost = (folder: string): string => path.join(folder, 'gpu-lost');
