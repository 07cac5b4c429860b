/** The smallest id (UUID, version 7) that could have been made at a moment; ids made before it are smaller. */
export function earliestIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
