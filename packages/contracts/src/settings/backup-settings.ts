import * as z from 'zod';
import { days, flag, seconds, text, words } from './kinds.ts';
import type { Setting } from './setting.ts';

const BACKUP = { readers: ['backup'], from: 'operator' } as const;
/** The API reads what lies there, to tell of it. */
const STORE = { readers: ['backup', 'api'], from: 'operator' } as const;

/** Where backups are, and by which keys: for whoever makes them, restores them or tells of them. */
export const BACKUP_SETTINGS = {
  BACKUP_URL: {
    ...{ schema: text.optional(), ...STORE },
    about: 'where backups are, `s3://bucket/prefix` or `file:///folder`; each installation has a place of its own',
    unless: '`backups/` in the data folder',
  },
  BACKUP_RECIPIENTS: {
    ...{ schema: words, ...BACKUP },
    about:
      'public keys of [age](https://age-encryption.org), separated by commas or spaces, to which backups are encrypted',
    unless: 'they are not encrypted',
  },
  BACKUP_KEPT_DAYS: {
    ...{ schema: days.default(30), ...BACKUP },
    about: 'days after which a backup goes, once as many good ones came after it',
  },
  BACKUP_IDENTITY_FILE: {
    ...{ schema: text.optional(), ...BACKUP },
    about: 'a file with private keys of age, as `age-keygen` writes it: for restores and drills; no backup needs it',
  },
  BACKUP_WAL_SECONDS: {
    ...{ schema: seconds(10_000), ...BACKUP },
    about: 'how often what was written to the database is stored: no more is lost with it',
  },
  BACKUP_WINDOW_DAYS: {
    ...{ schema: z.coerce.number().int().min(0).default(7), ...STORE },
    about: 'how many days back the database can be restored to any moment; 0 archives nothing',
  },
  BACKUP_S3_ENDPOINT: {
    ...{ schema: z.string().optional(), ...STORE },
    about: 'address of the S3 that backups are on, where it is not that of the objects',
    unless: '`S3_ENDPOINT`',
  },
  BACKUP_S3_REGION: {
    ...{ schema: z.string().optional(), ...STORE },
    about: 'region of their bucket',
    unless: '`AWS_REGION`',
  },
  BACKUP_S3_ACCESS_KEY_ID: {
    ...{ schema: z.string().optional(), ...STORE, secret: true },
    about: 'who signs in there',
    unless: '`AWS_ACCESS_KEY_ID`',
  },
  BACKUP_S3_SECRET_ACCESS_KEY: {
    ...{ schema: z.string().optional(), ...STORE, secret: true },
    about: 'the secret of that key',
    unless: '`AWS_SECRET_ACCESS_KEY`',
  },
  BACKUP_SAME_DISK: {
    ...{ schema: flag.default(false), readers: ['api'], from: 'installation' },
    about: '`true`: they are on the disk that they are to protect, as nobody has said where else',
  },
} as const satisfies Record<string, Setting>;
