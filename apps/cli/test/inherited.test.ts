import { expect, test } from 'vitest';
import { inherited } from '../src/supervisor/inherited.ts';

const ENV = {
  PATH: '/bin',
  LOG_LEVEL: 'debug',
  CPU_SLOTS: '2',
  AWS_SECRET_ACCESS_KEY: 'a secret',
  AWS_PROFILE: 'video',
  DATABASE_URL: 'postgresql://elsewhere',
  HOST: 'a-name-that-shells-set',
  SECRET_OF_SOMEBODY: 'else',
};
const namesFor = (reader: Parameters<typeof inherited>[1]): string[] => Object.keys(inherited(ENV, reader)).toSorted();

test('each process is given what it reads and whoever runs it sets, and nothing else', () => {
  expect(namesFor('worker')).toEqual(['AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY', 'CPU_SLOTS', 'LOG_LEVEL', 'PATH']);
  expect(namesFor('api')).toEqual(['AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY', 'LOG_LEVEL', 'PATH']);
  expect(namesFor('console')).toEqual(['PATH']);
});
