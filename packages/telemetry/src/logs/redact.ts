/**
 * What opens something to whoever reads it, by its shape, wherever in a line it stands: keys, sessions and bearers, playback grants and
 * share links in addresses, signatures of presigned ones, passwords in addresses of servers. Fields that would hold one do not exist;
 * this is for what other programs say, and for messages of errors.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\btc_[\w-]{8,}/g, '[key]'],
  [/\b(Bearer|Basic)\s+[\w~+/.=-]{8,}/gi, '$1 [redacted]'],
  [/(next-auth\.session-token=)[^;\s"\\]+/g, '$1[redacted]'],
  [/(\/(?:media|share|shared)\/)[\w-]{12,}/g, '$1[redacted]'],
  [
    /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|token|key|password|secret|session)=)[^&\s"\\]+/gi,
    '$1[redacted]',
  ],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^:/\s"@\\]*:)[^@/\s"\\]+@/gi, '$1[redacted]@'],
];

/** Where none of this is, none of the shapes is: that is soon found, and nearly every line is like that. */
const HINT = /\btc_|\b(?:bearer|basic)\s|session-token=|\/(?:media|share|shared)\/|[?&][\w-]+=|:\/\/[^\s"]*@/i;

/** A line without secrets; most lines have none and come back as they are. */
export function redact(line: string): string {
  if (!HINT.test(line)) return line;
  return SHAPES.reduce((text, [shape, instead]) => text.replace(shape, instead), line);
}
