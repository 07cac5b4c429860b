export { abandonUpload } from './abandon-upload.ts';
export { finishUpload } from './finish-upload.ts';
export { finishReceivedUploads } from './reconcile-uploads.ts';
export { sweepExpiredUploads } from './sweep-expired-uploads.ts';
export { createUploadHandler, type UploadHandler, type UploadHandlerOptions } from './upload-handler.ts';
