import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** All that nobody refers to is gone when it returns. */
export const collectGarbage = runInNewContext('gc') as () => void;
