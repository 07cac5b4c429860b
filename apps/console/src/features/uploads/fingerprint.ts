/** What makes a chosen file the same file as before: a changed file has another date and must not be continued. */
export function fingerprint(file: Pick<File, 'name' | 'size' | 'lastModified'>): string {
  return `transcode|${file.name}|${file.size}|${file.lastModified}`;
}
