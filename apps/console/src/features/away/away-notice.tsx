'use client';
import { useEffect, useState } from 'react';
import { awayWords } from './away-words.ts';
import { Notice } from './notice.tsx';
import { useStanding } from './watch-context.ts';

/** Says that the server is away, and that it is back; meanwhile what is old has no colour (globals.css). */
export function AwayNotice() {
  const standing = useStanding();
  const { trouble } = standing;
  const words = awayWords(standing);
  const [wasAway, setWasAway] = useState(false);
  if (trouble !== undefined && !wasAway) setWasAway(true);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (trouble === undefined) delete dataset['away'];
    else dataset['away'] = trouble;
  }, [trouble]);
  return (
    <output>
      {words !== undefined && <Notice icon={trouble === 'offline' ? 'offline' : 'alert'}>{words}</Notice>}
      {words === undefined && wasAway && <span className="sr-only">The server answers again.</span>}
    </output>
  );
}
