import { kubectl, NAMESPACE } from './cluster.ts';

/** What Prometheus answers, to the API as to anybody who may ask; NaN where there is no such series. */
export async function askPrometheus(promQl: string): Promise<number> {
  const path = JSON.stringify(`http://prometheus:9090/api/v1/query?query=${encodeURIComponent(promQl)}`);
  const said = await kubectl(
    ...['exec', '--namespace', NAMESPACE, 'deployment/api', '--container', 'api', '--', 'node', '-e'],
    `fetch(${path}).then((answer) => answer.json()).then(({ data }) => console.log(data.result[0]?.value[1]))`,
  );
  return Number(said.trim());
}
