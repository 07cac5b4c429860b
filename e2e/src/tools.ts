import path from 'node:path';
import type { JudgeTools } from '@transcode/testing/judge';

const BIN = path.resolve(import.meta.dirname, '../../.tools/bin');

/** What the installer brought, for tests that make videos and judge them. */
export const TOOLS: JudgeTools = {
  ffmpeg: path.join(BIN, 'ffmpeg'),
  ffprobe: path.join(BIN, 'ffprobe'),
  packager: path.join(BIN, 'packager'),
};

export const CHROMIUM = '/usr/bin/chromium';
