import { expect, test } from 'vitest';
import { ERRORS, isTheFilesFault, plainSentenceOf, sentenceOf, type ErrorCode } from '../src/index.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];
/** What tasks and videos can fail of: what comes before is told to callers alone. */
const OF_WORK = CODES.slice(CODES.indexOf('source_empty'));
/** What only those know who run the machines, and what nobody fills in. */
const INSIDE = /\{|ffmpeg|segment|worker|scratch|lease|queue|database|disk_|[A-Z]+_[A-Z]+/i;
/** Filled in with what the file has, in the words of the pages, so told to everybody as they are. */
const AS_THEY_ARE = new Set(['source_too_large', 'source_encrypted', 'source_codec_unknown', 'quality_below_floor']);

test.each(OF_WORK.filter((code) => !AS_THEY_ARE.has(code)))(
  '%s is told to everybody without what is inside of the machines',
  (code) => expect(plainSentenceOf(code, sentenceOf(code))).not.toMatch(INSIDE),
);

test.each(OF_WORK.filter((code) => ERRORS[code].blame === 'work'))('%s never repeats what a program said', (code) =>
  expect(plainSentenceOf(code, 'v270 has 5 segments')).not.toContain('v270'),
);

test('a reason that a program gave is left out, and what the file has is kept', () => {
  expect(plainSentenceOf('source_unreadable', 'moov atom not found')).not.toContain('moov');
  expect(plainSentenceOf('source_codec_unknown', 'It is encoded with x.')).toBe('It is encoded with x.');
  expect(plainSentenceOf('gone_since', 'As it was told.')).toBe('As it was told.');
});

test('a file is at fault for what it is alone', () => {
  expect(
    ['source_empty', 'quality_below_floor', 'encode_failed', 'worker_died', 'canceled'].map(isTheFilesFault),
  ).toEqual([true, true, false, false, false]);
});
