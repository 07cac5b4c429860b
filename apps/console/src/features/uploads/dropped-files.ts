/** What was dropped, with the folders among it opened. It has to be called while the drop event is still being told. */
export function droppedFiles(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // Without entries there are no folders to open, as with files that another page hands over.
  if (!entries.some((entry) => entry.isDirectory)) return Promise.resolve([...data.files]);
  return filesOf(entries);
}

async function filesOf(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) {
    if (isFolder(entry)) files.push(...(await filesOf(await readFolder(entry))).filter(mayBeVideo));
    else if (isFile(entry)) files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
  }
  return files;
}

/** A folder tells its entries a hundred at a time, until it tells none. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Of a folder's files nobody chose each: what is plainly something else is left behind. */
function mayBeVideo({ name, type }: File): boolean {
  return !name.startsWith('.') && (type === '' || type.startsWith('video/') || type === 'image/gif');
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
