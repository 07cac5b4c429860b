import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';

// What people do, from a pod that stands where an ingress controller does: `sign-in`, `upload`, `look`, `ended`, `ready`, `play`, `read`, `ask`, `ask-much`. It prints one line
// of JSON. It needs nothing but Node.

const { API_URL = '', EMAIL = '', PASSWORD = '', SESSION = '' } = process.env;
const [, , command = '', ...args] = process.argv;
const auth = { authorization: `Bearer ${SESSION}` };
const PATIENCE_MS = 10 * 60_000;

const fetchIt = (path: string, init: RequestInit = {}, limitMs = 30_000): Promise<Response> =>
  fetch(new URL(path, API_URL), { ...init, signal: AbortSignal.timeout(limitMs) });

async function get(path: string, init: RequestInit = {}, limitMs?: number): Promise<Response> {
  const response = await fetchIt(path, init, limitMs);
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}

/** What it was, with what is below it. */
function told(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

/** An address that people have, as it stands in what was at another one, at the API itself. */
function near(address: string, base = '/'): string {
  const { pathname, search } = new URL(address, new URL(base, API_URL));
  return pathname + search;
}

async function signIn(): Promise<object> {
  const response = await get('/api/v1/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  return { session: ((await response.json()) as { session: string }).session };
}

/** In `seconds`, piece by piece; whatever breaks off is gone on with from where the server says, as tus clients do. */
async function upload(name: string, seconds: number): Promise<object> {
  const bytes = new Uint8Array(await buffer(process.stdin));
  const tus = { ...auth, 'tus-resumable': '1.0.0' };
  const filename = Buffer.from(name).toString('base64');
  const made = await get('/api/uploads', {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': `filename ${filename}` },
  });
  const path = near(made.headers.get('location') ?? '');
  const pieces = Math.max(1, seconds * 2);
  const pieceBytes = Math.ceil(bytes.length / pieces);
  const deadline = Date.now() + PATIENCE_MS;
  let broken = 0;
  let isInDoubt = false;
  for (let offset = 0; offset < bytes.length;) {
    try {
      if (isInDoubt) {
        const head = await get(path, { method: 'HEAD', headers: tus });
        offset = Number(head.headers.get('upload-offset'));
        isInDoubt = false;
        continue;
      }
      const patched = await get(path, {
        method: 'PATCH',
        headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body: bytes.subarray(offset, offset + pieceBytes),
      });
      offset = Number(patched.headers.get('upload-offset'));
      if (offset < bytes.length && pieces > 1) await sleep(500);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      if (!isInDoubt) broken += 1;
      isInDoubt = true;
      await sleep(1_000);
    }
  }
  const view = await get(`/api/v1/uploads/${path.split('/').at(-1) ?? ''}`, { headers: auth });
  return { id: ((await view.json()) as { videoId: string }).videoId, broken };
}

interface Video {
  readonly state: string;
  readonly playbackUrl: string | null;
  readonly failure: { readonly code: string; readonly sentence: string; readonly detail: string | null } | null;
}

async function seen(id: string): Promise<Video | Error> {
  try {
    return (await (await get(`/api/v1/videos/${id}`, { headers: auth })).json()) as Video;
  } catch (error) {
    return new Error(`The video could not be asked for: ${told(error)}`, { cause: error });
  }
}

async function look(id: string): Promise<object> {
  const video = await seen(id);
  if (video instanceof Error) throw video;
  return { state: video.state };
}

const ENDS: ReadonlySet<string> = new Set(['ready', 'failed', 'canceled']);

/** Waits until it is made, or will not be. */
async function ended(id: string): Promise<Video & { readonly seconds: number }> {
  const started = Date.now();
  for (;;) {
    const video = await seen(id);
    const seconds = Math.round((Date.now() - started) / 1_000);
    if (video instanceof Error) {
      // What is away for a while is asked again.
      if (seconds * 1_000 > PATIENCE_MS) throw video;
    } else {
      if (ENDS.has(video.state)) return { ...video, seconds };
      if (seconds * 1_000 > PATIENCE_MS) throw new Error(`The video is ${video.state}.`);
    }
    await sleep(1_000);
  }
}

async function ready(id: string): Promise<object> {
  const { state, playbackUrl, failure, seconds } = await ended(id);
  if (state === 'ready') return { url: near(playbackUrl ?? ''), seconds };
  throw new Error(`The video is ${state}: ${failure?.sentence ?? 'nobody says why'} ${failure?.detail ?? ''}`);
}

const linesOf = async (path: string): Promise<string[]> => (await (await get(path)).text()).split('\n');

/** What a playlist names. */
async function namedIn(path: string): Promise<string[]> {
  return (await linesOf(path)).flatMap((line) => {
    const name = /URI="([^"]+)"/.exec(line)?.[1] ?? (/^[^#\s]/.test(line) ? line : undefined);
    return name === undefined ? [] : [near(name, path)];
  });
}

