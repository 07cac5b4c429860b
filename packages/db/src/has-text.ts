/** The condition that a column has a text somewhere, in any case; `%` and `_` in it stand for themselves. */
export function hasText(text: string): { contains: string; mode: 'insensitive' } {
  return { contains: literally(text), mode: 'insensitive' };
}

/** As part of a pattern of LIKE, where it stands for itself. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
