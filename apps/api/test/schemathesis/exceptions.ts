/** What schemathesis finds and is right all the same. `docs/integrating.md` has each of them, with the reason. */
interface Exception {
  /** As the document names them. */
  readonly operations: readonly string[];
  readonly check: string;
  /** Where the answer says what is wrong. */
  readonly field: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  // JSON Schema cannot compare the entries of a list.
  { operations: ['presets.create', 'presets.update'], check: 'positive_data_acceptance', field: 'ladder' },
];
