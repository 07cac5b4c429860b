import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request whose body is sent by hand. */
export interface SlowRequest {
  /** Resolves once the system has taken the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  end(): void;
  /** Cuts the line in the middle. */
  cut(): void;
  /** Rejects if the line was cut before an answer. */
  readonly answer: Promise<Answered>;
}

/** How a client hears of a line that was cut at the other end. */
export const CUT = /socket hang up|ECONNRESET|EPIPE/;

export function slowRequest(method: string, url: string, headers: Record<string, string>): SlowRequest {
  // Taken apart by hand: a parsed URL would be a tidied one.
  const [, hostname, port, path = '/'] = /^http:\/\/([\d.]+):(\d+)(.*)$/.exec(url) ?? [];
  const sending = request({ hostname, port, path, method, headers, agent: false });
  const answer = new Promise<Answered>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      collect(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
  });
  // Who cuts the line does not ask for the answer.
  answer.catch(() => undefined);
  sending.flushHeaders();
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        sending.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    end: () => void sending.end(),
    cut: () => void sending.destroy(),
    answer,
  };
}

async function collect(response: IncomingMessage): Promise<string> {
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response) body += String(chunk);
  return body;
}
