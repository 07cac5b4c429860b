import { DEFAULT_PRESET, ROLES } from '@transcode/contracts';
import type { Database } from '../database.ts';
import { passwordHash } from './password-hash.ts';

const WORKSPACE = 'Development';

/**
 * Something to look at while developing: a workspace, a user of each role (`editor@example.test`) with the given password, and a
 * video that failed. Doing it again changes nothing but the passwords.
 */
export async function seed(db: Database, { password }: { password: string }): Promise<{ emails: string[] }> {
  const workspace = await db.workspace.upsert({ where: { name: WORKSPACE }, create: { name: WORKSPACE }, update: {} });
  const emails: string[] = [];
  for (const role of ROLES) {
    const email = `${role}@example.test`;
    const secret = { passwordHash: passwordHash(password), mustChangePassword: false };
    await db.user.upsert({
      where: { email },
      create: { email, name: `The ${role}`, role, ...secret, memberships: { create: { workspaceId: workspace.id } } },
      update: secret,
    });
    emails.push(email);
  }
  if ((await db.video.count({ where: { workspaceId: workspace.id } })) === 0) {
    const title = 'An empty file';
    const failure = { failureCode: 'source_empty', failureText: 'The file is empty.' };
    await db.video.create({
      data: {
        workspaceId: workspace.id,
        title,
        fileName: 'empty.mp4',
        sourceKey: `w/${workspace.id}/u/seed`,
        sourceBytes: 0n,
        preset: DEFAULT_PRESET,
        state: 'failed',
        ...failure,
        jobs: {
          create: { workspaceId: workspace.id, videoTitle: title, preset: DEFAULT_PRESET, state: 'failed', ...failure },
        },
      },
    });
  }
  return { emails };
}
