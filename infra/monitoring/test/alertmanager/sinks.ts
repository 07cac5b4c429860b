import { createServer } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server } from 'node:net';
import { text } from 'node:stream/consumers';

/** Somebody whom Alertmanager tells, with all that was told. */
export interface Sink {
  readonly port: number;
  readonly heard: string[];
  close(): Promise<void>;
}

/** Takes what is posted, as Slack, PagerDuty and a webhook do. */
export async function httpSink(): Promise<Sink> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push(body);
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"success"}');
    });
  });
  return listening(server, heard);
}

/** Takes mail, as much of SMTP as that needs. */
export async function smtpSink(): Promise<Sink> {
  const heard: string[] = [];
  const server = createNetServer((socket) => {
    let mail: string | undefined;
    let pending = '';
    socket.write('220 sink\r\n');
    socket.on('data', (chunk) => {
      const lines = (pending + chunk.toString()).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (mail !== undefined) {
          if (line === '.') {
            heard.push(mail);
            mail = undefined;
            socket.write('250 taken\r\n');
          } else mail += `${line}\n`;
        } else if (/^DATA/i.test(line)) {
          mail = '';
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
    socket.on('error', () => socket.destroy());
  });
  return listening(server, heard);
}

async function listening(server: Server, heard: string[]): Promise<Sink> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
