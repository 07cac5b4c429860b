/** `1 job`, `1,200 jobs`: a number with its noun, and with thousands set apart. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** `task` for one and `tasks` for any other count, where the number itself stands elsewhere. */
export function nounFor(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}
