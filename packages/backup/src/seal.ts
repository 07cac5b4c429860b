import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { mayBreak } from '@transcode/storage';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** A pair of keys that is forgotten with the process: with it what was just encrypted is read back once. */
export async function passingKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Throws `backup_key_invalid` unless each is a public key of age. */
export function checkRecipients(recipients: readonly string[]): void {
  encrypterTo(recipients);
}

/** The same, encrypted to public keys of age; as it is where there is none. */
export async function seal(body: Readable, recipients: readonly string[]): Promise<Readable> {
  if (recipients.length === 0) return body;
  return through(body, (web) => encrypterTo(recipients).encrypt(web));
}

/** Of what was sealed; throws `backup_key_missing` or `backup_key_wrong`. */
export async function unseal(body: Readable, identities: readonly string[], backup: string): Promise<Readable> {
  if (identities.length === 0) {
    body.destroy();
    throw new TranscodeError('backup_key_missing', { backup });
  }
  const decrypter = new Decrypter();
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch (cause) {
      body.destroy();
      throw new TranscodeError('backup_key_invalid', { what: 'a private key' }, { cause });
    }
  }
  try {
    return await through(body, (web) => decrypter.decrypt(web));
  } catch (cause) {
    body.destroy();
    throw new TranscodeError('backup_key_wrong', { backup }, { cause });
  }
}

type WebStream = ReturnType<typeof Readable.toWeb>;

/**
 * The way there and back listens to neither end for longer than it needs to: one that is broken off a moment later, as everything is where
 * somebody cancels, would end the process.
 */
async function through(body: Readable, work: (web: WebStream) => Promise<WebStream>): Promise<Readable> {
  mayBreak(body);
  const passed = Readable.fromWeb(await work(Readable.toWeb(body)));
  mayBreak(passed);
  return passed;
}

/** What passes through, counted and hashed; `result` is whole once the stream has ended. */
export function metered(body: Readable): { stream: Readable; result: () => { bytes: number; sha256: string } } {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      yield chunk;
    }
  }
  const stream = Readable.from(pass(), { objectMode: false });
  for (const end of [body, stream]) mayBreak(end);
  return {
    stream,
    result: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}

function encrypterTo(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new TranscodeError('backup_key_invalid', { what: `the public key ${recipient}` }, { cause });
    }
  }
  return encrypter;
}
