'use client';
import { Icon } from '@transcode/ui';
import { useState } from 'react';
import { UploadRow } from './upload-row.tsx';
import { traySummary } from './upload-words.ts';
import { useUploads } from './uploads-provider.tsx';
import { useChooseFiles } from './use-choose-files.tsx';

/** What is being uploaded, at hand on every page of the console. */
export function UploadTray() {
  const uploads = useUploads();
  const [open, setOpen] = useState(true);
  const choose = useChooseFiles();
  if (uploads.length === 0) return null;
  return (
    <section
      aria-label="Uploads"
      className="fixed inset-x-2 bottom-2 z-20 overflow-hidden rounded-panel border border-line bg-surface shadow-float sm:right-6 sm:bottom-6 sm:left-auto sm:w-[420px]"
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-11 w-full items-center gap-2 px-4 text-left text-small font-medium hover:bg-raised focus-visible:outline-offset-[-2px]"
      >
        <span className="flex-1 truncate">{traySummary(uploads)}</span>
        <Icon name="chevron" className={`size-4 text-ink-3 ${open ? '' : 'rotate-180'}`} />
      </button>
      {open && (
        <ul className="max-h-[45dvh] divide-y divide-line overflow-y-auto border-t border-line">
          {uploads.map((item) => (
            <UploadRow key={item.id} item={item} onChoose={choose} />
          ))}
        </ul>
      )}
    </section>
  );
}
