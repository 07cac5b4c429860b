import * as z from 'zod';

/** What a table holds: how many rows, and the sum of the first 60 bits of each row's md5, which does not depend on their order. */
export const TableSurvey = z.object({ rows: z.int().nonnegative(), digest: z.string() });

/** What a database is made of, so that a copy can be held against it. */
export const Survey = z.object({
  /** By schema and name, such as `public."Video"`. */
  tables: z.record(z.string(), TableSurvey),
  /** The last value that each sequence gave, as text. */
  sequences: z.record(z.string(), z.string()),
  extensions: z.array(z.string()),
  constraints: z.int().nonnegative(),
  /** Constraints that were never checked against the rows. */
  unchecked: z.int().nonnegative(),
  indexes: z.int().nonnegative(),
  largeObjects: z.int().nonnegative(),
});
export type Survey = z.infer<typeof Survey>;

/** Why it was made. */
export const BACKUP_REASONS = ['schedule', 'asked', 'upgrade', 'restore'] as const;
export type BackupReason = (typeof BACKUP_REASONS)[number];

/** `manifest.json` beside a dump: written once, after the dump is whole. Times are ISO 8601 in UTC. */
export const Manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  kind: z.literal('postgres'),
  reason: z.enum(BACKUP_REASONS),
  /** What is in it is as it was then, by our clock. */
  begunAt: z.iso.datetime(),
  /** The same moment by the database's clock. */
  databaseTime: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** Of the product that made it. */
  product: z.string(),
  server: z.string(),
  program: z.string(),
  /** The last migration; none of a database that never saw one. */
  schema: z.string().optional(),
  databaseBytes: z.int().nonnegative(),
  survey: Survey,
  /** Names of the settings that were set, without what they were set to. */
  settings: z.array(z.string()),
  file: z.object({
    key: z.string(),
    bytes: z.int().positive(),
    /** Of what is stored, so it can be checked without a key. */
    sha256: z.string(),
    /** Public keys of age; empty where it is not encrypted. */
    encryptedTo: z.array(z.string()),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

/** What became of the objects that the rows name. */
export const ObjectsFound = z.object({
  videos: z.int().nonnegative(),
  objects: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Objects that rows name and nobody has; and of how many videos. */
  missing: z.int().nonnegative(),
  videosMissing: z.int().nonnegative(),
  /** The list of them: a line of JSON each, gzip, encrypted as the dump is. */
  inventory: z.object({ key: z.string(), bytes: z.int(), sha256: z.string() }).optional(),
});
export type ObjectsFound = z.infer<typeof ObjectsFound>;

/** `proof-<n>.json`: one attempt to restore it. The last one counts. */
export const Proof = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  by: z.enum(['backup', 'drill']),
  product: z.string(),
  /** Of the scratch instance that it was restored into. */
  server: z.string().optional(),
  seconds: z.number().nonnegative(),
  result: z.enum(['good', 'bad']),
  /** What was wrong, in a sentence without its end. */
  reason: z.string().optional(),
  /** Migrations that it took to bring it to the schema of the product that proved it. */
  migrated: z.array(z.string()),
  objects: ObjectsFound.optional(),
});
export type Proof = z.infer<typeof Proof>;
