import { ensureFirstAdmin } from '@transcode/api/local';
import { PLACEHOLDER } from '@transcode/contracts/settings';
import { createDatabase } from '@transcode/db';
import { Refusal } from '../refusal.ts';
import type { Context } from '../context.ts';

/** Makes the account that the environment names, where there is none at all; who has it by then keeps it. */
export async function makeFirstAdmin({ env, say }: Pick<Context, 'env' | 'say'>, databaseUrl: string): Promise<number> {
  const { FIRST_ADMIN_EMAIL: email = '', FIRST_ADMIN_PASSWORD: password = '' } = env;
  if (email === '' || password === '')
    throw new Refusal('FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD have to say whose account is made.');
  if (password.includes(PLACEHOLDER))
    throw new Refusal(`FIRST_ADMIN_PASSWORD still is what stood in secret.yaml (${PLACEHOLDER}).`);
  const db = createDatabase(databaseUrl, { poolSize: 1 });
  try {
    const made = await ensureFirstAdmin(db, { email, password });
    say(made === undefined ? 'Somebody has an account already: nothing was made.' : `Made the account ${made.email}.`);
    return 0;
  } finally {
    await db.$disconnect();
  }
}
