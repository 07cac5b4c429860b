import { expect, test } from 'vitest';
import { dashboardFiles } from './dashboard-files.ts';

test('there are six, each with a uid and a title of its own', () => {
  expect(dashboardFiles.map(({ uid }) => uid)).toEqual([
    'transcode-gpu',
    'transcode-jobs',
    'transcode-slo',
    'transcode-storage-database',
    'transcode-system-overview',
    'transcode-uploads-delivery',
  ]);
  expect(new Set(dashboardFiles.map(({ title }) => title)).size).toBe(dashboardFiles.length);
});

test('each is a dashboard by itself, for Grafana to read and nobody to change in place', () => {
  for (const dashboard of dashboardFiles) {
    expect(dashboard).toMatchObject({
      schemaVersion: 42,
      editable: false,
      description: expect.stringMatching(/\w{3}/),
    });
    expect(dashboard).not.toHaveProperty('dashboard');
    expect(dashboard).not.toHaveProperty('id');
  }
});

test('each panel has an id and a title of its own in its dashboard', () => {
  for (const { panels } of dashboardFiles) {
    const titles = panels.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ type }) => type === 'graph')).toEqual([]);
  }
});

test('nothing lies on anything else, and nothing beyond the 24 columns', () => {
  for (const { panels } of dashboardFiles) {
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  }
});

test('what is repeated has a line of its own', () => {
  const repeated = dashboardFiles.flatMap(({ panels }) => panels).filter(({ repeat }) => repeat !== undefined);
  expect(repeated.map(({ gridPos }) => gridPos.w)).toEqual([24]);
});
