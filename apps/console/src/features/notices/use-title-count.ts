'use client';
import { useEffect } from 'react';

const COUNT = /^\(\d+\) /;

/** How many notices there are stands before the page's title, so that another tab shows it; whatever the title becomes. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    const write = () => {
      const title = document.title.replace(COUNT, '');
      const counted = count === 0 ? title : `(${count}) ${title}`;
      if (document.title !== counted) document.title = counted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
}
