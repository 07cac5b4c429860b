import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Runs each scenario of infra/k8s/test/load_test.js once, on answers that are given, and prints what it asked and which checks failed. It is no k6: it
// measures nothing.

interface Given {
  readonly env: Record<string, string>;
  /** By method and path, without the query. */
  readonly answers: Record<string, { status: number; body?: string; headers?: Record<string, string> }>;
}
const { env, answers } = JSON.parse(process.argv[2] ?? '{}') as Given;
const asked: { line: string; key: string | undefined; bytes?: number }[] = [];
const failed: string[] = [];

const ask = (
  method: string,
  url: string,
  body: ArrayBuffer | null,
  { headers = {} }: { headers?: Record<string, string> },
) => {
  const path = url.replace(/\?.*/, '').replace('http://cluster', '');
  asked.push({
    ...{ line: `${method} ${url.replace('http://cluster', '')}`, key: headers['Authorization'] },
    ...(body === null ? {} : { bytes: body.byteLength }),
  });
  const { status, body: said = '', headers: told = {} } = answers[`${method} ${path}`] ?? { status: 404 };
  return { status, body: said, headers: told, json: () => JSON.parse(said) as unknown };
};
type Parameters = { headers?: Record<string, string> } | undefined;
const MODULES: Readonly<Record<string, object>> = {
  k6: {
    sleep: () => undefined,
    check: (value: unknown, checks: Record<string, (value: unknown) => boolean>) => {
      const wrong = Object.entries(checks).flatMap(([name, holds]) => (holds(value) ? [] : [name]));
      failed.push(...wrong);
      return wrong.length === 0;
    },
  },
  'k6/http': {
    default: {
      get: (url: string, given: Parameters) => ask('GET', url, null, given ?? {}),
      post: (url: string, body: null, given: Parameters) => ask('POST', url, body, given ?? {}),
      patch: (url: string, body: ArrayBuffer, given: Parameters) => ask('PATCH', url, body, given ?? {}),
      del: (url: string, body: null, given: Parameters) => ask('DELETE', url, body, given ?? {}),
    },
  },
  'k6/execution': { default: { scenario: { iterationInTest: 0 }, vu: { idInTest: 1 } } },
  'k6/encoding': { default: { b64encode: (text: string) => Buffer.from(text).toString('base64') } },
};
const world = globalThis as unknown as Record<string, unknown>;
world['k6Modules'] = MODULES;
world['__ENV'] = env;
world['open'] = () => new ArrayBuffer(7);
registerHooks({
  resolve: (specifier, context, next) => {
    const stand = MODULES[specifier];
    if (stand === undefined) return next(specifier, context);
    const source = Object.keys(stand).map((name) =>
      name === 'default'
        ? `export default globalThis.k6Modules['${specifier}'].default;`
        : `export const ${name} = globalThis.k6Modules['${specifier}'].${name};`,
    );
    return { url: `data:text/javascript,${encodeURIComponent(source.join(''))}`, shortCircuit: true };
  },
});

const script = pathToFileURL(resolve(import.meta.dirname, '../../../k8s/test/load_test.js')).href;
const { options, setup, ...scenarios } = (await import(script)) as {
  options: { scenarios: Record<string, { exec: string }>; thresholds: object };
  setup: () => unknown;
} & Record<string, (data: unknown) => void>;
const data = setup();
const ran = Object.fromEntries(
  Object.entries(options.scenarios).map(([name, { exec }]) => {
    const before = asked.length;
    scenarios[exec]?.(data);
    return [name, asked.slice(before)];
  }),
);
process.stdout.write(JSON.stringify({ ran, failed, thresholds: options.thresholds }));
