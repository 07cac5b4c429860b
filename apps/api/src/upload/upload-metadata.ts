import { atMost, DEFAULT_PRESET, Line, Priority, TITLE_MAX_LENGTH, Text, TranscodeError } from '@transcode/contracts';
import { findPreset } from '@transcode/db';
import type { Database } from '@transcode/db';
import * as z from 'zod';
import type { Principal } from '../identity/principal.ts';
import { workspaceFor } from '../services/workspaces/workspace-for.ts';

/** What a client says of a file before it sends it. */
export interface NewUpload {
  /** In its own words. */
  sent: string;
  fileName: string;
  title: string;
  preset: string;
  priority: Priority;
  workspaceId: string;
}

/** Of the header, in its Base64. */
const SENT_MAX_LENGTH = 8_000;

/** With what stands for bytes that were no UTF-8, it is not what was meant. */
const line = Line.trim().regex(/^[^\uFFFD]*$/, 'it has characters that are not text');
const shortLine = line.check(atMost(TITLE_MAX_LENGTH, `it is longer than ${TITLE_MAX_LENGTH} characters`));

/** `Upload-Metadata`, decoded. */
export const UploadMetadata = z.object({
  // Browsers and old Windows send paths; what is behind the last separator is the name.
  filename: line
    .transform((value) => value.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1).trim())
    .transform(shortened)
    .pipe(z.string().min(1, 'it is empty')),
  filetype: shortLine.optional(),
  title: shortLine.optional(),
  preset: Text.check(atMost(63)).optional(),
  priority: Priority.optional(),
  workspaceId: z.uuid('it is not an id').optional(),
  /** Names the creation: tried again with it, as its answer was lost, it finds the upload that is there. */
  idempotencyKey: Text.regex(/^[\w-]{16,64}$/, 'it is not 16 to 64 letters, digits, - or _').optional(),
});

export async function planUpload(
  db: Database,
  principal: Principal,
  sent: string,
  raw: Readonly<Record<string, string | null>>,
): Promise<NewUpload> {
  if (sent.length > SENT_MAX_LENGTH) throw invalid(`it is longer than ${SENT_MAX_LENGTH} characters`);
  const entries = Object.entries(raw).flatMap(([key, value]) => (value === null || value === '' ? [] : [[key, value]]));
  const parsed = UploadMetadata.safeParse(withVisibleName(Object.fromEntries(entries)));
  if (!parsed.success) throw invalid(sentence(parsed.error), parsed.error);
  const { filename, title = '', preset = DEFAULT_PRESET, priority = 'normal' } = parsed.data;
  const workspaceId = await workspaceOf(db, principal, parsed.data.workspaceId);
  await checkPreset(db, workspaceId, preset);
  return { sent, fileName: filename, title: title === '' ? filename : title, preset, priority, workspaceId };
}

/** Some systems put marks of direction into the names of files, which nobody sees and could take out. */
function withVisibleName(raw: Record<string, string>): Record<string, string> {
  const { filename } = raw;
  return filename === undefined ? raw : { ...raw, filename: filename.replaceAll(/\p{Bidi_Control}/gu, '') };
}

/** Systems allow longer names than we keep; the ending tells what it is. */
function shortened(name: string): string {
  if (name.length <= TITLE_MAX_LENGTH) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, TITLE_MAX_LENGTH - ending.length - 1)}…${ending}`.toWellFormed();
}

/** What is wrong with the metadata is told as that. */
async function workspaceOf(db: Database, principal: Principal, wanted: string | undefined): Promise<string> {
  try {
    return await workspaceFor(db, principal, wanted);
  } catch (error) {
    if (!(error instanceof TranscodeError) || error.code !== 'not_found') throw error;
    throw invalid(wanted === undefined ? 'you belong to no workspace' : 'you have no such workspace', error);
  }
}

async function checkPreset(db: Database, workspaceId: string, name: string): Promise<void> {
  if ((await findPreset(db, workspaceId, name)) === undefined)
    throw invalid(`there is no preset ${JSON.stringify(name)}`);
}

function sentence(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? 'it';
  if (field === 'filename' && issue?.code === 'invalid_type') return 'filename is missing';
  return `${field}: ${issue?.message ?? 'it is not valid'}`;
}

function invalid(reason: string, cause?: unknown): TranscodeError {
  return new TranscodeError('upload_metadata_invalid', { reason }, { cause });
}
