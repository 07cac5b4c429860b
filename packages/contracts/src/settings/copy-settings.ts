import * as z from 'zod';
import { text } from './kinds.ts';
import type { Setting } from './setting.ts';

const API = { readers: ['api'], from: 'operator' } as const;
/** Whoever restores a video takes what the storage has lost from there. */
const STORE = { readers: ['api', 'backup'], from: 'operator' } as const;

/** Where each object is copied to, and by which keys. */
export const COPY_SETTINGS = {
  COPY_URL: {
    ...{ schema: text.optional(), ...STORE },
    about:
      'a second store, `s3://bucket/prefix` or `file:///folder`, to which each object that a video needs is copied; each installation has a place of its own',
    unless: 'nothing is copied',
  },
  COPY_MODE: {
    ...{ schema: z.enum(['asynchronous', 'synchronous']).default('asynchronous'), ...API },
    about:
      '`synchronous`: an upload is called complete only once its file is in the second store, too; `asynchronous`: it is copied soon after',
  },
  COPY_S3_ENDPOINT: {
    ...{ schema: z.string().optional(), ...STORE },
    about: 'address of the S3 of the second store, where it is not that of the first',
    unless: '`S3_ENDPOINT`',
  },
  COPY_S3_REGION: {
    ...{ schema: z.string().optional(), ...STORE },
    about: 'region of its bucket',
    unless: '`AWS_REGION`',
  },
  COPY_S3_ACCESS_KEY_ID: {
    ...{ schema: z.string().optional(), ...STORE, secret: true },
    about: 'who signs in there',
    unless: '`AWS_ACCESS_KEY_ID`',
  },
  COPY_S3_SECRET_ACCESS_KEY: {
    ...{ schema: z.string().optional(), ...STORE, secret: true },
    about: 'the secret of that key',
    unless: '`AWS_SECRET_ACCESS_KEY`',
  },
} as const satisfies Record<string, Setting>;
