import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';

interface Configuration {
  readonly clusters: readonly [{ readonly cluster: { readonly server: string; 'certificate-authority': string } }];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** The cluster's own API, as a kubeconfig of `../machine/up` says where it is. One connection is kept: it is asked every second. */
export class KubernetesApi {
  readonly #server: string;
  readonly #token: string;
  readonly #agent: Agent;

  private constructor(server: string, token: string, ca: string) {
    this.#server = server;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, ca });
  }

  static async open(kubeconfig: string): Promise<KubernetesApi> {
    const { clusters, users } = parse(await readFile(kubeconfig, 'utf8')) as Configuration;
    const { server, 'certificate-authority': ca } = clusters[0].cluster;
    return new KubernetesApi(server, users[0].user.token, await readFile(ca, 'utf8'));
  }

  /** All objects of a kind, as the server has them at hand. */
  async list<T>(path: string): Promise<T[]> {
    const { items } = JSON.parse(await this.#ask('GET', `${path}?resourceVersion=0`)) as { items: T[] };
    return items;
  }

  /** What is there already is left as it is. */
  async create(path: string, object: object): Promise<void> {
    await this.#ask('POST', path, JSON.stringify(object), [409]);
  }

  #ask(method: string, path: string, body = '', expected: readonly number[] = []): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, this.#server),
        {
          method,
          agent: this.#agent,
          headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
          timeout: 10_000,
        },
        (response) => {
          const { statusCode = 0 } = response;
          text(response).then(
            (answer) =>
              statusCode < 300 || expected.includes(statusCode)
                ? resolve(answer)
                : reject(new Error(`${method} ${path}: ${statusCode} ${answer}`)),
            reject,
          );
        },
      );
      asked.once('timeout', () => asked.destroy(new Error(`${method} ${path} was not answered.`)));
      asked.once('error', reject);
      asked.end(body);
    });
  }
}

/** Every second, whatever goes wrong: the cluster is asked anew each time. */
export async function forever(step: () => Promise<void>): Promise<never> {
  for (;;) {
    try {
      await step();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    await sleep(1_000);
  }
}
