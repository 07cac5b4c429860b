import { auditSentence, type AuditView } from '@transcode/contracts';
import type { Audit } from '@transcode/db';
import * as z from 'zod';

/** Names by id: of people, keys and workspaces. */
export type KnownNames = ReadonlyMap<string, string>;

const Values = z.record(z.string(), z.unknown());
const Details = z
  .looseObject({ before: Values.optional().catch(undefined), after: Values.optional().catch(undefined) })
  .catch({});
const Name = z.string().optional().catch(undefined);

/** What an entry was about, by its target, where that is still there. */
export type StillThere = ReadonlyMap<string, AuditView['about']>;

/** What is gone has no name any more: its id stands for it. */
export function auditView(row: Audit, names: KnownNames, there: StillThere): AuditView {
  const { before, after, ...details } = Details.parse(row.details);
  const { workspaceId, target } = row;
  const entry = {
    id: row.id,
    at: row.at.toISOString(),
    actor: actorOf(row, names),
    workspace: workspaceId === null ? null : { id: workspaceId, name: names.get(workspaceId) ?? workspaceId },
    action: row.action,
    target,
    targetName: Name.parse(details['name']) ?? Name.parse(details['title']) ?? names.get(target) ?? null,
    before: before ?? null,
    after: after ?? null,
    details,
  };
  return { ...entry, about: there.get(target) ?? null, sentence: auditSentence(entry) };
}

function actorOf({ actorUserId, actorKeyId }: Audit, names: KnownNames): AuditView['actor'] {
  if (actorUserId !== null) return { kind: 'user', id: actorUserId, name: names.get(actorUserId) ?? actorUserId };
  if (actorKeyId !== null) return { kind: 'key', id: actorKeyId, name: names.get(actorKeyId) ?? actorKeyId };
  return null;
}
