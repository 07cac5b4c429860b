import type { Role } from '@transcode/contracts';
import type { ApiKey, Database, Transaction } from '@transcode/db';
import { hashSecret, randomSecret } from '../identity/secret.ts';

const PREFIX_LENGTH = 8;

interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly workspaceId: string;
  readonly createdById: string | null;
}

/** A new API key. The key itself is shown this once; only its hash is stored. */
export async function makeKey(db: Database | Transaction, wanted: NewKey): Promise<{ row: ApiKey; key: string }> {
  const key = `tc_${randomSecret()}`;
  const row = await db.apiKey.create({
    data: { ...wanted, prefix: key.slice(0, PREFIX_LENGTH), secretHash: hashSecret(key) },
  });
  return { row, key };
}
