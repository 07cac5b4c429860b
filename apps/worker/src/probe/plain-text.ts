/**
 * What a file calls something, as text for people: short, and without what would be no letter on a page or in a terminal (controls,
 * marks that turn the direction of writing, code points that mean nothing). Undefined where nothing is left.
 */
export function plainText(said: string | undefined, mostCharacters: number): string | undefined {
  const text = (said ?? '').replaceAll(/\p{C}/gu, '').trim();
  const shortened = text.slice(0, mostCharacters).toWellFormed().trim();
  return shortened === '' ? undefined : shortened;
}
