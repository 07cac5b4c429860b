import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MEDIA_REQUIREMENTS } from '../../../tools/install/wheel-tools.ts';
import { WORKSPACES, type Image } from './what-runs.ts';

interface Component {
  readonly type: 'library' | 'application';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly 'bom-ref': string;
}

interface Bom {
  components: readonly Component[];
}

/**
 * Writes what an image contains, in CycloneDX: pnpm's own list of npm packages from the lockfile, and beside them Node, the packages of
 * Debian, for the worker those that ffmpeg comes in, and for the tools those of the servers' programs.
 */
export function listContents(
  root: string,
  image: Image,
  { dpkgStatus, programs, out }: { dpkgStatus: string; programs: readonly string[]; out: string },
): void {
  const bom = npmPackages(root, image);
  // The tools have programs of servers beside what all have.
  const statuses = [dpkgStatus, ...(image === 'tools' ? programs : [])];
  const packages = statuses.flatMap((status) => debianPackages(readFileSync(status, 'utf8')));
  const system = [nodeItself(), ...new Map(packages.map((each) => [each.purl, each])).values()];
  const media = image === 'worker' ? MEDIA_REQUIREMENTS.map(mediaPackage) : [];
  mkdirSync(out, { recursive: true });
  const whole = { ...bom, components: [...bom.components, ...system, ...media] };
  writeFileSync(join(out, `${image}.cdx.json`), `${JSON.stringify(whole, undefined, 1)}\n`);
}

function npmPackages(root: string, image: Image): Bom {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  const file = join(folder, 'npm.json');
  const { name } = JSON.parse(readFileSync(join(root, WORKSPACES[image], 'package.json'), 'utf8')) as { name: string };
  try {
    const format = ['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--sbom-type', 'application'];
    execFileSync('pnpm', ['sbom', ...format, '--prod', '--filter', name, '--out', file], { cwd: root, stdio: 'pipe' });
    return JSON.parse(readFileSync(file, 'utf8')) as Bom;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the status file of dpkg, a paragraph a package. */
export function debianPackages(status: string): Component[] {
  return status.split('\n\n').flatMap((paragraph) => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
    const [name, version, arch] = [field('Package'), field('Version'), field('Architecture')];
    if (name === undefined || version === undefined || field('Status') !== 'install ok installed') return [];
    const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${arch ?? 'all'}&distro=bookworm`;
    return [component('library', name, version, purl)];
  });
}

function nodeItself(): Component {
  const version = process.versions.node;
  return component('application', 'node', version, `pkg:generic/node@${version}`);
}

function mediaPackage(requirement: string): Component {
  const [name = '', version = ''] = requirement.split('==');
  return component('application', name, version, `pkg:pypi/${name}@${version}`);
}

function component(type: Component['type'], name: string, version: string, purl: string): Component {
  return { type, name, version, purl, 'bom-ref': purl };
}
