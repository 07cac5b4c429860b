// Load on an installation, by k6: the API's mix of reads, uploads by tus, people on pages, and playback.
//
//   URL=https://video.example.org KEYS=key1,key2 k6 run infra/k8s/test/load_test.js
//
// KEYS     API keys of the role editor, by commas. One may ask 1,200 times a minute, so RATE and VIEWERS need so many of them
// RATE     reads of the API a second, 10
// VIEWERS  people on a video's page, who look again every 2 s, 5 (the line that tells them of changes is not k6's to hold: `./transcode bench viewers`)
// PLAYERS  people who play a video, segment by segment, 5
// UPLOADS  uploads at the same time, 1, and CLIP, the file that is uploaded; without it there are none
// KEEP     1: what was uploaded stays, so that workers have it to do; else it is deleted at once
// DURATION 1m
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import http from 'k6/http';
import { check, sleep } from 'k6';

const { URL: ADDRESS = 'http://127.0.0.1:8080', KEYS = '', CLIP = '', KEEP = '', DURATION = '1m' } = __ENV;
const count = (name, unless) => Number(__ENV[name] || unless);
const RATE = count('RATE', 10);
const VIEWERS = count('VIEWERS', 5);
const PLAYERS = count('PLAYERS', 5);
const UPLOADS = CLIP === '' ? 0 : count('UPLOADS', 1);
const CALLS_OF_A_KEY = 20;
/** Calls a second of one viewer. */
const LOOKS = 0.5;

const base = ADDRESS.replace(/\/+$/, '');
const keys = KEYS.split(',').filter((key) => key !== '');
const clip = UPLOADS === 0 ? undefined : open(CLIP, 'b');

const steady = (name, vus) =>
  vus === 0 ? {} : { [name]: { executor: 'constant-vus', vus, duration: DURATION, exec: name } };

export const options = {
  scenarios: {
    ...(RATE === 0
      ? {}
      : {
          api: {
            executor: 'constant-arrival-rate',
            ...{ rate: RATE, timeUnit: '1s', duration: DURATION, exec: 'api' },
            ...{ preAllocatedVUs: Math.max(5, Math.ceil(RATE / 4)), maxVUs: Math.max(20, RATE) },
          },
        }),
    ...steady('viewers', VIEWERS),
    ...steady('playback', PLAYERS),
    ...steady('uploads', UPLOADS),
  },
  thresholds: {
    // What the generator could not begin in time says nothing of the API.
    dropped_iterations: ['count==0'],
    'http_req_failed{scenario:api}': ['rate<0.001'],
    'http_req_duration{scenario:api}': ['p(95)<250', 'p(99)<1000'],
    'checks{scenario:viewers}': ['rate>0.999'],
    'http_req_duration{scenario:viewers}': ['p(95)<250'],
    'checks{scenario:playback}': ['rate>0.999'],
    'http_req_duration{scenario:playback}': ['p(95)<1000'],
    'checks{scenario:uploads}': ['rate==1'],
  },
};

/** Videos that are ready, for who watches; fails where the rates cannot be asked for. */
export function setup() {
  const needed = Math.ceil((RATE + VIEWERS * LOOKS) / CALLS_OF_A_KEY);
  if (keys.length < Math.max(1, needed))
    throw new Error(`KEYS has ${keys.length} keys, and ${Math.max(1, needed)} are needed.`);
  const answer = http.get(`${base}/api/v1/videos?state=ready&limit=50`, auth(0));
  if (answer.status !== 200) throw new Error(`The list of videos was answered ${answer.status}: ${answer.body}`);
  const videos = answer.json().items.map(({ id, playbackUrl }) => ({ id, playbackUrl }));
  if (videos.length === 0 && VIEWERS + PLAYERS > 0)
    throw new Error('No video is ready to be watched: upload one first.');
  return { videos };
}

