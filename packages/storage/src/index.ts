export { listenOnLoopback, type Listen } from './source/listener.ts';
export { openSource, type Source } from './source/open-source.ts';
export { openStorage } from './open-storage.ts';
export { openNamedStorage, STORAGE_VARIABLES } from './storage-variables.ts';
export type { ByteRange, GrowingObject, PutOptions, Storage, StoredObject } from './storage.ts';
