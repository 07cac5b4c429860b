export { abandonUpload } from './abandon-upload.ts';
export { finishReceivedUploads } from './reconcile-uploads.ts';
export { sweepExpiredUploads } from './sweep-expired-uploads.ts';
export { createUploadHandler } from './upload-handler.ts';
