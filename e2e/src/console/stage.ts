import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createDatabase, type Database } from '@transcode/db';
import { AAC, X264, inputs, makeCase } from '@transcode/testing/media';
import { launchChromium } from '../browser/chromium.ts';
import { Client } from '../client.ts';
import { databaseUrlOf } from '../database-url.ts';
import { startInstallation, type Installation } from '../installation.ts';
import { Complaints } from './complaints.ts';
import type { Credentials } from './door.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../../..');

type Session = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

interface Visit extends Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'reducedMotion'> {
  /** Whose browser it is; the administrator's unless told otherwise. */
  readonly session?: Session | 'nobody';
}

/** An installation of its own with a browser before it, and the files that are brought to it. */
export class Stage {
  readonly installation: Installation;
  readonly client: Client;
  readonly folder: string;
  readonly #browser: Browser;
  readonly #visits = new Map<Page, Complaints>();
  #large: Promise<string> | undefined;
  /** The administrator's, once signed in. */
  session: Session | undefined;

  private constructor(installation: Installation, client: Client, folder: string, browser: Browser) {
    this.installation = installation;
    this.client = client;
    this.folder = folder;
    this.#browser = browser;
  }

  static async start(chromium: string): Promise<Stage> {
    const folder = await mkdtemp(path.join(tmpdir(), 'console-'));
    const installation = await startInstallation();
    const client = new Client(installation.url, await installation.key('editor'));
    return new Stage(installation, client, folder, await launchChromium(chromium));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.installation.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async visit({ session = this.session ?? 'nobody', ...options }: Visit = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.installation.url,
      viewport: { width: 1280, height: 800 },
      ...options,
      ...(session !== 'nobody' && { storageState: session }),
    });
    const page = await context.newPage();
    this.#visits.set(page, new Complaints(page));
    return page;
  }

  /** What the test itself brings about, and the browser remarks on: a refusal, a line that is cut. */
  expectComplaints(page: Page, ...patterns: RegExp[]): void {
    this.#visits.get(page)?.expect(...patterns);
  }

  /** Closes all pages and tells what they complained about. */
  async leave(): Promise<string[]> {
    const complaints = [...this.#visits.values()].flatMap((found) => found.list());
    for (const page of this.#visits.keys()) await page.context().close();
    this.#visits.clear();
    return complaints;
  }

  /** Three seconds that are encoded in a moment. */
  smallVideo(name: string): Promise<string> {
    const steps = [[...inputs(), ...X264, ...AAC, '{}']];
    return this.#make(`${name}.mp4`, steps);
  }

  /** Twelve seconds with a low tone in English and a high one in German. */
  twoLanguages(name: string): Promise<string> {
    const sounds = [440, 1760].flatMap((hertz) => ['-f', 'lavfi', '-i', `sine=f=${hertz}:d=12`]);
    const streams = ['-map', '0:v', '-map', '1:a', '-map', '2:a'];
    const languages = ['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=ger'];
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=12'];
    return this.#make(`${name}.mp4`, [[...picture, ...sounds, ...streams, ...languages, ...X264, ...AAC, '{}']]);
  }

  /** Two pictures, a cover, subtitles in two languages and four fonts: more than its video will have. */
  async ladenVideo(name: string): Promise<string> {
    const [titles, font, cover] = ['titles.srt', 'a.ttf', 'cover.jpg'].map((file) => path.join(this.folder, file)) as [
      string,
      string,
      string,
    ];
    await writeFile(titles, '1\n00:00:00,000 --> 00:00:02,000\nThe harbour.\n');
    await writeFile(font, 'Letters');
    await this.#make('cover.jpg', [['-f', 'lavfi', '-i', 'testsrc2=s=150x210', '-frames:v', '1', '{}']]);
    const attached = [...Array.from({ length: 4 }, () => [font, 'application/x-truetype-font']), [cover, 'image/jpeg']];
    const beside = [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=3', '-i', titles, '-i', titles],
      ...['-map', '0:v', '-map', '1:a', '-map', '2:v', '-map', '3', '-map', '4', '-c:s', 'srt'],
      ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=ger', '-metadata:s:s:1', 'title=Signs'],
      ...attached.flatMap(([file = ''], place) => [
        '-attach',
        file,
        `-metadata:s:t:${place}`,
        `mimetype=${attached[place]?.[1]}`,
      ]),
    ];
    return this.#make(`${name}.mkv`, [[...inputs(), ...beside, ...X264, ...AAC, '{}']]);
  }

  /** Four seconds of noise in some 20 MB, so that its upload can be looked at. */
  async largeVideo(name: string): Promise<string> {
    this.#large ??= this.#makeLarge();
    const target = path.join(this.folder, `${name}.mp4`);
    await copyFile(await this.#large, target);
    return target;
  }

  #makeLarge(): Promise<string> {
    const noise = 'testsrc2=s=640x360:r=25:d=4,noise=alls=16:allf=t,format=yuv420p';
    const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '12'];
    return this.#make('large.mp4', [['-f', 'lavfi', '-i', noise, ...encoding, '{}']]);
  }

  /** A download that was broken off: it begins like a video and has no index. */
  async brokenVideo(name: string): Promise<string> {
    const whole = await readFile(await this.smallVideo(`${name}, whole`));
    return this.textFile(name, whole.subarray(0, whole.length / 2));
  }

  async textFile(name: string, content: string | Uint8Array): Promise<string> {
    const file = path.join(this.folder, `${name}.mp4`);
    await writeFile(file, content);
    return file;
  }

  /** The API process as `./transcode status` knows it. */
  async api(): Promise<{ pid: number; restarts: number; state: string }> {
    const { stdout } = await this.installation.transcode('status', '--json');
    const { processes } = JSON.parse(stdout) as {
      processes: { name: string; pid: number; restarts: number; state: string }[];
    };
    const api = processes.find(({ name }) => name === 'api');
    if (api === undefined) throw new Error(`No API in ${stdout}`);
    return api;
  }

  async videoOf(title: string): Promise<{ id: string }> {
    const found = (await this.client.videos()).find((video) => video.title === title);
    if (found === undefined) throw new Error(`No video is called ${title}`);
    return found;
  }

  /** As somebody does who works with the database itself. */
  async inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = createDatabase(await databaseUrlOf(this.installation.data), { poolSize: 1 });
    try {
      return await work(db);
    } finally {
      await db.$disconnect();
    }
  }

  /** A viewer of a workspace with one failed video, as the seed for development makes them. */
  async seedViewer(): Promise<Credentials> {
    const password = 'only here to have a look';
    const DATABASE_URL = await databaseUrlOf(this.installation.data);
    const seed = path.join(ROOT, 'packages/db/src/seed/main.ts');
    await run(process.execPath, [seed], { env: { DATABASE_URL, SEED_PASSWORD: password } });
    return { email: 'viewer@example.test', password };
  }

  #make(file: string, steps: string[][]): Promise<string> {
    const ffmpeg = path.join(ROOT, '.tools/bin/ffmpeg');
    return makeCase(ffmpeg, { name: file, file, steps, expect: { refused: '' } }, this.folder);
  }
}
