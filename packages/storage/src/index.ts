export { copyObject, type CopiedObject } from './copy-object.ts';
export { openCopyStore } from './open-copy-store.ts';
export { demandRoom, diskRoom, lackOfRoom, type DiskRoom } from './disk-room.ts';
export { mayBreak } from './drain-body.ts';
export { listenOnLoopback, type Listen } from './source/listener.ts';
export { openSource, type Source } from './source/open-source.ts';
export { openStorage } from './open-storage.ts';
export { openNamedStorage, reserveBytesOf } from './named-storage.ts';
export type { ByteRange, GrowingObject, PutOptions, Storage, StoredObject } from './storage.ts';
