import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { Refusal, systemCode } from '../refusal.ts';
import { writePrivate } from './write-private.ts';

const Secrets = z.object({ postgres: z.string(), redis: z.string(), auth: z.string(), grant: z.string() });
export type Secrets = z.infer<typeof Secrets>;

/** The installation's own secrets, made at its first start. None has a default. */
export async function ensureSecrets(file: string): Promise<Secrets> {
  const known = await readSecrets(file);
  if (known !== undefined) return known;
  const fresh = { postgres: secret(), redis: secret(), auth: secret(), grant: secret() };
  await writePrivate(file, `${JSON.stringify(fresh, null, 2)}\n`);
  return fresh;
}

export async function readSecrets(file: string): Promise<Secrets | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return Secrets.parse(JSON.parse(text));
  } catch (cause) {
    throw new Refusal(`${file} is damaged. Put its backup back: the database can be opened with these secrets only.`, {
      cause,
    });
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
