import * as z from 'zod';
import {
  BODY_IDLE_MS,
  CONNECTIONS_MAX,
  CONNECTIONS_MAX_OF_ONE,
  HEADERS_MS,
  HISTORY_KEPT_MS,
  UPLOAD_IDLE_MS,
  UPLOAD_MAX_BYTES,
} from '../constants.ts';
import { LOG_LEVELS } from '../telemetry/logs/log-events.ts';
import { BACKUP_SETTINGS } from './backup-settings.ts';
import { COPY_SETTINGS } from './copy-settings.ts';
import { flag, mebibytes, networks, origin, port, seconds, secret, text, web } from './kinds.ts';
import type { Setting } from './setting.ts';
import { WORKER_SETTINGS } from './worker-settings.ts';

const ALL = ['api', 'worker', 'console'] as const;
const SERVERS = ['api', 'worker'] as const;
const SERVERS_AND_TOOLS = [...SERVERS, 'tools'] as const;
const SERVERS_AND_BACKUP = [...SERVERS, 'backup'] as const;

/**
 * Every variable that a process of ours reads, once. The processes' parsers, what the supervisor passes on, docs/settings.md and the
 * chart's ConfigMaps and Secrets come from here.
 */
export const SETTINGS = {
  DATABASE_URL: {
    ...{ schema: text, readers: [...SERVERS_AND_TOOLS, 'postgres-backup'], from: 'installation', secret: true },
    about: 'address of Postgres, with who signs in there',
  },
  REDIS_URL: {
    ...{ schema: text, readers: [...SERVERS_AND_TOOLS, 'redis-backup'], from: 'installation', secret: true },
    about: 'address of Redis, with its password',
  },
  STORAGE_URL: {
    ...{ schema: text, readers: [...SERVERS, 'postgres-backup', 'drill'], from: 'installation' },
    about: 'where objects are, `s3://bucket/prefix` or `file:///folder`',
  },
  S3_ENDPOINT: {
    ...{ schema: z.string().optional(), readers: SERVERS_AND_BACKUP, from: 'operator' },
    about: 'address of an S3 that is not Amazon’s; it is spoken to by paths',
  },
  S3_TAG_SOURCES: {
    ...{ schema: flag.default(false), readers: SERVERS, from: 'operator' },
    about:
      'whether uploaded files get the tag `transcode=source`, by which rules of the bucket can move them to cheaper classes; who signs in needs `s3:PutObjectTagging`',
  },
  AWS_ACCESS_KEY_ID: {
    ...{ schema: z.string().optional(), readers: SERVERS_AND_BACKUP, from: 'operator', secret: true },
    about: 'who signs in at S3',
    unless: 'what the AWS SDK finds',
  },
  AWS_SECRET_ACCESS_KEY: {
    ...{ schema: z.string().optional(), readers: SERVERS_AND_BACKUP, from: 'operator', secret: true },
    about: 'the secret of that key',
    unless: 'what the AWS SDK finds',
  },
  AWS_SESSION_TOKEN: {
    ...{ schema: z.string().optional(), readers: SERVERS_AND_BACKUP, from: 'operator', secret: true },
    about: 'the token of a key that is for a while only',
    unless: 'what the AWS SDK finds',
  },
  AWS_REGION: {
    ...{ schema: z.string().optional(), readers: SERVERS_AND_BACKUP, from: 'operator' },
    about: 'region of the bucket',
    unless: 'what the AWS SDK finds',
  },
  DISK_RESERVE_MIB: {
    ...{ schema: mebibytes.optional(), readers: SERVERS_AND_BACKUP, from: 'operator' },
    about: 'MiB that stay free on the disks of `storage/` and of scratch folders',
    unless: '2 GiB or 5 % of the disk, at most 50 GiB or a quarter of it',
  },
  ...BACKUP_SETTINGS,
  ...COPY_SETTINGS,
  LOG_LEVEL: {
    ...{ schema: z.enum([...LOG_LEVELS, 'silent']).default('info'), readers: SERVERS, from: 'operator' },
    about: `what is logged: ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')} or \`silent\``,
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    ...{ schema: web.optional(), readers: ALL, from: 'operator' },
    about: 'where spans are sent by OTLP over HTTP, such as `http://collector:4318`',
    unless: 'nothing is traced',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    ...{ schema: z.coerce.number().min(0).max(1).default(1), readers: ALL, from: 'operator' },
    about: 'share of traces that are kept from their beginning on, from 0 to 1',
  },
  HOST: {
    ...{ schema: z.string().default('127.0.0.1'), readers: SERVERS, from: 'installation' },
    about: 'address to listen on',
  },
  PORT: {
    ...{ schema: port, readers: ['api'], from: 'installation' },
    about: 'port of the API, and of the console behind it',
  },
  METRICS_PORT: {
    ...{ schema: port, readers: SERVERS, from: 'installation' },
    about: 'port of `/metrics`, `/health`, `/ready` and `/log-level`',
  },
  CONSOLE_URL: {
    ...{ schema: origin.optional(), readers: ['api'], from: 'installation' },
    about: 'where the console is, to which the API hands all that is not its own',
    unless: 'there is none',
  },
  API_URL: {
    ...{ schema: z.url(), readers: ['console'], from: 'installation' },
    about: 'where the console’s server reaches the API',
  },
  AUTH_SECRET: {
    ...{ schema: secret, readers: ['api'], from: 'installation', secret: true },
    about: 'signs the cookies of sessions; the console has the same as `NEXTAUTH_SECRET`',
  },
  NEXTAUTH_SECRET: {
    ...{ schema: secret, readers: ['console'], from: 'installation', secret: true },
    about: '`AUTH_SECRET`, as next-auth calls it',
  },
  GRANT_SECRET: {
    ...{ schema: secret, readers: ['api'], from: 'installation', secret: true },
    about: 'signs playback addresses',
  },
  PUBLIC_URL: {
    ...{ schema: origin.optional(), readers: ['api'], from: 'operator' },
    about:
      'where people reach it, such as `https://video.example.org`: addresses in answers, the console and its cookies follow it, and what a request says of its host changes nothing; with `https:`, browsers are told to demand that (HSTS)',
    unless: 'as people come',
  },
  TRUSTED_PROXIES: {
    ...{ schema: networks, readers: ['api'], from: 'operator' },
    about:
      'addresses and networks, such as `10.0.0.0/8`, of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; behind one that is not named all people share its address, and its limits',
    unless: 'none',
  },
  MEDIA_REDIRECT: {
    ...{ schema: flag.default(false), readers: ['api'], from: 'operator' },
    about: '`true`: segments on S3 are answered with a redirect to a presigned address',
  },
  MEDIA_ORIGINS: {
    schema: z
      .string()
      .regex(/^[\w\s:/.*-]*$/)
      .default(''),
    ...{ readers: ['console'], from: 'installation' },
    about: 'origins other than ours that media may come from: the S3 endpoint where playback is redirected',
    unless: 'none',
  },
  TRACE_URL: {
    schema: web.refine((url) => url.includes('{trace_id}'), 'must have {trace_id} in it').optional(),
    ...{ readers: ['api'], from: 'operator' },
    about: 'address of a trace where people look at them, such as `https://jaeger.example.org/trace/{trace_id}`',
    unless: 'a job’s page leads to none',
  },
  PROMETHEUS_URL: {
    ...{ schema: origin.optional(), readers: ['api'], from: 'operator' },
    about: 'Prometheus, for the history on Overview',
    unless: 'its own of `--monitoring`',
  },
  ALERTMANAGER_URL: {
    ...{ schema: origin.optional(), readers: ['api'], from: 'operator' },
    about: 'Alertmanager, for test alerts in Settings',
    unless: 'its own of `--monitoring`',
  },
  GRAFANA_URL: {
    ...{ schema: origin.optional(), readers: ['api'], from: 'operator' },
    about: 'Grafana, for links on Overview and in alerts',
    unless: 'nothing leads there',
  },
  UPLOAD_MAX_BYTES: {
    schema: z.coerce.number().int().positive().default(UPLOAD_MAX_BYTES),
    ...{ readers: ['api'], from: 'operator' },
    about: 'largest upload, in bytes',
  },
  HISTORY_KEPT_SECONDS: {
    ...{ schema: seconds(HISTORY_KEPT_MS), readers: ['api'], from: 'operator' },
    about: 'how long rows of what is over are kept: deleted videos, ended sessions, gone workers',
  },
  HEADERS_TIMEOUT_SECONDS: {
    ...{ schema: seconds(HEADERS_MS), readers: ['api'], from: 'operator' },
    about: 'how long the headers of a request may take',
  },
  BODY_IDLE_SECONDS: {
    ...{ schema: seconds(BODY_IDLE_MS), readers: ['api'], from: 'operator' },
    about: 'how long nothing may come of a body that is no upload; it has to come at 4 KiB a second besides',
  },
  UPLOAD_IDLE_SECONDS: {
    ...{ schema: seconds(UPLOAD_IDLE_MS), readers: ['api'], from: 'operator' },
    about: 'how long nothing may come of an upload before its connection is closed; what came is kept',
  },
  CONNECTIONS_MAX: {
    schema: z.coerce.number().int().positive().default(CONNECTIONS_MAX),
    ...{ readers: ['api'], from: 'operator' },
    about: 'connections that are open at one process of the API at most',
  },
  CONNECTIONS_MAX_OF_ONE: {
    schema: z.coerce.number().int().positive().default(CONNECTIONS_MAX_OF_ONE),
    ...{ readers: ['api'], from: 'operator' },
    about: 'the same of one address that is not in `TRUSTED_PROXIES`',
  },
  ...WORKER_SETTINGS,
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
