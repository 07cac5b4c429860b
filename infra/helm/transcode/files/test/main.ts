import { setTimeout as sleep } from 'node:timers/promises';

// `helm test`: signs in, uploads a clip by tus, waits until it is ready, plays what came out, and takes it away again. What it needs is Node alone.

const { API_URL = '', TEST_EMAIL = '', TEST_PASSWORD = '', TEST_MINUTES = '10' } = process.env;
const PICTURE = { width: 320, height: 180, frames: 75, rate: 25 } as const;
const POLL_MS = 1_000;

interface Video {
  readonly state: string;
  readonly playbackUrl: string | null;
  readonly failure: { readonly sentence: string } | null;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Three seconds of a grey wall that grows lighter, as YUV4MPEG: a source that needs no encoder. */
function clip(): Buffer {
  const { width, height, frames, rate } = PICTURE;
  const luma = width * height;
  const pictures = Array.from({ length: frames }, (_, number) =>
    Buffer.concat([Buffer.from('FRAME\n'), Buffer.alloc(luma, 32 + number * 2), Buffer.alloc(luma / 2, 128)]),
  );
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`), ...pictures]);
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(new URL(path, API_URL), { ...init, signal: AbortSignal.timeout(60_000) });
  if (!response.ok) {
    throw new Error(`${init.method ?? 'GET'} ${path} was answered ${response.status}: ${await response.text()}`);
  }
  return response;
}

async function signIn(): Promise<{ authorization: string }> {
  const body = JSON.stringify({ email: TEST_EMAIL, password: TEST_PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const response = await ask('/api/v1/auth/sign-in', { method: 'POST', headers, body });
  const { session } = (await response.json()) as { session: string };
  return { authorization: `Bearer ${session}` };
}

async function upload(auth: { authorization: string }, bytes: Buffer): Promise<string> {
  const headers = { ...auth, 'tus-resumable': '1.0.0' };
  const filename = Buffer.from('helm-test.y4m').toString('base64');
  const made = await ask('/api/uploads', {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': `filename ${filename}` },
  });
  const { pathname } = new URL(made.headers.get('location') ?? '', API_URL);
  await ask(pathname, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  });
  const view = await ask(`/api/v1/uploads/${pathname.split('/').at(-1) ?? ''}`, { headers: auth });
  return ((await view.json()) as { videoId: string }).videoId;
}

async function untilReady(auth: { authorization: string }, id: string): Promise<string> {
  const deadline = Date.now() + Number(TEST_MINUTES) * 60_000;
  for (;;) {
    const video = (await (await ask(`/api/v1/videos/${id}`, { headers: auth })).json()) as Video;
    if (video.state === 'ready' && video.playbackUrl !== null) return video.playbackUrl;
    if (video.state === 'failed') throw new Error(`The clip failed: ${video.failure?.sentence ?? 'nobody says why'}`);
    if (Date.now() > deadline) throw new Error(`After ${TEST_MINUTES} minutes the clip is ${video.state}.`);
    await sleep(POLL_MS);
  }
}

const textOf = async (path: string): Promise<string> => (await ask(path)).text();

/** An address, as it stands in what was at another one, at the API itself. */
function near(address: string, base = '/'): string {
  const { pathname, search } = new URL(address, new URL(base, API_URL));
  return pathname + search;
}

/** What a player does: the list of renditions, one of them, its header and its first segment. Addresses are those of people; here the API is nearer. */
async function play(address: string): Promise<void> {
  const master = near(address);
  const rendition = (await textOf(master)).split('\n').find((line) => /^[^#\s]/.test(line));
  if (rendition === undefined) throw new Error('The playlist names no rendition.');
  const playlist = near(rendition, master);
  const lines = (await textOf(playlist)).split('\n');
  const header = /URI="([^"]+)"/.exec(lines.find((line) => line.startsWith('#EXT-X-MAP')) ?? '')?.[1];
  const segment = lines.find((line) => /^[^#\s]/.test(line));
  if (header === undefined || segment === undefined) throw new Error('The rendition has no segments.');
  for (const name of [header, segment]) {
    const bytes = Buffer.from(await (await ask(near(name, playlist))).arrayBuffer());
    const kind = bytes.toString('latin1', 4, 8);
    if (!['ftyp', 'styp', 'moof', 'sidx', 'prft'].includes(kind))
      throw new Error(`${name} is no part of an MP4: ${kind}`);
  }
}

const auth = await signIn();
say('Signed in.');
const id = await upload(auth, clip());
say(`Uploaded: video ${id}.`);
try {
  await play(await untilReady(auth, id));
  say('Ready, and it plays.');
} finally {
  await ask(`/api/v1/videos/${id}`, { method: 'DELETE', headers: auth });
  await ask('/api/v1/auth/sign-out', { method: 'POST', headers: auth });
}
