import { expect, test } from 'vitest';
import { changedQueryText, jobFilterOf, jobQueryText, parseJobQuery } from '../../../src/features/jobs/job-query.ts';

const read = (text: string) => parseJobQuery(new URLSearchParams(text));

test('an address is read, written, and read as the same', () => {
  const text = 'state=running%2Cfailed&priority=high&preset=web&search=harbour+%26+sea&cause=encode_failed&span=24h';
  expect(jobQueryText(read(text))).toBe(text);
  expect(jobQueryText(read(''))).toBe('');
});

test('two changes in one moment do not lose each other', () => {
  const searched = changedQueryText('', () => ({ search: 'Ledger' }));
  const failed = changedQueryText(searched, ({ state }) => ({ state: [...state, 'failed'] }));
  expect(failed).toBe('state=failed&search=Ledger');
  expect(changedQueryText(failed, () => read(''))).toBe('');
});

test('what an address says that is not known is left out', () => {
  expect(jobQueryText(read('state=done,failed&priority=urgent&cause=<b>&span=2y&other=1'))).toBe('state=failed');
});

test('the API is asked for nothing that is not wanted, and for a span from now', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  expect(jobFilterOf(read('search=++'), now)).toEqual({});
  expect(jobFilterOf(read('state=failed&span=1h&cause=worker_died'), now)).toEqual({
    state: ['failed'],
    failureCode: 'worker_died',
    since: '2026-11-26T11:00:00.000Z',
  });
});
