import type { Readable } from 'node:stream';

/** Lines longer than this are cut: what writes them is not to be trusted. */
const LONGEST_LINE = 4096;

/** Lines of text as they come, without their ends. A line that never ends takes no memory. */
export async function* lines(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const parts = (rest + chunk).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? '').slice(0, LONGEST_LINE);
    for (const part of parts) yield part.slice(0, LONGEST_LINE);
  }
  if (rest !== '') yield rest;
}
