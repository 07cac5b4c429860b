import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NOT_MEDIA } from './not-media.ts';
import { POINTING_ELSEWHERE } from './pointing-elsewhere.ts';
import { plainVideo } from './run-tool.ts';
import type { HostileExpectation, Workbench } from './hostile-case.ts';

// write-corpus.ts FOLDER TOOLS CANARY_URL CANARY_FILE: writes those files of the corpus that name the canary into FOLDER, and prints a list of them as
// JSON, for whoever sends them another way than the tests here. TOOLS has ffmpeg and packager.
const [, , folder = '', tools = '', canaryUrl = '', canaryFile = ''] = process.argv;
await mkdir(folder, { recursive: true });
const making = { ffmpeg: path.resolve(tools, 'ffmpeg'), packager: path.resolve(tools, 'packager'), folder };
const bench: Workbench = { ...making, canaryUrl, canaryFile, plain: await plainVideo(making) };

/** What has to come of it: its code and what is said where it is refused. */
function expectedOf(expected: HostileExpectation): object {
  if (expected === 'either') return { ends: 'either' };
  if ('says' in expected) return { ends: 'failed', code: expected.code, says: expected.says.source };
  return { ends: 'status' in expected ? 'refused' : 'ready' };
}

const written = await Promise.all(
  [...NOT_MEDIA, ...POINTING_ELSEWHERE].map(async (hostile, number) => {
    const { name, fileName, expect } = hostile;
    const bytes = await hostile.make(bench);
    const namesCanary = [canaryUrl, canaryFile].some(
      (canary) => bytes.includes(canary) || bytes.includes(canary, 0, 'utf16le'),
    );
    if (!namesCanary) return [];
    const file = path.join(folder, `upload-${number}`);
    await writeFile(file, bytes);
    return [{ name, fileName, file, ...expectedOf(expect) }];
  }),
);
process.stdout.write(JSON.stringify(written.flat()));
