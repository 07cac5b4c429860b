import { consoleBuild } from './console-build.ts';
import { databaseClient } from './database-client.ts';
import { nodePackages } from './node-packages.ts';
import { schemathesis } from './schemathesis.ts';
import { browser, monitoring, servers, tracer } from './system-packages.ts';
import { ffmpeg, ffprobe, s3Server } from './wheel-tools.ts';
import type { Step } from './step.ts';

const CODE = [nodePackages, databaseClient];
const MEDIA = [ffmpeg, ffprobe];

/** What each command needs. Those that only look at a running installation need the code alone. */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  up: [servers, ...MEDIA, ...CODE, consoleBuild],
  encode: [servers, ...MEDIA, ...CODE],
  backup: [servers, ...MEDIA, ...CODE],
  restore: [servers, ...MEDIA, ...CODE],
  drill: [servers, ...MEDIA, ...CODE],
  bench: [servers, ...MEDIA, s3Server, ...CODE],
  test: [servers, browser, tracer, monitoring, ...MEDIA, s3Server, ...CODE],
  'fetch-media': MEDIA,
  'build-console': [...CODE, consoleBuild],
};

/** What a command needs besides, where it is told so. */
const DEEP: readonly Step[] = [schemathesis];

export function stepsFor(args: readonly string[]): readonly Step[] {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (options.includes('--help') || options.includes('-h')) return CODE;
  const steps = STEPS[options[0] ?? ''] ?? CODE;
  if (options[0] === 'test' && options.includes('--deep')) return [...steps, ...DEEP];
  return options[0] === 'up' && options.some(wantsMonitoring) ? [monitoring, ...steps] : steps;
}

const wantsMonitoring = (option: string): boolean => /^--(monitoring|alert-webhook)(=|$)/.test(option);
