import * as z from 'zod';

/** A NUL, which Postgres cannot hold. */
const NUL = String.raw`\u0000`;
/**
 * What is not on the line: ends of lines, ESC and other controls, and marks that turn the order around in which it is read. By their
 * numbers, as few programs that read our schemas know Unicode's names of them.
 */
const OFF_LINE = String.raw`\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`;
/** What is left of `OFF_LINE` and is taken off at both ends of a text. */
const BLANK = String.raw`\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;

const HAS_NUL = new RegExp(`[${NUL}]`);
const HAS_OFF_LINE = new RegExp(`[${OFF_LINE}]`);
/** Half a surrogate pair is no character, and a pattern of whole ones cannot name it. */
const HAS_HALF = /\p{Cs}/u;

const IS_TEXT = z.refine<string>(
  (value) => !HAS_NUL.test(value) && !HAS_HALF.test(value),
  'It has characters that are not text',
);
const IS_LINE = z.refine<string>(
  (value) => !HAS_OFF_LINE.test(value),
  'It has line breaks, control characters or marks of direction. Take them out',
);

/** What people and programs write: whatever has no format of its own comes in as this, or as a `Line`. */
export const Text: z.ZodString = z.string().check(IS_TEXT);

/** A name or a title: text that is one line, and reads as it is written. */
export const Line: z.ZodString = Text.check(IS_LINE);

/** Checks of a schema that is no `z.string()`, such as a template, and holds what people write. */
export const isText: z.core.$ZodCheck<string> = IS_TEXT;

const counted = new WeakSet<z.core.$ZodCheck>();

/** At most so many characters, as people and JSON Schema count them. JavaScript counts an emoji twice, and so would `max`. */
export function atMost(characters: number, sentence?: string): z.core.$ZodCheck<string> {
  const check: z.core.$ZodCheck<string> = z.maxLength(characters, sentence);
  const { _zod: inner } = check;
  const judge = inner.check.bind(inner);
  inner.check = (payload) => (charactersIn(payload.value) > characters ? judge(payload) : undefined);
  counted.add(check);
  return check;
}

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Zod asks about all that has a length, even where it wanted a string. */
function charactersIn(text: unknown): number {
  return typeof text === 'string' ? text.length - (text.match(PAIR)?.length ?? 0) : 0;
}

export function takesTextOnly(schema: z.ZodType): boolean {
  return schema.def.checks?.includes(IS_TEXT) === true;
}

export function takesLinesOnly(schema: z.ZodType): boolean {
  return takesTextOnly(schema) && schema.def.checks?.includes(IS_LINE) === true;
}

/** Whether nothing it may be is too long by JavaScript's count alone. */
export function countsCharacters(schema: z.ZodType): boolean {
  return (schema.def.checks ?? []).every((check) => {
    const { _zod: inner } = check;
    return inner.def.check !== 'max_length' || counted.has(check);
  });
}

/** The rules of texts as a pattern of JSON Schema, where a schema follows them. */
export function textPattern(schema: z.ZodType): string | undefined {
  if (!takesTextOnly(schema)) return undefined;
  const refused = takesLinesOnly(schema) ? OFF_LINE : NUL;
  const any = `[^${refused}]*`;
  return isMoreThanBlank(schema) ? `^${any}[^${refused}${BLANK}]${any}$` : `^${any}$`;
}

/** Blanks are taken off at both ends before its length is looked at. */
function isMoreThanBlank(schema: z.ZodType): boolean {
  const kinds = (schema.def.checks ?? []).map(({ _zod: inner }) => inner.def.check);
  return kinds.includes('overwrite') && kinds.indexOf('min_length') > kinds.indexOf('overwrite');
}
