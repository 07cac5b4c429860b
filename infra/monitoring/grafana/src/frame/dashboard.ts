import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardBuilder,
  DashboardCursorSync,
  RowBuilder,
  type Dashboard,
  type Panel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { frameAnnotations } from './annotations.ts';
import { frameLinks, TAG } from './links.ts';
import { placed } from './place.ts';
import { frameVariables } from './variables.ts';

/** A thought: some panels that answer one question together. */
export interface Row {
  readonly title: string;
  readonly panels: readonly cog.Builder<Panel>[];
}

interface Shape {
  /** The end of its uid and the name of its file. */
  readonly name: string;
  readonly title: string;
  readonly answers: string;
  /** How far back it looks at first. */
  readonly from: string;
  readonly rows: readonly Row[];
  readonly variables?: readonly cog.Builder<VariableModel>[];
}

/** The frame that all dashboards have around their rows. */
export function dashboardOf(shape: Shape): Dashboard {
  const builder = new DashboardBuilder(`Transcode: ${shape.title}`)
    .uid(`transcode-${shape.name}`)
    .description(shape.answers)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .time({ from: shape.from, to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([...frameVariables(), ...(shape.variables ?? [])])
    .annotations(frameAnnotations())
    .links(frameLinks());
  for (const one of placed(shape.rows)) {
    if ('row' in one) builder.withRow(new RowBuilder(one.row).id(one.id).gridPos(one.gridPos).collapsed(false));
    else builder.withPanel({ build: () => one.panel });
  }
  return builder.build();
}
