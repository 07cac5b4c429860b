import { TableCellHeight } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { tell, type About } from './about.ts';

export interface Table extends About {
  /** The labels that are columns, in their order, with their headings. */
  readonly columns: Readonly<Record<string, string>>;
  /** A column whose cells are links, and where each leads. */
  readonly link?: { readonly column: string; readonly title: string; readonly url: string };
}

/** The labels of series as rows; their value, which is always 1 here, is left out. */
export function table(about: Table): PanelBuilder {
  const labels = Object.keys(about.columns);
  const panel = tell(new PanelBuilder(), about)
    .showHeader(true)
    .cellHeight(TableCellHeight.Sm)
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true, Value: true },
        indexByName: Object.fromEntries(labels.map((label, index) => [label, index])),
        renameByName: about.columns,
      },
    });
  if (about.link === undefined) return panel;
  const { column, title, url } = about.link;
  return panel.overrideByName(column, [{ id: 'links', value: [{ title, url, targetBlank: true }] }]);
}
