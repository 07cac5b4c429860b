/** A TCP connection that was answered, as it really went: to the pod, where a Service was called. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

const PAIR = /src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)/g;

/** What `conntrack -L` tells. The second half of a line is what answers look like: they come from where the first half led. */
export function flowsIn(listed: string): Flow[] {
  return listed.split('\n').flatMap((line) => {
    const [asked, answered] = [...line.matchAll(PAIR)];
    if (!line.startsWith('tcp') || line.includes('[UNREPLIED]') || asked === undefined || answered === undefined)
      return [];
    return [{ from: asked[1] ?? '', to: answered[1] ?? '', port: Number(answered[3]) }];
  });
}
