import { createServer } from 'node:net';
import { Refusal, systemCode } from '../refusal.ts';

/** Says in a sentence why a port cannot be had, before anything is started. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (cause) {
    const sentence = sentenceFor(systemCode(cause), host, port);
    throw sentence === undefined ? cause : new Refusal(sentence, { cause });
  } finally {
    server.close();
  }
}

function sentenceFor(code: string | undefined, host: string, port: number): string | undefined {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken by another program. Choose another one with --port.`,
    EACCES: `Port ${port} may be opened by root only. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Choose another one with --host.`,
    ENOTFOUND: `${host} is no address of this machine. Choose another one with --host.`,
  };
  return sentences[code ?? ''];
}
