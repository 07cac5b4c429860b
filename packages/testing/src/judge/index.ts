export { expectedNumbers } from './expected-numbers.ts';
export { judgeDownload } from './judge-download.ts';
export { judgeFolder } from './judge-folder.ts';
export { judgePublished, topVariant } from './judge-published.ts';
export { readPublished, type Published, type PublishedVariant } from './published.ts';
export type { JudgeTools } from './tools.ts';
export { wholeVmaf } from './whole-vmaf.ts';
