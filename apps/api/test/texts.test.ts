import { countsCharacters, Problem, takesLinesOnly, takesTextOnly } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonSchemaOf } from '../src/rest/json-schema.ts';
import { procedures, restProcedures } from '../src/rest/rest-routes.ts';
import type { RestProcedure } from '../src/rest/rest-routes.ts';
import type { RunningApi } from '../src/start.ts';
import { UploadMetadata } from '../src/upload/upload-metadata.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { asksOf } from './openapi-asks.ts';
import { rawRequest } from './raw-request.ts';
import { signIn } from './sign-in.ts';
import { stringsIn } from './strings-in.ts';
import type { StringPlace } from './strings-in.ts';
import { encodeMetadata, tus } from './tus.ts';

/** Formats that have no room for a character that is not text. */
const FORMATS = new Set(['uuid', 'email', 'datetime']);
/** What people call things by. */
const NAMES = new Set(['name', 'title', 'filename']);
const Schema = z.custom<z.ZodType>((value) => value instanceof z.ZodType);

const NOT_TEXT = [
  ['a NUL', 'a\0b'],
  ['half a surrogate pair', 'a\uD800b'],
] as const;
const NOT_A_LINE = ['a\nb', 'a\u001B[31mb', 'a\u202Eb', 'a\u2066b', 'a\u200Fb', 'a\u2028b'];

interface Door {
  readonly name: string;
  readonly input: z.ZodType;
}

const doors: Door[] = [
  ...procedures().flatMap(([name, procedure]) => {
    const { _def: definition } = procedure;
    const { inputs }: { inputs: readonly unknown[] } = definition;
    return inputs.map((input) => ({ name, input: Schema.parse(input) }));
  }),
  { name: 'uploads', input: UploadMetadata },
];

const isFree = ({ schema }: StringPlace): boolean =>
  !(schema instanceof z.ZodStringFormat && FORMATS.has(schema.format ?? ''));
