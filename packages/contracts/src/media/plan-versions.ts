/** What plans may say of themselves. Those of before are carried out, too; workers of before refuse those that they would carry out wrongly. */
export const PLAN_VERSIONS = { plain: 1, withClocksAndHolds: 2, withDecoderOrWithoutEdits: 3 } as const;
