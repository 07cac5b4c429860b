import type { GridPos, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Row } from './dashboard.ts';

const COLUMNS = 24;
const DEFAULT_HEIGHT = 8;

type Placed = { readonly row: string; readonly id: number; readonly gridPos: GridPos } | { readonly panel: Panel };

/** Panels from left to right, in lines that are as wide as the page; what leaves a gap is a slip and is said at once. */
export function placed(rows: readonly Row[]): Placed[] {
  const all: Placed[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    all.push({ row: title, id: all.length + 1, gridPos: { x: 0, y, w: COLUMNS, h: 1 } });
    y += 1;
    let x = 0;
    let lineHeight = 0;
    for (const builder of panels) {
      const panel = builder.build();
      const { w = COLUMNS, h = DEFAULT_HEIGHT } = panel.gridPos ?? {};
      if (x > 0 && h !== lineHeight) throw new Error(`${panel.title} is not as high as what it stands beside`);
      if (x + w > COLUMNS) throw new Error(`There is no room for ${panel.title}`);
      all.push({ panel: { ...panel, id: all.length + 1, gridPos: { x, y, w, h } } });
      x += w;
      lineHeight = h;
      if (x < COLUMNS) continue;
      x = 0;
      y += h;
    }
    if (x > 0) throw new Error(`The last line of ${title} has room left`);
  }
  return all;
}