/** All names that a video consists of, from its playlists. */
async function partsOf(url: string): Promise<string[]> {
  const playlists = [...new Set(await namedIn(url))].filter((name) => name.includes('.m3u8'));
  const parts = await Promise.all(playlists.map(namedIn));
  return [url, ...playlists, ...parts.flat()];
}

async function play(url: string): Promise<object> {
  const parts = await partsOf(url);
  let bytes = 0;
  for (const part of parts) bytes += (await (await get(part)).arrayBuffer()).byteLength;
  return { parts: parts.length, bytes };
}

/**
 * Reads a video's parts again and again, four at a time, and says what could not be read. With more than one try, what is not answered within 5 s
 * is asked again, as players and ingress controllers do.
 */
async function read(url: string, seconds: number, tries: number): Promise<object> {
  const parts = await partsOf(url);
  const end = Date.now() + seconds * 1_000;
  const failed: string[] = [];
  let reads = 0;
  let again = 0;
  const one = async (part: string, left: number): Promise<void> => {
    try {
      await (await get(part, {}, tries === 1 ? undefined : 5_000)).arrayBuffer();
    } catch (error) {
      if (left <= 1) {
        failed.push(told(error));
        return;
      }
      again += 1;
      await one(part, left - 1);
    }
  };
  const reader = async (first: number): Promise<void> => {
    for (let at = first; Date.now() < end; at += 1) {
      reads += 1;
      await one(parts[at % parts.length] ?? url, tries);
      await sleep(50);
    }
  };
  await Promise.all([0, 1, 2, 3].map((first) => reader(first * 7)));
  return { reads, again, failed };
}

interface Answer {
  /** When it was asked, in seconds. */
  readonly at: number;
  readonly status: number;
  readonly retryAfter: string | null;
  /** Why there was none, or why it broke off. */
  readonly error: string | null;
  readonly tookMs: number;
}

/** Asks for the list of videos four times a second, and says how it was answered; 0 is no answer. */
async function ask(seconds: number): Promise<object> {
  const started = Date.now();
  const asked: Promise<Answer>[] = [];
  const once = async (): Promise<Answer> => {
    const at = Date.now();
    const answer = (status: number, retryAfter: string | null, error: string | null): Answer => ({
      ...{ at: (at - started) / 1_000, status, retryAfter, error, tookMs: Date.now() - at },
    });
    try {
      const response = await fetchIt('/api/v1/videos', { headers: auth });
      await response.arrayBuffer();
      return answer(response.status, response.headers.get('retry-after'), null);
    } catch (error) {
      return answer(0, null, told(error));
    }
  };
  while (Date.now() < started + seconds * 1_000) {
    asked.push(once());
    await sleep(250);
  }
  return { answers: await Promise.all(asked) };
}

const CONNECTIONS = 8;

/** Asks who one is, again and again, and takes whatever is answered. */
async function askMuch(seconds: number): Promise<object> {
  const end = Date.now() + seconds * 1_000;
  let answers = 0;
  const line = async (): Promise<void> => {
    while (Date.now() < end) {
      try {
        await (await fetchIt('/api/v1/me', { headers: auth })).arrayBuffer();
        answers += 1;
      } catch {
        await sleep(1_000);
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, line));
  return { answers };
}

const [first = '', second = '0', third = '1'] = args;
const COMMANDS: Readonly<Record<string, () => Promise<object>>> = {
  'sign-in': signIn,
  upload: () => upload(first, Number(second)),
  look: () => look(first),
  ended: () => ended(first),
  ready: () => ready(first),
  play: () => play(first),
  read: () => read(first, Number(second), Number(third)),
  ask: () => ask(Number(first)),
  'ask-much': () => askMuch(Number(first)),
};
const chosen = COMMANDS[command];
if (chosen === undefined) throw new Error(`There is no ${command}.`);
process.stdout.write(`${JSON.stringify(await chosen())}\n`);
