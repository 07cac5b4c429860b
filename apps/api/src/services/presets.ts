import { BUILT_IN_PRESETS, counted, nounFor, Preset, TranscodeError } from '@transcode/contracts';
import type { PresetView } from '@transcode/contracts';
import { isUniqueViolation } from '@transcode/db';
import type { Preset as PresetRow } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { audit } from './audit/audit.ts';
import { changedValues } from './audit/changed-values.ts';
import { demandChanged, found, visibleTo } from './workspaces/visible.ts';
import { workspaceFor } from './workspaces/workspace-for.ts';

function presetView(row: PresetRow): PresetView {
  return { ...Preset.parse(row.definition), name: row.name, builtIn: false, workspaceId: row.workspaceId };
}

/** The built-in presets, then those of the workspaces one may see; an own one shadows the built-in of its name. */
export async function listPresets({ services, identity }: SignedInContext): Promise<PresetView[]> {
  const rows = await services.db.preset.findMany({
    where: visibleTo(identity),
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const names = new Set(rows.map(({ name }) => name));
  const builtIn = BUILT_IN_PRESETS.filter((preset) => !names.has(preset.name));
  return [...builtIn.map((preset) => ({ ...preset, builtIn: true, workspaceId: null })), ...rows.map(presetView)];
}

interface NamedPreset {
  readonly name: string;
  /** Where several workspaces have one of that name. */
  readonly workspaceId?: string | undefined;
}

export async function getPreset(context: SignedInContext, { name, workspaceId }: NamedPreset): Promise<PresetView> {
  const presets = await listPresets(context);
  const named = presets.filter((preset) => preset.name === name);
  return found(
    named.find((preset) => workspaceId === undefined || preset.workspaceId === workspaceId),
    'preset',
  );
}

type Wanted = Preset & { readonly workspaceId?: string | undefined };

export async function createPreset(context: SignedInContext, { workspaceId, ...preset }: Wanted): Promise<PresetView> {
  const { services, identity } = context;
  const { name } = preset;
  if (BUILT_IN_PRESETS.some((one) => one.name === name)) {
    throw new TranscodeError('conflict', { reason: `“${name}” is built in. Choose another name` });
  }
  const home = await workspaceFor(services.db, identity, workspaceId);
  try {
    return await services.db.$transaction(async (tx) => {
      const row = await tx.preset.create({ data: { workspaceId: home, name, definition: preset } });
      await audit(tx, identity, {
        action: 'preset.create',
        target: name,
        workspaceId: home,
        details: { after: preset },
      });
      return presetView(row);
    });
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new TranscodeError('conflict', { reason: `There is a preset called “${name}” already` });
    }
    throw error;
  }
}

/** Work that has begun goes on with the definition it began with. */
export async function updatePreset(context: SignedInContext, { workspaceId, ...preset }: Wanted): Promise<PresetView> {
  const { services, identity } = context;
  return services.db.$transaction(async (tx) => {
    const row = await ownPreset(tx, context, { name: preset.name, workspaceId });
    const data = { definition: preset };
    const [after] = await tx.preset.updateManyAndReturn({ where: { id: row.id }, data });
    const changed = changedValues(Preset.parse(row.definition), preset);
    if (changed !== undefined) {
      const deed = { action: 'preset.update', target: row.name, workspaceId: row.workspaceId } as const;
      await audit(tx, identity, { ...deed, details: { ...changed } });
    }
    return presetView(found(after, 'preset'));
  });
}

/** Told up to here; more are "100 or more". */
const COUNTED = 100;

export async function deletePreset(context: SignedInContext, wanted: NamedPreset): Promise<void> {
  const { services, identity } = context;
  await services.db.$transaction(async (tx) => {
    const row = await ownPreset(tx, context, wanted);
    const { name, workspaceId } = row;
    const users = await tx.video.findMany({
      where: { workspaceId, preset: name, state: { in: ['uploading', 'processing'] } },
      select: { id: true },
      take: COUNTED,
    });
    if (users.length > 0) throw new TranscodeError('conflict', { reason: inUse(users.length) });
    demandChanged(await tx.preset.deleteMany({ where: { id: row.id } }), 'preset');
    const before = Preset.parse(row.definition);
    await audit(tx, identity, { action: 'preset.delete', target: name, workspaceId, details: { before } });
  });
}

function inUse(count: number): string {
  const videos = count === COUNTED ? `${count} or more videos are` : counted(count, 'video is', 'videos are');
  return `${videos} still being uploaded or encoded with this preset. Delete it when ${nounFor(count, 'it is', 'they are')} done`;
}

async function ownPreset(
  tx: Pick<SignedInContext['services']['db'], 'preset'>,
  { identity }: SignedInContext,
  { name, workspaceId }: NamedPreset,
): Promise<PresetRow> {
  const own = await tx.preset.findFirst({
    where: { AND: [visibleTo(identity), { name }, workspaceId === undefined ? {} : { workspaceId }] },
    orderBy: { id: 'asc' },
  });
  if (own === null && BUILT_IN_PRESETS.some((preset) => preset.name === name)) {
    throw new TranscodeError('conflict', {
      reason: 'A built-in preset cannot be changed. Copy it, and change the copy',
    });
  }
  return found(own, 'preset');
}
