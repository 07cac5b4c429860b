/** Writes one value into the page's address, which holds what one would share. */
export function replaceParam(name: string, value: string): void {
  const address = new URL(window.location.href);
  address.searchParams.set(name, value);
  history.replaceState(null, '', address);
}
