import { isMap, isScalar, parseDocument, type Node, type Pair } from 'yaml';

const HEAD = `# The chart

Installs Transcode on Kubernetes: [docs/kubernetes.md](../../../docs/kubernetes.md) says how. The table is written from \`values.yaml\` by
\`pnpm --filter @transcode/helm sync\`; a test holds the two together. A value that is not here is refused by its name.

| value | unless set | what it is |
| --- | --- | --- |
`;

/** README.md: each value with its default and what stands above it in values.yaml. */
export function readme(values: string): string {
  const { contents } = parseDocument(values);
  if (!isMap(contents)) throw new Error('values.yaml is no map.');
  return HEAD + rowsOf(contents.items, '', '').join('\n') + '\n';
}

function rowsOf(pairs: readonly Pair[], path: string, before: string): string[] {
  return pairs.flatMap((pair, index) => {
    const key = pair.key as Node & { value: string };
    const value = pair.value as Node | null;
    const name = path === '' ? key.value : `${path}.${key.value}`;
    const about = comment(key.commentBefore ?? (index === 0 ? before : ''));
    // What is written on one line is one value.
    if (isMap(value) && value.flow !== true) {
      const rows = rowsOf(value.items, name, value.commentBefore ?? '');
      return about === '' ? rows : [`| \`${name}\` | | ${about} |`, ...rows];
    }
    return [`| \`${name}\` | ${shown(value)} | ${about} |`];
  });
}

const comment = (text: string): string =>
  text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', String.raw`\|`)
    .trim();

function shown(value: Node | null): string {
  const json = JSON.stringify(isScalar(value) ? value.value : value?.toJSON());
  return ['""', '{}', '[]', undefined].includes(json) ? '' : `\`${json.replaceAll('|', String.raw`\|`)}\``;
}
