import { PASSWORD_MIN_LENGTH } from '@transcode/contracts';

/** What the seed command needs: whose database, and which password its users get. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): {
  databaseUrl: string;
  password: string;
} {
  const { DATABASE_URL: databaseUrl = '', SEED_PASSWORD: password = '' } = source;
  if (!URL.canParse(databaseUrl)) throw new Error('DATABASE_URL has to be the address of a Postgres database.');
  if (password.length < PASSWORD_MIN_LENGTH) {
    throw new Error(`SEED_PASSWORD has to be a password of at least ${PASSWORD_MIN_LENGTH} characters.`);
  }
  return { databaseUrl, password };
}
