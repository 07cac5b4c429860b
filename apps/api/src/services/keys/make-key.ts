import type { KeyReach, Role } from '@transcode/contracts';
import type { ApiKey, Database, Transaction } from '@transcode/db';
import { hashSecret, randomSecret } from '../../identity/secret.ts';

const PREFIX_LENGTH = 8;

interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly reach: KeyReach;
  readonly workspaceId: string;
  /** Whom it is never more than: a person and, where a key made it, that one; or whoever can read the database anyway. */
  readonly behind: { readonly createdById: string | null; readonly parentId: string | null } | 'local';
}

/** A new API key. The key itself is shown this once; only its hash is stored. */
export async function makeKey(
  db: Database | Transaction,
  { behind, ...wanted }: NewKey,
): Promise<{ row: ApiKey; key: string }> {
  const key = `tc_${randomSecret()}`;
  const row = await db.apiKey.create({
    data: {
      ...wanted,
      ...(behind === 'local' ? { local: true } : behind),
      ...{ prefix: key.slice(0, PREFIX_LENGTH), secretHash: hashSecret(key) },
    },
  });
  return { row, key };
}
