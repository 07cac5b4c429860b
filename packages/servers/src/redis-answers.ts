import { connect } from 'node:net';
import { ServerStartError } from './server-process.ts';

const TIMEOUT_MS = 2_000;

/** Signs in and asks PING in Redis' own protocol; rejects while Redis is loading or silent. */
export function redisAnswers(port: number, password: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    const settle = (error?: Error): void => {
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(TIMEOUT_MS, () => settle(new Error('Redis is silent.')));
    socket.on('connect', () => socket.write(command('AUTH', password) + command('PING')));
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.includes('+PONG')) settle();
      else if (answer.includes('WRONGPASS')) settle(new ServerStartError('Redis refuses the password.'));
      else if (answer.startsWith('-') && answer.endsWith('\r\n')) settle(new Error(answer.trim()));
    });
    socket.on('error', settle);
    socket.on('close', () => settle(new Error('Redis hung up.')));
  });
}

function command(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
