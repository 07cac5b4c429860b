import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runProgram } from '../src/run-program.ts';

test('what a program wrote is there though it ended before anybody read', async () => {
  const program = runProgram('echo', { bin: '', args: ['all there is'], env: {}, signal: undefined });
  await sleep(300);
  expect(Buffer.concat((await program.stdout.toArray()) as Buffer[]).toString()).toBe('all there is\n');
  await program.ended;
});

test('one that nobody wants to hear any more ends', async () => {
  const program = runProgram('yes', { bin: '', args: [], env: {}, signal: undefined });
  program.stdout.once('data', () => program.stdout.destroy());
  await expect(program.ended).rejects.toThrow(/SIGPIPE|with 1/);
});
