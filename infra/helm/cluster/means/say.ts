/** What a run has to tell beside that it passed. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);