const READS = ['/videos?limit=50', '/videos?limit=50', '/jobs?limit=50', '/jobs?limit=50', '/videos/ID', '/me'];

export function api({ videos }) {
  const turn = exec.scenario.iterationInTest;
  const path = READS[turn % READS.length].replace('ID', videos.length === 0 ? '' : videos[turn % videos.length].id);
  const answer = http.get(`${base}/api/v1${path.replace(/\/$/, '')}`, auth(turn));
  check(answer, { 'a read is answered': ({ status }) => status === 200 });
}

export function viewers({ videos }) {
  const { id } = videos[exec.vu.idInTest % videos.length];
  const answer = http.get(`${base}/api/v1/videos/${id}`, auth(exec.vu.idInTest));
  check(answer, { 'a video is shown': ({ status }) => status === 200 });
  sleep(1 / LOOKS);
}

export function playback({ videos }) {
  const { playbackUrl } = videos[exec.vu.idInTest % videos.length];
  const master = within(base, playbackUrl);
  const playlist = named(read(master, 'the master playlist')).find((name) => name.includes('.m3u8'));
  if (playlist === undefined) {
    check(null, { 'the master playlist names another': () => false });
    return;
  }
  const media = within(master, playlist);
  const segments = named(read(media, 'a playlist')).filter((name) => !name.includes('.m3u8'));
  check(segments, { 'a playlist names segments': ({ length }) => length > 0 });
  for (const segment of segments.slice(0, 10)) {
    const answer = http.get(within(media, segment), { responseType: 'none', tags: { name: 'a segment' } });
    check(answer, { 'a segment comes': ({ status }) => status === 200 || status === 206 });
    sleep(1);
  }
}

export function uploads() {
  const { headers } = auth(exec.vu.idInTest);
  const tus = { ...headers, 'Tus-Resumable': '1.0.0' };
  const made = http.post(`${base}/api/uploads`, null, {
    headers: {
      ...tus,
      'Upload-Length': String(clip.byteLength),
      'Upload-Metadata': `filename ${encoding.b64encode(`load-${exec.vu.idInTest}.mp4`)}`,
    },
  });
  if (!check(made, { 'an upload is begun': ({ status }) => status === 201 })) return;
  const place = within(base, made.headers.Location);
  const sent = http.patch(place, clip, {
    headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    tags: { name: 'PATCH an upload' },
    timeout: '10m',
  });
  const isWhole = check(sent, {
    'an upload is taken': ({ status }) => status === 204,
    'an upload is whole': (answer) => answer.headers['Upload-Offset'] === String(clip.byteLength),
  });
  if (!isWhole || KEEP === '1') return;
  const view = http.get(`${base}/api/v1/uploads/${place.split('/').pop()}`, { headers, tags: { name: 'an upload' } });
  const gone = http.del(`${base}/api/v1/videos/${view.json().videoId}`, null, {
    headers,
    tags: { name: 'DELETE a video' },
  });
  check(gone, { 'it is taken away again': ({ status }) => status < 300 });
}

const auth = (turn) => ({ headers: { Authorization: `Bearer ${keys[turn % keys.length]}` } });

function read(address, what) {
  const answer = http.get(address, { tags: { name: what } });
  check(answer, { [`${what} comes`]: ({ status }) => status === 200 });
  return answer.status === 200 ? answer.body : '';
}

/** What a playlist names. */
const named = (text) =>
  text.split('\n').flatMap((line) => {
    const name = line.startsWith('#') ? (line.match(/URI="([^"]+)"/) || [])[1] : line.trim();
    return name ? [name] : [];
  });

/** An address as it stands in what is at another; at the host that was named, which may be the cluster's own. */
function within(from, address) {
  const path = address.replace(/^https?:\/\/[^/]+/, '');
  if (path.startsWith('/')) return base + path;
  return `${from.replace(/\?.*$/, '').replace(/[^/]*$/, '')}${path}`;
}
