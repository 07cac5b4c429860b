import { argon2Sync, randomBytes } from 'node:crypto';

const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;

/** argon2id as a PHC string. */
export function passwordHash(password: string): string {
  const salt = randomBytes(16);
  const parameters = {
    message: password,
    nonce: salt,
    parallelism: LANES,
    tagLength: 32,
    memory: MEMORY_KIB,
    passes: PASSES,
  };
  const tag = argon2Sync('argon2id', parameters);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${text(salt)}$${text(tag)}`;
}

/** PHC strings leave the padding away. */
function text(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
