import type { Recipe, Step } from './recipe.ts';

/** What a person types to have the same source in the folder they are in. */
export function shellLine({ steps }: Pick<Recipe, 'steps'>): string {
  return steps.map(inShell).join(' && ');
}

function inShell(step: Step): string {
  if ('ffmpeg' in step) return ['ffmpeg', '-v', 'error', '-y', ...step.ffmpeg].map(quoted).join(' ');
  if ('write' in step) return `printf %b '${step.text.replaceAll('\n', String.raw`\n`)}' > ${step.write}`;
  if ('join' in step) return `cat ${step.join.join(' ')} > ${step.into}`;
  return `head -c $(( $(stat -c %s ${step.of}) * ${Math.round(step.first * 100)} / 100 )) ${step.of} > ${step.into}`;
}

function quoted(word: string): string {
  return /^[\w./:=,+@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
