import { plainSentenceOf, roleAtLeast, type FailureView, type Role } from '@transcode/contracts';

interface Failed {
  readonly failureCode: string | null;
  readonly failureText: string | null;
  readonly failureTail: string | null;
}

/** What goes on inside of the machines is told to those who run them. */
export function failureView(row: Failed, { role }: { readonly role: Role }): FailureView | null {
  const { failureCode: code, failureText, failureTail: tail } = row;
  if (code === null) return null;
  const told = failureText ?? code;
  const sentence = plainSentenceOf(code, told);
  if (!roleAtLeast(role, 'operator')) return { code, sentence, detail: null, tail: null };
  return { code, sentence, detail: told === sentence ? null : told, tail };
}
