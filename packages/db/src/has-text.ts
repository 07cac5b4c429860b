/** The condition that a column has a text somewhere, in any case; `%` and `_` in it stand for themselves. */
export function hasText(text: string): { contains: string; mode: 'insensitive' } {
  return { contains: literally(text), mode: 'insensitive' };
}

/** The condition that a column is a text, in any case; that, too, is asked by a pattern. */
export function isText(text: string): { equals: string; mode: 'insensitive' } {
  return { equals: literally(text), mode: 'insensitive' };
}

/** As part of a pattern of LIKE, where it stands for itself. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
