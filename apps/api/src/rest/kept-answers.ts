import type * as z from 'zod';

/** The JSON of answers, and of what stands in lists, that were judged by their schema and do not change any more. */
const texts = new WeakMap<object, string>();

/** From now on it is neither judged nor written again. Returns how long its JSON is. */
export function keepAnswer(answer: object): number {
  const text = JSON.stringify(answer);
  texts.set(answer, text);
  return text.length;
}

/** The same schema, which lets pass what is kept. */
export function orKept<T extends z.ZodType>(schema: T): T {
  const own = schema.clone();
  const { _zod: inner } = own;
  const run = inner.run.bind(inner);
  inner.run = (payload, context) => {
    const { value } = payload;
    return typeof value === 'object' && value !== null && texts.has(value) ? payload : run(payload, context);
  };
  return own;
}

/** The JSON of an answer, with what is kept of it as it is. */
export function answerText(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return JSON.stringify(answer);
  const text = texts.get(answer);
  if (text !== undefined) return text;
  if (!isPage(answer)) return JSON.stringify(answer);
  return `{"items":[${answer.items.map(answerText).join(',')}],"nextCursor":${JSON.stringify(answer.nextCursor)}}`;
}

function isPage(answer: object): answer is { items: unknown[]; nextCursor: unknown } {
  return Object.keys(answer).join() === 'items,nextCursor' && 'items' in answer && Array.isArray(answer.items);
}
