'use client';
import { useToast } from '@transcode/ui';
import { useEffect, useState } from 'react';
import { droppedFiles } from './dropped-files.ts';
import { useUploadQueue } from './uploads-provider.tsx';

/** The whole window takes files; it says so while some are held over it. */
export function DropAnywhere() {
  const queue = useUploadQueue();
  const toast = useToast();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const take = async (data: DataTransfer) => {
      const files = await droppedFiles(data);
      if (files.length === 0) toast({ text: 'There is no video in this folder.' });
      queue.add(files);
    };
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // Without a related target the pointer has left the window.
      if (!event.relatedTarget) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      void take(event.dataTransfer);
    };
    // Where the page changes under what is held, the browser asks with this alone whether it may be let go.
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [queue, toast]);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-ground/85 p-4">
      <div className="absolute inset-3 rounded-panel border-2 border-dashed border-accent" />
      <p className="text-display font-medium tracking-[-0.02em]">Drop to upload</p>
    </div>
  );
}
