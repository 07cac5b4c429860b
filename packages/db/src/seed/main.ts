import { createDatabase } from '../database.ts';
import { migrate } from '../schema/migrate.ts';
import { parseEnv } from './env.ts';
import { seed } from './seed.ts';

const { databaseUrl, password } = parseEnv(process.env);
await migrate(databaseUrl);
const db = createDatabase(databaseUrl);
try {
  const { emails } = await seed(db, { password });
  process.stdout.write(`Sign in as ${emails.join(', ')}.\n`);
} finally {
  await db.$disconnect();
}
