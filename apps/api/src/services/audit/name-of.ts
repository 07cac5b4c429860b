import type { Transaction } from '@transcode/db';
import type { Identity } from '../../identity/principal.ts';

/** Who it was, for others who read it. */
export async function nameOf(tx: Transaction, { kind, id }: Identity): Promise<string> {
  if (kind === 'user') return (await tx.user.findUniqueOrThrow({ where: { id } })).email;
  const { name } = await tx.apiKey.findUniqueOrThrow({ where: { id } });
  return `API key "${name}"`;
}
