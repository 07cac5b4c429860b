import { KubernetesApi } from './kubernetes-api.ts';
import { enforcePolicies } from './policies.ts';
import { provisionVolumes } from './volumes.ts';

// What a cluster usually has of images that cannot be had here: `volumes FOLDER`, `policies NODE`.
const [, , what, of = ''] = process.argv;
const api = await KubernetesApi.open(process.env['KUBECONFIG'] ?? '');
if (what === 'volumes') await provisionVolumes(api, of);
else if (what === 'policies') await enforcePolicies(api, of);
else throw new Error(`There is no ${what ?? 'nothing'}; there are volumes and policies.`);
