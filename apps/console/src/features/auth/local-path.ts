/** A path of this site, or `/`: an address from outside never decides where a person lands. */
export function localPath(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !/[\\\s]/.test(next) ? next : '/';
}
