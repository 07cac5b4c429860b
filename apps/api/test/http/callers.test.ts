import { expect, test } from 'vitest';
import { Callers, networkOf } from '../../src/http/callers.ts';

test('a sealed address is what was sealed, for a while and for whoever has the secret', () => {
  const callers = new Callers('secret');
  const sealed = callers.seal('2001:db8::7', 1_000);
  expect(callers.open(sealed, 2_000)).toBe('2001:db8::7');
  expect(callers.open(sealed, 1_000 + 5 * 60_000)).toBeUndefined();
  expect(new Callers('another').open(sealed, 2_000)).toBeUndefined();
  expect(callers.open(sealed.replace('db8', 'db9'), 2_000)).toBeUndefined();
  for (const forged of ['', ' ', 'x', '127.0.0.1 99999999999999 AAAA']) expect(callers.open(forged)).toBeUndefined();
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
