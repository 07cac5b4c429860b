const NAMES = new Intl.DisplayNames('en', { type: 'language' });

/** BCP 47 of what a container calls a language (`eng`, `ger`, `pt-BR`); `und` where it says nothing we understand. */
export function languageTag(name: string | undefined): string {
  if (name === undefined) return 'und';
  try {
    return Intl.getCanonicalLocales(name.trim().replaceAll('_', '-'))[0] ?? 'und';
  } catch (error) {
    if (error instanceof RangeError) return 'und';
    throw error;
  }
}

/** `German`; absent where it has no name. */
export function languageName(tag: string): string | undefined {
  if (tag === 'und') return undefined;
  const name = nameOf(tag);
  return name === undefined || name === tag ? undefined : name;
}

/** Tags with extensions (`en-u-nu-arab`) have none. */
function nameOf(tag: string): string | undefined {
  try {
    return NAMES.of(tag);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
