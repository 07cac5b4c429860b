import { ERRORS, sentenceOf, type ErrorCode } from '@transcode/contracts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

/** The causes that a job can fail of, as the registry lists them: what comes before is told to callers alone. */
export const CAUSES: readonly ErrorCode[] = CODES.slice(CODES.indexOf('source_empty')).filter(
  (code) => code !== 'lease_lost' && code !== 'canceled',
);

/** A cause in a few words: the beginning of its sentence, without what differs from job to job. */
export function causeWords(code: string): string {
  if (!Object.hasOwn(ERRORS, code)) return code.replaceAll('_', ' ');
  const sentence = sentenceOf(code as ErrorCode);
  return sentence
    .replace(/[:(.].*$/s, '')
    .trim()
    .replace(/ …$/, '');
}
