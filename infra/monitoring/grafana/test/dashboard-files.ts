import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A dashboard as it lies in its file, as far as tests ask. */
export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly schemaVersion: number;
  readonly editable: boolean;
  readonly panels: readonly PanelFile[];
  readonly templating: { readonly list: readonly VariableFile[] };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
  readonly links: readonly { readonly title: string; readonly url?: string }[];
}

export interface PanelFile {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly TargetFile[];
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  readonly options?: unknown;
  readonly repeat?: string;
  readonly fieldConfig?: {
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string }[];
    }[];
    readonly defaults: {
      readonly unit?: string;
      readonly noValue?: string;
      readonly min?: number;
      readonly custom?: unknown;
      readonly thresholds?: { readonly steps: readonly { readonly value: number | null }[] };
    };
  };
}

export interface TargetFile {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
}

interface VariableFile {
  readonly name: string;
  readonly type: string;
  readonly query: unknown;
  readonly definition?: string;
}

const FOLDER = join(import.meta.dirname, '../dashboards');

export const dashboardFiles: readonly DashboardFile[] = globSync('*.json', { cwd: FOLDER })
  .toSorted()
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as DashboardFile);

/** Panels that show something: neither the headings of rows nor text. */
export function graphsOf({ panels }: DashboardFile): PanelFile[] {
  return panels.filter(({ type }) => type !== 'row' && type !== 'text');
}

/** Every expression with where it stands, those of annotations too. */
export const expressions: readonly { readonly place: string; readonly expr: string }[] = dashboardFiles.flatMap(
  (dashboard) => [
    ...graphsOf(dashboard).flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ place: `${dashboard.uid} / ${title}`, expr })),
    ),
    ...dashboard.annotations.list.map(({ name, expr }) => ({ place: `${dashboard.uid} / ${name}`, expr })),
  ],
);