const nameOf = ({ path }: StringPlace): string => path.join('.');
const freeStrings = (input: z.ZodType): StringPlace[] => [...stringsIn(input)].filter(isFree);
const within = (path: StringPlace['path'], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
/** A union tells the place of all of it, a list in a query that of its entry. */
const isAt = (place: StringPlace, where: string): boolean =>
  where !== '' && (nameOf(place).startsWith(where) || where.startsWith(nameOf(place)));
const rest = restProcedures().flatMap((one) =>
  (one.input === undefined ? [] : freeStrings(one.input)).map((place) => ({ one, place, at: nameOf(place) })),
);

describe('every string that an input takes is text', () => {
  test.for(doors)('$name', ({ input }) => {
    const others = freeStrings(input).filter(({ schema }) => !takesTextOnly(schema));
    expect(others.map(nameOf)).toEqual([]);
  });

  test.for(doors.filter(({ name }) => !name.startsWith('presets.') || name === 'presets.get'))(
    '$name: and a name is one line of it',
    ({ input }) => {
      const names = freeStrings(input).filter(({ path }) => NAMES.has(String(path.at(-1))));
      expect(names.filter(({ schema }) => !takesLinesOnly(schema)).map(nameOf)).toEqual([]);
    },
  );

  test.for(doors)('$name: and as long as it looks, not as JavaScript counts', ({ input }) => {
    const others = freeStrings(input).filter(({ schema }) => !countsCharacters(schema));
    expect(others.map(nameOf)).toEqual([]);
  });

  test('and there are many', () => expect(rest.length).toBeGreaterThan(20));
});

describe('the document says of a string what becomes of it', () => {
  const Told = z.looseObject({
    pattern: z.string().optional(),
    allOf: z.array(z.object({ pattern: z.string() })).default([]),
    minLength: z.int().default(0),
    maxLength: z.int().default(Infinity),
  });
  const CONTROLS = ['a\0b', 'a\nb', 'a\u007F', 'a\u009E', 'a\u061Cb', 'a\u202Eb', 'a\u2066b'];
  const BLANKS = ['', ' ', '\u00A0\u3000', '\uFEFF', '  a '];
  const OTHERS = ['worker:a', 'worker:', 'worker:a\0', '٣-٤', '1-1', '99999999999999999999-0', 'web', 'source_empty'];

  test.for(rest)('$one.name: $at', ({ place: { schema } }) => {
    const { pattern, allOf, minLength, maxLength } = Told.parse(jsonSchemaOf(schema, 'input'));
    const patterns = [...(pattern === undefined ? [] : [pattern]), ...allOf.map((one) => one.pattern)];
    const most = Math.min(maxLength, 2_000);
    const lengths = [most, most + 1].flatMap((count) => [
      'a'.repeat(count),
      '😀'.repeat(count),
      'a'.repeat(count - 1) + ' ',
    ]);
    for (const value of [...CONTROLS, ...BLANKS, ...OTHERS, ...lengths]) {
      const length = Array.from(value).length;
      const isMeant =
        length >= minLength && length <= maxLength && patterns.every((one) => new RegExp(one, 'u').test(value));
      expect([value, schema.safeParse(value).success]).toEqual([value, isMeant]);
    }
  });
});

describe('over HTTP', () => {
  let here: Installation;
  let api: RunningApi;
  let admin: string;
  beforeAll(async () => {
    here = await install();
    api = await here.start();
    admin = await signIn(here, api, await here.person('admin'));
  });
  afterAll(() => here.dispose());

  const sent = async (
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; code: string; wrong: string[] | undefined }> => {
    const type = body === undefined ? undefined : { 'content-type': 'application/json' };
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = { cookie: admin, origin: api.url, ...type };
    const answer = await rawRequest(api.url, method, path, headers, bytes);
    const { code, issues } = Problem.parse(JSON.parse(answer.body));
    return { status: answer.status, code, wrong: issues?.map((issue) => issue.path) };
  };

  /** What succeeds but for one field. */
  const askWith = async (one: RestProcedure, { path }: StringPlace, value: string) => {
    const { params = {}, query = '', body = {} } = (await asksOf(here)[one.name]?.()) ?? {};
    const [field = '', ...inside] = path;
    const wrong = within(inside, value);
    const inPath = one.route.path.includes(`{${field}}`);
    const reads = one.route.method === 'GET' || one.route.method === 'DELETE';
    const asked = new URLSearchParams(query);
    asked.delete(String(field));
    if (reads && !inPath) asked.append(String(field), value);
    const given: Record<string, string> = inPath ? { ...params, [field]: value } : params;
    return {
      path: `/api/v1${one.route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? ''))}`,
      query: [...asked].length === 0 ? '' : `?${asked.toString()}`,
      body: reads ? undefined : { ...body, ...(inPath ? {} : { [field]: wrong }) },
    };
  };

  test.for(rest)('$one.name refuses a NUL in $at', async ({ one, place }) => {
    const { path, query, body } = await askWith(one, place, 'a\0b');
    const { wrong, ...told } = await sent(one.route.method, path + query, body);
    expect(told).toEqual({ status: 400, code: 'bad_request' });
    expect(wrong?.some((where) => isAt(place, where))).toBe(true);
  });

  // An address has no way to write it.
  test.for(rest.filter(({ one: { route }, at }) => route.method[0] === 'P' && !route.path.includes(`{${at}}`)))(
    '$one.name refuses half a surrogate pair in $at',
    async ({ one, place }) => {
      const { path, query, body } = await askWith(one, place, 'a\uD800b');
      const { wrong, ...told } = await sent(one.route.method, path + query, body);
      expect(told).toEqual({ status: 400, code: 'bad_request' });
      expect(wrong?.some((where) => isAt(place, where))).toBe(true);
    },
  );

  test.for(NOT_TEXT)('tRPC refuses %s in whatever it reads', async ([, value]) => {
    for (const { one, place } of rest) {
      const { params = {}, body = {} } = (await asksOf(here)[one.name]?.()) ?? {};
      const [field = '', ...inside] = place.path;
      const wrong = within(inside, value);
      const input = JSON.stringify({ ...params, ...body, [field]: wrong });
      const reads = one.type === 'query';
      const address = `${api.url}/api/trpc/${one.name}${reads ? `?input=${encodeURIComponent(input)}` : ''}`;
      const response = await fetch(address, {
        method: reads ? 'GET' : 'POST',
        headers: { cookie: admin, origin: api.url, ...(reads ? {} : { 'content-type': 'application/json' }) },
        ...(reads ? {} : { body: input }),
      });
      expect([one.name, nameOf(place), response.status]).toEqual([one.name, nameOf(place), 400]);
    }
  });

  test.for(NOT_A_LINE)('a name is not %j', async (name) => {
    const told = await sent('POST', '/api/v1/keys', { name, role: 'viewer' });
    expect(told).toEqual({ status: 400, code: 'bad_request', wrong: ['name'] });
    const metadata = encodeMetadata({ filename: 'a.mp4', title: name });
    const response = await tus(api, await here.key('editor')).create({
      length: 1,
      headers: { 'upload-metadata': metadata },
    });
    const problem = Problem.parse(await response.json());
    expect([problem.code, problem.issues?.map(({ path }) => path)]).toEqual(['upload_metadata_invalid', ['title']]);
  });

  test.for(['שלום.mp4', '👩‍👩‍👧 movie.mp4', 'e\u0301.mp4', 'می‌خواهم.mp4'])('a name is %j', async (title) => {
    const response = await tus(api, await here.key('editor')).create({ length: 1, metadata: { filename: title } });
    expect(response.status).toBe(201);
  });

  test('marks of direction in the name of a file are taken out, as nobody sees them', async () => {
    const key = await here.key('editor');
    const client = tus(api, key);
    const response = await client.create({ length: 1, metadata: { filename: '\u202Eclip\u200F.mp4' } });
    expect(response.status).toBe(201);
    expect(await here.db.upload.count({ where: { fileName: 'clip.mp4' } })).toBe(1);
  });

  test.for(freeStrings(UploadMetadata).map(nameOf))('an upload’s %s has no NUL', async (field) => {
    const response = await tus(api, await here.key('editor')).create({
      length: 1,
      metadata: { filename: 'a.mp4', [field]: 'a\0b' },
    });
    const problem = Problem.parse(await response.json());
    expect([problem.code, problem.issues?.[0]?.path]).toEqual(['upload_metadata_invalid', field]);
  });

  test.for([
    ...['/api/uploads/a%00b', '/api/uploads/%ED%A0%80', '/media/a%00b/c', '/media/a/b%00c', '/share/a%00b'],
    ...['/api/v1/videos/%00/renditions/a.mp4', '/api/v1/presets/%ED%A0%80', '/api/v1/videos?search=%ED%A0%80'],
    ...['/api/v1/videos/%00/source'],
    ...['/api/v1/videos?a%00b=1', '/api/trpc/a%00b', '/api/trpc/videos.get?input=%00'],
  ])('%s is answered as every other request', async (path) => {
    const headers = { cookie: admin, origin: api.url, 'tus-resumable': '1.0.0' };
    for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE'])
      expect((await rawRequest(api.url, method, path, headers)).status).toBeLessThan(500);
  });
});
