import { createDatabase } from '@transcode/db';
import { expect, inject, test } from 'vitest';
import { verifyPassword } from '../src/identity/password.ts';
import { ensureFirstAdmin } from '../src/services/people/ensure-first-admin.ts';
import { freshDatabase } from './fresh-database.ts';

test('the first admin has the password that is given, which is no one-time password, and there is no second one', async () => {
  const db = createDatabase(await freshDatabase(inject('templateUrl')), { poolSize: 1 });
  try {
    const given = { email: 'Ops@Example.com', password: 'what-the-chart-made' };
    expect(await ensureFirstAdmin(db, given)).toEqual({ email: 'ops@example.com', password: given.password });
    expect(await ensureFirstAdmin(db, { email: 'other@example.com', password: 'another-password' })).toBeUndefined();
    const [admin, ...others] = await db.user.findMany();
    expect(others).toEqual([]);
    expect(admin).toMatchObject({ email: 'ops@example.com', role: 'admin', mustChangePassword: false });
    expect(await verifyPassword(given.password, admin?.passwordHash)).toBe(true);
  } finally {
    await db.$disconnect();
  }
});
