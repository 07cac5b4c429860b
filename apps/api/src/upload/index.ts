export { UPLOAD_HEADERS } from './check-request.ts';
export { abandonUpload } from './abandon-upload.ts';
export { finishReceivedUploads } from './reconcile-uploads.ts';
export { sweepUploads } from './sweep-uploads.ts';
export { createUploadHandler } from './upload-handler.ts';
export type { Sender } from './watch-access.ts';
